"""Start a declaration on the site: empty, or from one on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from kaoji.core.declaration import Declaration as Form
from kaoji.core.rollover import carry_over
from kaoji.core.speech import say
from kaoji.core.years_in_texts import moved_texts, with_years_moved
from kaoji.documents.reading import FormReading
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.declarations.actions.place_form import require_open
from kaoji.subjects.declarations.actions.record_form import (
    matches_for,
    require_identity,
    write_revision,
)
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.beside import results_beside
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW


@dataclass(frozen=True)
class Identity:
    """What tells one declaration from another, and the layout it is written in."""

    year: int
    place: Organisation
    project_name: str
    layout: str


def start_declaration(
    identity: Identity, *, source: Declaration | None, acting_user: User, now: datetime
) -> Declaration:
    """The first revision of a new declaration: empty, or what *source* says now, carried over.

    Each year that was moved in a text is a repair of that revision, so that it is shown beside its cell.

    Raises UnableToAct when there is one with this identity, or a name is missing; NotPermitted.
    """
    require(acting_user, MAY_FILE, identity.place)
    require_open(identity.place, now)
    if source is not None:
        require(acting_user, MAY_VIEW, source.organisation)
    begun = _carried(source, identity, now) if source else FormReading(Form())
    form = replace(
        begun.form,
        year=identity.year,
        department=department_of(identity.place).name,
        implementing_unit=identity.place.name,
        project_name=identity.project_name.strip() or None,
        layout=identity.layout,
    )
    require_identity(form, 0)
    reading = replace(begun, form=form)
    report = check_on_record(reading, place=identity.place)
    taken = UnableToAct(
        say(
            "{year} 年{unit}已有名为“{project}”的申报表；请打开它填写，或换一个名称",
            year=identity.year,
            unit=form.implementing_unit,
            project=form.project_name,
        )
    )
    try:
        with transaction.atomic():
            [match] = matches_for([(form, identity.place)])
            if match.declaration is not None:
                raise taken
            return write_revision(
                reading,
                report,
                Declaration(organisation=identity.place),
                intake=None,
                acting_user=acting_user,
                now=now,
            )
    except IntegrityError as race:
        raise taken from race


def _carried(source: Declaration, identity: Identity, now: datetime) -> FormReading:
    """What the source says now, moved into the year, and what was moved in its texts."""
    latest = reading_of(source.revisions.get(number=source.revision_count))
    year = latest.form.year or identity.year
    by = identity.year - year
    form, in_form = with_years_moved(latest.form, by=by)
    extra, in_extra = moved_texts(latest.extra, year=year, by=by, under="extra.")
    extra |= _results(source, identity, now)
    form = carry_over(form, year=identity.year)
    return FormReading(form, extra=extra, repairs=(*in_form, *in_extra))


def _results(source: Declaration, identity: Identity, now: datetime) -> dict[str, str]:
    """Grade and findings of the year before, as the forms that ask for them call it."""
    if source.year != identity.year - 1:
        return {}
    results = results_beside(source, on=localdate(now))
    return {"以前年度项目绩效情况": results.in_words()} if results else {}


def department_of(place: Organisation) -> Organisation:
    """The place right below the bureau that a place belongs to, or is."""
    above = place
    while above.parent is not None and above.parent.kind != PlaceKind.BUREAU:
        above = above.parent
    return above
