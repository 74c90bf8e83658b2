"""What every step after the approval needs: the promise in force, held; days that can be."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from kaoji.core.canonical import digest
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.measuring.places import places_in
from kaoji.platform.imports.models import Batch
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration


def held_in_force(declaration: Declaration) -> Declaration:
    """The declaration, locked until the transaction ends. Raises UnableToAct before an approval."""
    held = (
        Declaration.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=declaration.pk)
    )
    if held.approved_revision is None:
        raise UnableToAct(say("“{project}”还没有批复", project=held.project_name))
    return held


def indicator_at(declaration: Declaration, place: str) -> Indicator:
    """The indicator of the promise in force. Raises UnableToAct where there is none of that name."""
    form = declaration.revisions.get(number=declaration.approved_revision or 0).form
    known = dict(zip(places_in(form), form.indicators, strict=True))
    if place not in known:
        raise UnableToAct(say("批复的表里没有指标“{place}”", place=place))
    return known[place]


def require_day(day: date, year: int | None, now: datetime) -> None:
    """Raise UnableToAct for a day to come or of another year."""
    if day > localdate(now):
        raise UnableToAct(say("{day} 还没有到", day=day))
    if day.year != year:
        raise UnableToAct(say("{day} 不在 {year} 年度之内", day=day, year=year))


def require_new_sheet(content: bytes, name: str, batches: QuerySet[Batch]) -> None:
    """Raise UnableToAct for a file that one of these batches came from."""
    known = batches.filter(document__sha256=digest(content)).first()
    if known is not None:
        raise UnableToAct(
            say(
                "“{name}”已于 {day} 导入过，没有再记一次",
                name=name,
                day=localdate(known.made_at),
            )
        )
