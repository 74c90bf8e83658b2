"""Rows as an export tells them, and the hashes by which an event vouches for them.

An action that adds rows names them in its event: table, key, SHA-256 of the row as exported. A row
that was changed, or slipped in, then has no event that agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from kaoji.core.declaration_json import canonical_json, digest
from kaoji.records.models import (
    Actual,
    Batch,
    Document,
    Evaluation,
    EvaluationReply,
    EvaluationReport,
    ExpertSheet,
    Measure,
    MonitoringPeriod,
    MonitoringReport,
    MonitoringReview,
    Recheck,
    RecheckSample,
    Rectification,
    RectificationStep,
    ServiceRecord,
    Spending,
    Survey,
    SurveyAnswer,
    SurveyCode,
    WholeDecision,
    WholeEvaluation,
    WholePlan,
)

# What an export calls the tables whose rows events vouch for one by one.
VOUCHED: dict[str, type[models.Model]] = {
    "actuals": Actual,
    "spendings": Spending,
    "batches": Batch,
    "measures": Measure,
    "service_records": ServiceRecord,
    "surveys": Survey,
    "survey_codes": SurveyCode,
    "survey_answers": SurveyAnswer,
    "monitoring_periods": MonitoringPeriod,
    "monitoring_reports": MonitoringReport,
    "monitoring_reviews": MonitoringReview,
    "recheck_samples": RecheckSample,
    "rechecks": Recheck,
    "rectifications": Rectification,
    "rectification_steps": RectificationStep,
    "evaluations": Evaluation,
    "expert_sheets": ExpertSheet,
    "evaluation_reports": EvaluationReport,
    "evaluation_replies": EvaluationReply,
    "whole_plans": WholePlan,
    "whole_decisions": WholeDecision,
    "whole_evaluations": WholeEvaluation,
}
_NAMES = {model: name for name, model in VOUCHED.items()}


def exported(row: models.Model) -> dict[str, Any]:
    """A row as plain values: keys of other rows, ISO days, decimal strings, hashes of files."""
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name == "document":
            document = row.document  # type: ignore[attr-defined]
            told["document"] = document.sha256 if document else None
        else:
            told[field.name] = _plain(getattr(row, field.attname), field)
    for many in row._meta.many_to_many:
        told[many.name] = sorted(item.pk for item in many.value_from_object(row))
    return told


def hashes_of(rows: Iterable[models.Model]) -> dict[str, dict[str, str]]:
    """By table and key the hash of each row, for the event that vouches for them."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        table = found.setdefault(_NAMES[type(row)], {})
        table[str(row.pk)] = digest(canonical_json(exported(row)))
    return found


def rows_of_table(name: str) -> Iterable[dict[str, Any]]:
    """Every row of a table as exported, in the order of the keys."""
    found: Any = VOUCHED[name]._default_manager.order_by("pk")
    if any(field.name == "document" for field in VOUCHED[name]._meta.concrete_fields):
        found = found.select_related("document").defer("document__content")
    for row in found.iterator(chunk_size=500):
        yield exported(row)


def documents_shown() -> models.QuerySet[Document]:
    """Every file that a row of evidence names."""
    shown = models.Q(pk__in=[])
    for model in VOUCHED.values():
        if any(field.name == "document" for field in model._meta.concrete_fields):
            held = model._default_manager.exclude(document=None)
            shown |= models.Q(pk__in=held.values("document"))
    return Document.objects.filter(shown)


def _plain(value: Any, field: models.Field[Any, Any]) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.{getattr(field, 'decimal_places', 2)}f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
