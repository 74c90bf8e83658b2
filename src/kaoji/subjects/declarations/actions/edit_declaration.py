"""Write a declaration on the site: what was typed becomes its next revision."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from kaoji.core.canonical import digest
from kaoji.core.comparison import Change, Kind, compare
from kaoji.core.speech import say
from kaoji.core.written_form import canonical
from kaoji.documents.editing import Edited, Refusal, Typed, edit
from kaoji.documents.reading import FormReading
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.declarations.actions.record_form import (
    key_of,
    matches_for,
    record_form,
    require_visible_names,
)
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.workflow.roles import MAY_FILE


class UnableToEdit(UnableToAct):
    """Something that was typed cannot be taken; *refusals* name each cell."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        super().__init__(refusals[0].sentence)


class StaleEdit(UnableToAct):
    """Somebody saved meanwhile: *theirs* is what they changed since the person began."""

    def __init__(self, revision: Revision, theirs: tuple[Change, ...]) -> None:
        self.revision, self.theirs = revision, theirs
        super().__init__(
            say(
                "{who} 刚保存了第 {number} 版；请看过下面的不同，再决定是否以您填写的为准",
                who=revision.made_by.get_full_name() or revision.made_by.get_username(),
                number=revision.number,
            )
        )


def typed_on(base: Revision, typed: Typed, *, person: User, now: datetime) -> Edited:
    """The form as it would be saved."""
    when = f"{localtime(now):%Y-%m-%d %H:%M}"
    return edit(reading_of(base), typed, person=person.get_username(), when=when)


def edit_declaration(
    declaration: Declaration,
    typed: Typed,
    *,
    base: Revision,
    seen: int,
    acting_user: User,
    now: datetime,
) -> Declaration:
    """Save what was typed into *base*; *seen* is the latest revision that the person knows of.

    A form that says what the latest revision says makes no new one. Raises UnableToEdit,
    StaleEdit, UnableToRecord where somebody is judging the form, NotPermitted.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    edited = typed_on(base, typed, person=acting_user, now=now)
    if edited.refusals:
        raise UnableToEdit(edited.refusals)
    _require_name(declaration, edited.reading)
    # The rules take their time; no lock is held meanwhile.
    report = check_on_record(edited.reading, place=declaration.organisation)
    try:
        with transaction.atomic():
            held = Declaration.objects.select_for_update().get(pk=declaration.pk)
            latest = held.revisions.select_related("made_by").get(number=held.revision_count)
            if seen != held.revision_count:
                raise StaleEdit(latest, _changes(reading_of(base), reading_of(latest)))
            if digest(canonical(edited.reading.form)) == latest.sha256 and _same_notes(
                edited.reading, reading_of(latest)
            ):
                return held
            _require_free_name(held, edited.reading)
            return record_form(
                edited.reading, report, held, intake=None, acting_user=acting_user, now=now
            )
    except IntegrityError as race:
        raise _taken(edited.reading) from race


def _require_name(declaration: Declaration, reading: FormReading) -> None:
    """A form has a name; what was approved under one keeps it."""
    name = reading.form.project_name
    if not name:
        raise UnableToAct(say("项目名称不能空白"))
    require_visible_names(reading.form)
    if declaration.approved_revision is not None and name != declaration.project_name:
        raise UnableToAct(
            say("“{project}”已经批复，名称不能再改", project=declaration.project_name)
        )


def _changes(before: FormReading, after: FormReading) -> tuple[Change, ...]:
    """What somebody changed, further captions of the layout included."""
    names = dict.fromkeys([*before.extra, *after.extra])
    texts = ((name, before.extra.get(name, ""), after.extra.get(name, "")) for name in names)
    further = (Change(Kind.CHANGED, *text) for text in texts if text[1] != text[2])
    return (*compare(before.form, after.form), *further)


def _same_notes(left: FormReading, right: FormReading) -> bool:
    return dict(left.extra) == dict(right.extra) and left.doubts == right.doubts


def _require_free_name(declaration: Declaration, reading: FormReading) -> None:
    """No other declaration of the unit and year may have the name."""
    [match] = matches_for([(reading.form, declaration.organisation)])
    other = match.declaration
    if other is not None and other.pk != declaration.pk:
        raise _taken(reading)


def _taken(reading: FormReading) -> UnableToAct:
    _, _, unit, project = key_of(reading.form)
    return UnableToAct(
        say("{unit}本年度已有名为“{project}”的申报表", unit=unit, project=project)
    )
