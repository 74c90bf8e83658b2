"""Check a form as the site does: beside what is on record, with what administrators set.

Findings are stored with the revision that they are about. They are judged again at the moments
at which they matter – when the page of an open form is shown, when it is submitted – because the
rules, their overrides and the neighbours may have changed since it was saved.
"""

from __future__ import annotations

from django.db import transaction

from kaoji.core.canonical import canonical_json
from kaoji.documents.checking import check_reading
from kaoji.documents.reading import FormReading
from kaoji.platform.organisation.models import Organisation
from kaoji.rules.engine import Report, region_of
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration, FindingRow
from kaoji.subjects.declarations.queries.derive import (
    REPORT_COLUMNS,
    finding_rows,
    follow_report,
)
from kaoji.subjects.declarations.queries.surroundings import Surroundings
from kaoji.subjects.rulebook.queries import overrides_for


def check_on_record(
    reading: FormReading,
    *,
    place: Organisation | None = None,
    surroundings: Surroundings | None = None,
    vouched: bool = True,
) -> Report:
    """The findings of a form that stands on record, or is about to, in its *place*.

    Without a place nothing on record stands beside it: what others filed is not told by
    findings. Forms that come in together share their *surroundings*. Who saves a form vouches for
    it; before that (*vouched* is False) what rests on a doubted reading stays undecided.
    """
    return check_reading(
        reading,
        vouched=vouched,
        context=(surroundings or Surroundings()).of(reading.form, place),
        overrides=overrides_for(region_of(reading.form)),
    )


def check_again(declaration: Declaration) -> None:
    """Judge the latest revision as of now; stored findings that no longer hold are replaced.

    Findings are derived from what is on record: replacing them changes no record.
    """
    revision = declaration.revisions.get(number=declaration.revision_count)
    reading = reading_of(revision)
    report = check_on_record(reading, place=declaration.organisation)
    found = finding_rows(revision, reading.form, report)
    stored = revision.finding_rows.all()
    if [_said(row) for row in found] == [_said(row) for row in stored]:
        return
    with transaction.atomic():
        held = Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
        if held.revision_count != revision.number:
            return
        stored.delete()
        FindingRow.objects.bulk_create(found)
        follow_report(held, report)
        held.save(update_fields=REPORT_COLUMNS)
    declaration.refresh_from_db(fields=REPORT_COLUMNS)


def _said(row: FindingRow) -> tuple[object, ...]:
    suggestion = row.suggestion and canonical_json(row.suggestion)
    message = canonical_json(row.message)
    return (
        row.rule, row.severity, row.outcome, row.field, row.place, row.said, message, suggestion,
    )  # fmt: skip
