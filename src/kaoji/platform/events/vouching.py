"""Rows as an export tells them, and the hashes by which events vouch for them.

An action names in its event every row that it adds, changes or takes away: table, key, SHA-256 of
the row as told here. The last event that names a row counts. A row that was changed past the
actions, slipped in or taken out then has no event that agrees with it.

Columns that hold nothing are left out of what is hashed: a column that a later version adds
changes no hash of a row that does not use it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from kaoji.audit.vouching import row_hash
from kaoji.core.declaration_json import canonical_json, digest
from kaoji.platform.accounts.models import AccessKey, SecondFactor
from kaoji.platform.files.models import Document
from kaoji.platform.imports.models import Batch
from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.subjects.approval.models import ApprovalLetter
from kaoji.subjects.declarations.models import Declaration, Revision, Waiver
from kaoji.subjects.department_expenditure.models import (
    WholeDecision,
    WholeEvaluation,
    WholePlan,
)
from kaoji.subjects.evaluation.models import (
    Evaluation,
    EvaluationReply,
    EvaluationReport,
    ExpertSheet,
)
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.library.models import IndicatorSheet
from kaoji.subjects.monitoring.models import (
    MonitoringPeriod,
    MonitoringReport,
    MonitoringReview,
)
from kaoji.subjects.rectification.models import Rectification, RectificationStep
from kaoji.subjects.results.models import Actual, Measure
from kaoji.subjects.review.models import ApprovedForm, Opinion, Review
from kaoji.subjects.rulebook.models import Override
from kaoji.subjects.self_evaluation.models import Recheck, RecheckSample, SelfEvaluation
from kaoji.subjects.service_records.models import ServiceRecord
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.surveys.models import Survey, SurveyAnswer, SurveyCode, SurveyLook
from kaoji.subjects.windows.models import Extension, Window

_REPORT_COLUMNS = frozenset({"errors", "warnings", "hints", "undecided"})
# What the parser of the day makes of a form: it may make more of it tomorrow.
_DERIVED = frozenset({"search_text", "measurable"})


@dataclass(frozen=True)
class Told:
    """How a table is told. *unsaid* columns are derived, private or no matter of record; of *sealed*
    ones only the hash is told. *shows_files* tells whether an export brings the rows' documents along.
    """

    model: type[models.Model]
    unsaid: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    shows_files: bool = False
    only: models.Q = models.Q()  # noqa: RUF009 - an empty condition, never changed

    @property
    def has_document(self) -> bool:
        """Does a row name a file?"""
        return any(field.name == "document" for field in self.model._meta.concrete_fields)


def _evidence(model: type[models.Model]) -> Told:
    return Told(model, shows_files=True)


# What an export calls each table whose rows events vouch for.
VOUCHED: dict[str, Told] = {
    "organisations": Told(Organisation),
    "accounts": Told(User, frozenset({"last_login"}), frozenset({"password", "email"})),
    "second_factors": Told(
        SecondFactor,
        frozenset({"counter", "failures", "wait_until"}),
        frozenset({"secret"}),
        only=models.Q(confirmed_at__isnull=False),
    ),
    "appointments": Told(Appointment),
    "access_keys": Told(AccessKey, frozenset({"last_used_on"})),
    "windows": Told(Window),
    "extensions": Told(Extension),
    "overrides": Told(Override),
    "intakes": Told(Intake, sealed=frozenset({"reading", "original", "rows"})),
    "revisions": Told(Revision, sealed=frozenset({"notes"})),
    "declarations": Told(Declaration, _REPORT_COLUMNS | _DERIVED),
    "opinions": Told(Opinion),
    "reviews": Told(Review),
    "waivers": Told(Waiver),
    "approvals": Told(ApprovedForm),
    "letters": Told(ApprovalLetter, shows_files=True),
    "indicator_sheets": Told(IndicatorSheet, frozenset({"entry"})),
    "self_evaluations": Told(SelfEvaluation),
    "actuals": _evidence(Actual),
    "spendings": _evidence(Spending),
    "batches": _evidence(Batch),
    "measures": _evidence(Measure),
    "service_records": _evidence(ServiceRecord),
    "surveys": _evidence(Survey),
    "survey_codes": _evidence(SurveyCode),
    "survey_answers": _evidence(SurveyAnswer),
    "survey_looks": _evidence(SurveyLook),
    "monitoring_periods": _evidence(MonitoringPeriod),
    "monitoring_reports": _evidence(MonitoringReport),
    "monitoring_reviews": _evidence(MonitoringReview),
    "recheck_samples": _evidence(RecheckSample),
    "rechecks": _evidence(Recheck),
    "rectifications": _evidence(Rectification),
    "rectification_steps": _evidence(RectificationStep),
    "evaluations": _evidence(Evaluation),
    "expert_sheets": _evidence(ExpertSheet),
    "evaluation_reports": _evidence(EvaluationReport),
    "evaluation_replies": _evidence(EvaluationReply),
    "whole_plans": _evidence(WholePlan),
    "whole_decisions": _evidence(WholeDecision),
    "whole_evaluations": _evidence(WholeEvaluation),
}
_NAMES = {told.model: name for name, told in VOUCHED.items()}


def exported(row: models.Model) -> dict[str, Any]:
    """A row as plain values: keys of other rows, ISO days, decimal strings, hashes of files."""
    how = VOUCHED[_NAMES[row._meta.model]]
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in how.unsaid:
            continue
        if field.name == "document":
            document = row.document  # type: ignore[attr-defined]
            told["document"] = document.sha256 if document else None
            continue
        value = _plain(getattr(row, field.attname), field)
        sealed = field.name in how.sealed and value not in (None, "")
        told[field.name] = digest(canonical_json(value)) if sealed else value
    for many in row._meta.many_to_many:
        told[many.name] = sorted(item.pk for item in many.value_from_object(row))
    return told


def hashes_of(rows: Iterable[models.Model]) -> dict[str, dict[str, str]]:
    """By table and key the hash of each row, for the event that vouches for them."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        table = found.setdefault(_NAMES[row._meta.model], {})
        table[str(row.pk)] = row_hash(exported(row))
    return found


def keys_of(rows: Iterable[models.Model]) -> dict[str, list[int]]:
    """By table the keys of rows that an action takes away. Call it before they are deleted."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(_NAMES[row._meta.model], []).append(row.pk)
    return found


def rows_of_table(name: str) -> Iterable[dict[str, Any]]:
    """Every row of a table as exported, in the order of the keys."""
    told = VOUCHED[name]
    found: Any = told.model._default_manager.filter(told.only).order_by("pk")
    if told.has_document:
        found = found.select_related("document").defer("document__content")
    found = found.prefetch_related(*(many.name for many in told.model._meta.many_to_many))
    for row in found.iterator(chunk_size=500):
        yield exported(row)


def documents_shown() -> models.QuerySet[Document]:
    """Every file that an export brings along: those that show values, and letters."""
    shown = models.Q(pk__in=[])
    for told in VOUCHED.values():
        if told.shows_files and told.has_document:
            held = told.model._default_manager.exclude(document=None)
            shown |= models.Q(pk__in=held.values("document"))
    return Document.objects.filter(shown)


def _plain(value: Any, field: models.Field[Any, Any]) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.{getattr(field, 'decimal_places', 2)}f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
