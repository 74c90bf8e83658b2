"""What the year's end will probably bring, and on what that rests.

A count grows with the days; a share, a ceiling or a tier is expected to stay; a plan of milestones
says what is still to come.

>>> target = Target.parse("≥ 120人")
>>> text, basis = forecast(target, Target.parse("70人"), as_of=date(2023, 7, 31), grows=True)
>>> text
'120.52人'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kaoji.core.attainment import number_of
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Op, Target
from kaoji.measuring.values import plain
from kaoji.measuring.ways.service_records import PLANNED
from kaoji.scoring.explained_score import rounded

_CEILINGS = frozenset({Op.AT_MOST, Op.BELOW, Op.RANGE})


def adds_up(way: str, parameters: Mapping[str, Any]) -> bool:
    """Does this way of measuring give the part of a plan, or of a budget, that is done by then?"""
    return way == "budget_execution" or (
        way == "service_records" and parameters.get("statistic") in PLANNED
    )


def grows_with_the_year(
    target: Target, *, less_is_better: bool, adding_up: bool = False
) -> bool:
    """Does the actual value add up over the months? A share, a ceiling, nought or words do not.

    *adding_up*: a share that is measured against the plan of the whole year does.
    """
    return not (
        target.value in {None, Decimal(0)}
        or (target.is_percentage and not adding_up)
        or less_is_better
        or target.op in _CEILINGS
    )


def due_by(
    target: Decimal, milestones: Sequence[tuple[date, Decimal]], *, as_of: date
) -> Decimal:
    """What should be done by a day: the last milestone passed, else the even part of the year."""
    if milestones:
        return max((value for day, value in milestones if day <= as_of), default=Decimal(0))
    return target * as_of.month / 12


def forecast(
    target: Target,
    actual: Target,
    *,
    as_of: date,
    grows: bool,
    milestones: Sequence[tuple[date, Decimal]] = (),
) -> tuple[str, Sentence]:
    """The expected value at the end of the year, as text, and its basis."""
    number = number_of(actual)
    unit = actual.unit or target.unit or ""
    if number is None or not grows:
        return actual.text, say("按现在的“{value}”保持到年底", value=actual.text)
    ahead = [value for day, value in milestones if day > as_of]
    if milestones:
        last = max([number, *ahead])
        return f"{plain(last)}{unit}", say(
            "按计划节点，年底到 {value}", value=f"{plain(last)}{unit}"
        )
    days = (as_of - date(as_of.year, 1, 1)).days + 1
    whole = (date(as_of.year, 12, 31) - date(as_of.year, 1, 1)).days + 1
    expected = rounded(number * whole / days)
    if target.is_percentage:
        expected = min(expected, Decimal(100))
    basis = say(
        "按前 {days} 天的速度：{number} ÷ {days} × {whole}",
        days=days,
        number=plain(number),
        whole=whole,
    )
    return f"{plain(expected)}{unit}", basis
