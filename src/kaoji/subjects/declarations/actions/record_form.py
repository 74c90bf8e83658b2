"""Record one form as a revision, inside the transaction of the action that calls it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from kaoji.core.canonical import digest
from kaoji.core.declaration import Declaration as Form
from kaoji.core.speech import kept, say
from kaoji.core.width import is_visible
from kaoji.core.written_form import canonical
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_as_data
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.rules.engine import Report
from kaoji.subjects.declarations.actions.learn_indicators import learn_later
from kaoji.subjects.declarations.actions.place_form import place_form
from kaoji.subjects.declarations.models import Declaration, FindingRow, IndicatorRow, Revision
from kaoji.subjects.declarations.queries.derive import (
    column_text,
    finding_rows,
    follow,
    indicator_rows,
)
from kaoji.subjects.declarations.queries.places import Gazetteer, names_of
from kaoji.workflow.moves import State, why_closed
from kaoji.workflow.roles import MAY_IMPORT

_IDENTIFYING = {"project_name": "项目名称", "implementing_unit": "实施单位", "year": "年度"}


class Origin(Protocol):
    """The intake that a form was read in."""

    pk: Any
    document: Any


class UnableToRecord(UnableToAct):
    """The form lacks what identifies it, or its declaration is being judged."""


@dataclass(frozen=True)
class MatchOnRecord:
    """How a form stands to the records: its place, its declaration, whether it is there unchanged."""

    place: Organisation | None
    declaration: Declaration | None
    unchanged: bool


Key = tuple[int | None, str, str, str]


def key_of(form: Form) -> Key:
    """What tells one form from another: year, department, unit, project."""
    return form.year, *names_of(form), column_text("project_name", form.project_name)


def matches_on_record(
    forms: Sequence[Form], among: QuerySet[Organisation]
) -> list[MatchOnRecord]:
    """How each form stands to the records of these places, in two queries for all of them."""
    gazetteer = Gazetteer(forms, among)
    return matches_for([(form, gazetteer.place_of(form)) for form in forms])


def matches_for(placed: Sequence[tuple[Form, Organisation | None]]) -> list[MatchOnRecord]:
    """The same for forms whose places are known."""
    latest = Revision.objects.filter(
        declaration=OuterRef("pk"), number=OuterRef("revision_count")
    )
    known = {
        (item.organisation_id, item.year, item.project_name): item
        for item in Declaration.objects.filter(
            project_name__in={key_of(form)[3] for form, _ in placed},
            organisation__in={place for _, place in placed if place is not None},
        )
        .select_related("organisation")
        .annotate(latest_hash=Subquery(latest.values("sha256")[:1]))
    }
    result = []
    for form, place in placed:
        key = (place.pk, form.year, key_of(form)[3]) if place else None
        declaration = known.get(key) if key else None
        same = declaration is not None and declaration.latest_hash == digest(canonical(form))
        result.append(MatchOnRecord(place, declaration, bool(same)))
    return result


def require_identity(form: Form, number: int) -> None:
    """Raise UnableToRecord, naming the form, when it lacks its project, its unit or its year."""
    for name, caption in _IDENTIFYING.items():
        if not getattr(form, name):
            raise UnableToRecord(
                say(
                    "第 {number} 份表（{project}）没有{caption}，请先在核对页补填再保存",
                    number=number + 1,
                    project=form.project_name or "—",
                    caption=caption,
                )
            )
    require_visible_names(form)


def record_form(
    reading: FormReading,
    report: Report,
    declaration: Declaration | None,
    *,
    intake: Origin | None,
    acting_user: User,
    now: datetime,
) -> Declaration:
    """Make the next revision of *declaration*, or a new declaration for None.

    *intake* is where the form was read; None for one that a person wrote on the site.
    """
    if declaration is None:
        place = place_form(reading.form, acting_user=acting_user, now=now)
        declaration = Declaration(organisation=place)
    else:
        require(acting_user, MAY_IMPORT, declaration.organisation)
        require_writable(declaration)
    return write_revision(
        reading, report, declaration, intake=intake, acting_user=acting_user, now=now
    )


def require_visible_names(form: Form) -> None:
    """Two names that look the same are the same: no sign in them is unseen."""
    for text in (form.project_name, form.implementing_unit, form.department):
        if text and not is_visible(text.replace("\n", " ")):
            raise UnableToRecord(
                say("“{text}”里有看不见的字符；请重新输入这个名称", text=text[:150])
            )


def write_revision(
    reading: FormReading,
    report: Report,
    declaration: Declaration,
    *,
    intake: Origin | None,
    acting_user: User,
    now: datetime,
    author: User | None = None,
) -> Declaration:
    """The next revision of a declaration, without asking: for actions that have asked already.

    *author* is who wrote the content where that is not the person who acts.
    """
    form, known = reading.form, declaration.pk is not None
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
        document=intake.document if intake else None,
        made_at=now,
        made_by=author or acting_user,
    )
    IndicatorRow.objects.bulk_create(indicator_rows(revision, form))
    FindingRow.objects.bulk_create(finding_rows(revision, form, report))
    learn_later(declaration)
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
        rows=[declaration, revision],
    )
    return declaration


def require_writable(declaration: Declaration) -> None:
    """Refuse to write a form that somebody is judging, or has judged."""
    held = Declaration.objects.only("state").get(pk=declaration.pk)
    against = why_closed(declaration.project_name, State(held.state))
    if against is not None:
        raise UnableToRecord(against)


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
