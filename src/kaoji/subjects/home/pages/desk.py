"""What waits for a person, task by task: what it is, how much money, until when, what is wrong, one button."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from kaoji.core.speech import Sentence, say
from kaoji.platform.events.models import Event
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.open_findings import with_open_findings
from kaoji.subjects.declarations.queries.turns import turn_of
from kaoji.subjects.publication.due import public_by
from kaoji.subjects.review.models import Opinion
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import Stage, State

MOST_SHOWN = 20


@dataclass(frozen=True)
class Task:
    """Something to do. *kind* is its badge in *tone*, *act* what its button says, *money* is in yuan."""

    kind: str
    tone: str
    title: str
    address: str
    act: str
    about: Sentence | None = None
    money: Decimal | None = None
    due: date | None = None
    told: tuple[Sentence, ...] = ()
    more: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """Forms in one state that wait for the person: how many, and the first of them as tasks."""

    state: State
    count: int
    tasks: list[Task]


@dataclass(frozen=True)
class _Work:
    """What a state asks of whom it waits for: badge, tone, button, whether it is written or looked at."""

    kind: str
    tone: str
    act: str
    writes: bool
    stage: Stage | None = None


# What is most pressing comes first.
_WORK: dict[State, _Work] = {
    State.RETURNED: _Work(_("退回修改"), "error", _("修改并答复"), True, Stage.DECLARE),
    State.FORWARDED: _Work(_("财政审核"), "hint", _("审核"), False, Stage.FINANCE_REVIEW),
    State.SUBMITTED: _Work(_("部门审核"), "hint", _("审核"), False, Stage.DEPARTMENT_REVIEW),
    State.PREPARED: _Work(_("单位审核"), "hint", _("审核"), False, Stage.DECLARE),
    State.ADJUSTING: _Work(_("调整"), "warning", _("继续填写"), True, Stage.ADJUST),
    State.APPROVED: _Work(_("已批复"), "clear", _("去公开"), False),
    State.DRAFT: _Work(_("草稿"), "undecided", _("继续填写"), True, Stage.DECLARE),
}


def forms_waiting(person: User) -> Iterator[Waiting]:
    """The forms whose turn is the person's, state by state."""
    mine = Declaration.objects.filter(turn_of(person)).select_related("organisation")
    found = with_open_findings(mine, on=localdate())
    for state in _WORK:
        here = found.filter(state=state).defer("search_text")
        first = list(here.order_by("state_since", "id")[: MOST_SHOWN + 1])
        if first:
            count = len(first) if len(first) <= MOST_SHOWN else here.count()
            yield Waiting(state, count, list(_tasks(first[:MOST_SHOWN], state)))


def _tasks(forms: list[Declaration], state: State) -> Iterator[Task]:
    work, keys = _WORK[state], [form.pk for form in forms]
    returned = _returned(keys) if state is State.RETURNED else {}
    opinions = _unanswered(keys) if work.writes else _open(keys)
    calendar = Calendar({form.year for form in forms})
    for form in forms:
        windows = calendar.windows_for(form.year, form.organisation) if work.stage else {}
        window = windows.get(work.stage) if work.stage else None
        due = window[1] if window else None
        if state is State.APPROVED:
            due = public_by(form)
        yield Task(
            kind=work.kind,
            tone=work.tone,
            title=form.project_name,
            address=reverse("edit" if work.writes else "declaration", args=[form.pk]),
            act=work.act,
            about=_about(form, returned.get(form.pk)),
            money=form.annual_total,
            due=due,
            told=_told(form, work, returned.get(form.pk)),
            more=tuple(_more(form, work, opinions[form.pk])),
        )


def _about(form: Declaration, event: Event | None) -> Sentence:
    unit, year = form.organisation.name, form.year or "—"
    if event is None or event.actor is None:
        return say("{unit} · {year} 年度申报", unit=unit, year=year)
    who = event.actor.get_full_name() or event.actor.get_username()
    return say(
        "{unit} · {year} 年度申报 · {who} {day} 退回",
        unit=unit,
        year=year,
        who=who,
        day=localdate(event.at),
    )


def _told(form: Declaration, work: _Work, event: Event | None) -> tuple[Sentence, ...]:
    if event is not None:
        return (say("退回理由：{reason}", reason=event.payload.get("reason") or "—"),)
    if work.writes:
        if form.open_errors:
            return (say("错误 {count} 处，提交前须改正", count=form.open_errors),)
        return (say("没有错误，可以提交"),)
    return (say("错误 {count} 处", count=form.open_errors),) if form.open_errors else ()


def _more(form: Declaration, work: _Work, opinions: int) -> Iterator[Sentence]:
    if opinions:
        words = _("未答复意见 {count} 条") if work.writes else _("未关闭意见 {count} 条")
        yield say(words, count=opinions)
    if form.state == State.RETURNED and form.open_errors:
        yield say("错误 {count} 处", count=form.open_errors)
    if form.open_warnings:
        yield say("提醒 {count} 处", count=form.open_warnings)
    if form.doubts:
        yield say("存疑 {count} 处", count=form.doubts)


def _returned(keys: Iterable[int]) -> dict[int, Event]:
    """By form its last return: who, when and why."""
    found = Event.objects.filter(declaration__in=keys, type="declaration.return")
    return {
        event.declaration_id: event
        for event in found.select_related("actor").order_by("sequence")
        if event.declaration_id is not None
    }


def _unanswered(keys: Iterable[int]) -> Counter[int]:
    held = Opinion.objects.filter(
        declaration__in=keys, closed_at__isnull=True, answered_at__isnull=True
    )
    return Counter(held.values_list("declaration_id", flat=True))


def _open(keys: Iterable[int]) -> Counter[int]:
    held = Opinion.objects.filter(declaration__in=keys, closed_at__isnull=True)
    return Counter(held.values_list("declaration_id", flat=True))
