"""A run as a strip of steps with their sums, and the one thing that somebody is to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from kaoji.benefits.approvals import approvals_needed
from kaoji.benefits.fen import written_fen
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import Sentence, say
from kaoji.subjects.benefits.actions.approve_run import total_of
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.queries.money import all_answered, has_failed, payable_of
from kaoji.subjects.benefits.queries.requests import pays_something
from kaoji.subjects.benefits.queries.rosters import Town, doubts_of, open_doubts
from kaoji.subjects.benefits.queries.stops import refused_people, waits_to_be_resent
from kaoji.subjects.benefits.queries.waiting_lines import everything_waits
from kaoji.workflow.roles import (
    MAY_APPROVE_BENEFITS,
    MAY_CHECK_BENEFITS,
    MAY_PAY_BENEFITS,
    MAY_PREPARE_BENEFITS,
)

_ORDER = list(RunState)[:10]


@dataclass(frozen=True)
class Step:
    """One step: *kind* is done, now or blank; what it came to."""

    name: str
    kind: str
    told: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Act:
    """What somebody is to do next: a button that does it, or a link to the page where it is done."""

    name: str
    address: str
    posts: bool = False


def steps_of(run: Run, towns: list[Town]) -> list[Step]:
    """The strip; what does not exist yet is blank."""
    reached = _ORDER.index(RunState(run.state)) if run.state in _ORDER else -1
    told = dict(_told(run, towns, reached))
    names = (
        (_("冻结"), 1), (_("计算"), 2), (_("清查"), 3), (_("街镇确认"), 4), (_("审批"), 5),
        (_("制盘"), 6), (_("发送"), 7), (_("对账"), 8), (_("关闭"), 9),
    )  # fmt: skip
    return [
        Step(
            name,
            "done" if reached >= at else "now" if reached == at - 1 else "",
            told.get(at, ()),
        )
        for name, at in names
    ]


def _told(
    run: Run, towns: list[Town], reached: int
) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
    if run.as_known_at is not None:
        yield 1, (say("{day}", day=f"{run.frozen_on:%m-%d}"),)
    if reached >= 2:
        sums = say("{items} 笔 {fen} 元", items=run.items, fen=written_fen(run.fen))
        yield 2, (say("{people} 人", people=run.people), sums)
    if reached >= 3:
        yield (
            3,
            (
                say("疑点 {count}", count=doubts_of(run).count()),
                say("未处理 {count}", count=open_doubts(run).count()),
            ),
        )
        done = sum(town.confirmed for town in towns)
        yield (
            4,
            (
                say("{done} / {all}", done=done, all=len(towns)),
                say("{day} 截止", day=f"{run.confirm_by:%m-%d}"),
            ),
        )
    if reached >= 4:
        needed = approvals_needed(total_of(run), period=run.period)
        yield (
            5,
            (
                say("需 {count} 人", count=needed),
                say("{fen} 元", fen=written_fen(run.approved_fen)),
            ),
        )
    yield 9, (say("发放日 {day}", day=f"{run.due_on:%m-%d}"),)


def act_for(run: Run, person: User) -> Act | None:
    """The one thing that this person is to do with the run now."""
    for right, states in _ACTS.items():
        if run.state in states and person.has_perm(right, run.place):
            return _act(run, *states[RunState(run.state)])
    return None


def _act(run: Run, name: str, page: str, verb: str = "") -> Act | None:
    if run.state == RunState.APPROVED and (not run.asked_digest or everything_waits(run)):
        return _without_requests(run, page, verb)
    if run.state == RunState.APPROVED and (verb == "close") is pays_something(run):
        return None
    if page == "benefit-doubts" and not open_doubts(run).exists():
        name, page, verb = _("结束确认"), "benefit-do", "end"
    if page == "benefit-bank" and run.state == RunState.SENT:
        name = _of_new_files(run) or name
    resends = run.resends_id is None and waits_to_be_resent(run, timezone.now())
    if verb == "resend" and not (resends and has_failed(run)):
        # Whose files the bank refused, and whose money went out with a small run, has nothing left to wait for.
        over = run.bank_files.filter(turned_down__isnull=False).exists() and all_answered(run)
        close = Act(_("关闭批次"), reverse(page, args=[run.pk, "close"]), posts=True)
        return close if over and not payable_of(run) else None
    if verb == "close" and resends:
        name, verb = _("重发失败的"), "resend"
    if verb:
        return Act(name, reverse(page, args=[run.pk, verb]), posts=True)
    return Act(name, reverse(page, args=[run.pk]))


def _of_new_files(run: Run) -> str | None:
    """What the cashier is to do first where the bank refused a file of a run that was sent."""
    if run.bank_files.filter(turned_down=None, taken_at=None).exists():
        return _("取走盘片")
    return _("制作盘片") if refused_people(run, timezone.now()) else None


def _without_requests(run: Run, page: str, verb: str) -> Act | None:
    """Of a run that pays nothing by its own requests: they are made anew of what it granted, and approved."""
    if verb != "close":
        return None
    if waits_to_be_resent(run, timezone.now()):
        return Act(_("补立支付申请"), reverse(page, args=[run.pk, "resend"]), posts=True)
    if payable_of(run):
        return None
    return Act(_("关闭批次"), reverse(page, args=[run.pk, verb]), posts=True)


# By right and state: what the button says, which page or deed it leads to.
_ACTS: dict[str, dict[RunState, tuple[str, ...]]] = {
    MAY_PREPARE_BENEFITS: {
        RunState.DRAFT: (_("冻结"), "benefit-do", "freeze"),
        RunState.FROZEN: (_("计算并清查"), "benefit-do", "compute"),
        RunState.APPROVED: (_("关闭批次"), "benefit-do", "close"),
        RunState.SENT: (_("重发失败的"), "benefit-do", "resend"),
        RunState.RECONCILED: (_("关闭批次"), "benefit-do", "close"),
    },
    MAY_CHECK_BENEFITS: {RunState.CHECKED: (_("处理疑点"), "benefit-doubts")},
    MAY_APPROVE_BENEFITS: {RunState.CONFIRMED: (_("去审批"), "approve-benefits")},
    MAY_PAY_BENEFITS: {
        RunState.APPROVED: (_("制作盘片"), "benefit-bank"),
        RunState.FILED: (_("取走盘片"), "benefit-bank"),
        RunState.SENT: (_("读入回盘"), "benefit-bank"),
    },
}
STATES_BY_RIGHT = {right: tuple(states) for right, states in _ACTS.items()}
