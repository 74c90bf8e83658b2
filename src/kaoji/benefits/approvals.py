"""Who may approve a run, and how many must: by the total of a programme and month, all its runs together.

Seventeen runs of seventeen towns must not slip below a limit that one run would pass.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache

from kaoji.benefits.law import Dated, holding
from kaoji.benefits.law_reading import ClosedReader, read_amount
from kaoji.benefits.months import Month, first_day
from kaoji.core.speech import Sentence, say
from kaoji.standards.files import read_yaml


class Duty(StrEnum):
    """What somebody did, or does, with a run."""

    PREPARE = "prepare"
    CONFIRM = "confirm"
    CHECK = "check"
    REVIEW = "review"
    APPROVE = "approve"
    PAY = "pay"


DUTY_NAMES = {
    Duty.PREPARE: "经办",
    Duty.CONFIRM: "街镇确认",
    Duty.CHECK: "清查",
    Duty.REVIEW: "复核",
    Duty.APPROVE: "审批",
    Duty.PAY: "出纳",
}

# Each of these goes with none of the others; who reviews may also approve.
APART = frozenset({Duty.PREPARE, Duty.CONFIRM, Duty.CHECK, Duty.APPROVE, Duty.PAY})

Doers = Mapping[Duty, Collection[str]]
"""Who did what with the runs of one programme and town."""


@cache
def _bands() -> tuple[Dated[Mapping[int, int]], ...]:
    file = "benefits/approvals.yaml"
    reader = ClosedReader(file)
    data = reader.mapping(read_yaml(file), file)
    reader.known(data, ("bands",), required=("bands",))
    return reader.dated(data["bands"], "bands", _people_from)


def _people_from(value: Mapping[int, int]) -> Mapping[int, int]:
    return {read_amount(fen): read_amount(value[fen]) for fen in sorted(value)}


def approvals_needed(total: int, *, period: Month) -> int:
    """How many people must approve so many fen."""
    found = holding(_bands(), period, first_day(period))
    reached = [people for fen, people in found.value.items() if fen <= total] if found else []
    if not reached:
        raise LookupError(total)
    return reached[-1]


def refusal(person: str, duty: Duty, doers: Doers) -> Sentence | None:
    """Why somebody may not take a duty of a run, or None."""
    for other in APART - {duty} if duty in APART else ():
        if person in doers.get(other, ()):
            return say(
                "已做{other}的人不能再做{duty}，请换一人",
                other=say(DUTY_NAMES[other]),
                duty=say(DUTY_NAMES[duty]),
            )
    if duty is Duty.APPROVE and person in doers.get(Duty.APPROVE, ()):
        return say("同一人只能审批一次，请换一人")
    return None


def is_approved(total: int, doers: Doers, *, period: Month) -> bool:
    """Have enough different people without another duty approved so much?"""
    others = {person for duty in APART - {Duty.APPROVE} for person in doers.get(duty, ())}
    approvers = set(doers.get(Duty.APPROVE, ())) - others
    return len(approvers) >= approvals_needed(total, period=period)
