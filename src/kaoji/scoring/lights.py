"""Grades and warning lights: what a score or a report should make people look at."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kaoji.standards.scoring import LightBounds, ScoringPolicy

_HUNDRED = Decimal(100)
_MONTHS = Decimal(12)


class Light(StrEnum):
    """From worst to best; blue is more than was due."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"


LIGHT_NAMES = {
    Light.RED: "红灯",
    Light.YELLOW: "黄灯",
    Light.GREEN: "绿灯",
    Light.BLUE: "超额",
}


def grade_of(total: Decimal, policy: ScoringPolicy) -> str:
    """优, 良, 中 or 差: the first grade whose least score is reached."""
    lowest = policy.grades[-1][0]
    return next((name for name, least in policy.grades if total >= least), lowest)


def self_evaluation_light(
    policy: ScoringPolicy,
    *,
    indicators: Decimal,
    execution: Decimal,
    of_execution: Decimal,
    budget: Decimal,
    executed: Decimal,
) -> Light:
    """Red when the indicators look better than the spending, yellow when much was not spent.

    *execution* is what was earned of the points *of_execution*, *indicators* what was earned of the rest of
    a hundred. Where a form gives one of them no points, there is nothing to hold the other against.
    """
    bounds = policy.lights
    if 0 < of_execution < _HUNDRED and indicators > 0:
        share = indicators / (_HUNDRED - of_execution)
        spending = execution / of_execution
        if (share - spending) / share * _HUNDRED > bounds.ahead_of_spending:
            return Light.RED
    if budget == 0 or (budget - executed) / budget * _HUNDRED > bounds.unspent:
        return Light.YELLOW
    return Light.GREEN


def budget_light(rate: Decimal, policy: ScoringPolicy, *, month: int) -> Light:
    """Of a monitoring report: the rate of execution, in percent, against the month."""
    progress = rate / (Decimal(month) / _MONTHS * _HUNDRED) * _HUNDRED
    return _up_to_green(progress, policy.lights)


def progress_light(due: Decimal, actual: Decimal, policy: ScoringPolicy) -> Light:
    """Of a floor in a monitoring report, against what is due by then."""
    progress = actual / due * _HUNDRED if due else _HUNDRED
    return (
        Light.BLUE if progress >= policy.lights.blue else _up_to_green(progress, policy.lights)
    )


def _up_to_green(progress: Decimal, bounds: LightBounds) -> Light:
    if progress < bounds.yellow:
        return Light.RED
    return Light.YELLOW if progress < bounds.green else Light.GREEN


def worst(lights: list[Light]) -> Light:
    """A project's light is the worst of its indicators'."""
    order = list(Light)
    return min(lights, key=order.index, default=Light.GREEN)
