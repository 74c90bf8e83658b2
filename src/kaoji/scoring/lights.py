"""Grades and warning lights: what a score or a report should make people look at."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kaoji.standards.scoring import ScoringPolicy

_HUNDRED = Decimal(100)
_MONTHS = Decimal(12)


class Light(StrEnum):
    """From worst to best; blue is more than was due."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"


def grade_of(total: Decimal, policy: ScoringPolicy) -> str:
    """优, 良, 中 or 差: the first grade whose least score is reached."""
    lowest = policy.grades[-1][0]
    return next((name for name, least in policy.grades if total >= least), lowest)


def self_evaluation_light(
    *, indicators: Decimal, execution: Decimal, budget: Decimal, executed: Decimal
) -> Light:
    """Red when the indicators look better than the spending, yellow when a fifth was not spent.

    *indicators* of 90 points, *execution* of 10. Source: a production system's rule.

    >>> self_evaluation_light(indicators=Decimal(90), execution=Decimal(9),
    ...     budget=Decimal(100), executed=Decimal(90))
    <Light.RED: 'red'>
    """
    share = indicators / 90
    if share > 0 and (share - execution / 10) / share > Decimal("0.05"):
        return Light.RED
    if budget == 0 or (budget - executed) / budget > Decimal("0.2"):
        return Light.YELLOW
    return Light.GREEN


def budget_light(rate: Decimal, *, month: int) -> Light:
    """Of a monitoring report: the rate of execution, in percent, against the month.

    >>> budget_light(Decimal(35), month=7)
    <Light.YELLOW: 'yellow'>
    """
    progress = rate / (Decimal(month) / _MONTHS * _HUNDRED) * _HUNDRED
    if progress < 60:
        return Light.RED
    return Light.YELLOW if progress < 80 else Light.GREEN


def progress_light(due: Decimal, actual: Decimal) -> Light:
    """Of a floor in a monitoring report, against what is due by then.

    >>> progress_light(Decimal(120) * 7 / 12, Decimal(70))
    <Light.GREEN: 'green'>
    """
    progress = actual / due * _HUNDRED if due else _HUNDRED
    if progress < 60:
        return Light.RED
    if progress < 80:
        return Light.YELLOW
    return Light.GREEN if progress < 120 else Light.BLUE


def worst(lights: list[Light]) -> Light:
    """A project's light is the worst of its indicators'."""
    order = list(Light)
    return min(lights, key=order.index, default=Light.GREEN)
