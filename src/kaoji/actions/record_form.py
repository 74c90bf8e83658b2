"""Record one form as a revision, inside the transaction of the action that calls it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from kaoji.actions.permission import UnableToAct
from kaoji.core.declaration import Declaration as Form
from kaoji.core.declaration_json import canonical, digest
from kaoji.core.speech import kept, say
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_as_data
from kaoji.records.derive import column_text, finding_rows, follow, indicator_rows
from kaoji.records.event_log import record_event
from kaoji.records.models import (
    Declaration,
    FindingRow,
    IndicatorRow,
    Intake,
    Revision,
)
from kaoji.rules.engine import check


class UnableToRecord(UnableToAct):
    """The form cannot be told from other forms: it names no project."""


def recorded_as(form: Form) -> tuple[Declaration | None, bool]:
    """The declaration that this form belongs to, and whether it stands there unchanged."""
    declaration = Declaration.objects.filter(
        year=form.year,
        implementing_unit=column_text("implementing_unit", form.implementing_unit),
        project_name=column_text("project_name", form.project_name),
    ).first()
    if declaration is None:
        return None, False
    latest = declaration.revisions.order_by("-number").first()
    return declaration, bool(latest and latest.sha256 == digest(canonical(form)))


def record_form(
    reading: FormReading, *, intake: Intake, acting_user: User, now: datetime
) -> Declaration:
    """Make the next revision of the form's declaration, and the declaration when it is new."""
    form = reading.form
    if not form.project_name:
        raise UnableToRecord(say("有一份表没有项目名称，请先补填再保存"))
    report = check(form, repairs=reading.repairs)
    known, _ = recorded_as(form)
    declaration = known or Declaration()
    follow(declaration, form, report=report, doubts=len(reading.doubts), at=now)
    declaration.revision_count += 1
    declaration.save()
    content = canonical(form)
    revision = Revision.objects.create(
        declaration=declaration,
        number=declaration.revision_count,
        content=content.decode(),
        sha256=digest(content),
        notes=_notes(reading),
        document=intake.document,
        made_at=now,
        made_by=acting_user,
    )
    IndicatorRow.objects.bulk_create(indicator_rows(revision, form))
    FindingRow.objects.bulk_create(finding_rows(revision, report))
    record_event(
        "declaration.revised" if known else "declaration.recorded",
        at=now,
        actor=acting_user,
        declaration=declaration,
        intake=intake,
        payload={
            "project": form.project_name,
            "revision": revision.number,
            "sha256": revision.sha256,
            "doubts": len(reading.doubts),
        },
    )
    return declaration


def _notes(reading: FormReading) -> dict[str, object]:
    """The doubts, repairs and places of a reading, without the form itself."""
    data = form_as_data(reading, kept)
    rows = [row["origin"] for row in data["indicators"]]
    return {
        "doubts": data["doubts"],
        "repairs": data["repairs"],
        "extra": data["extra"],
        "places": data["places"],
        "rows": rows,
    }
