r"""The notation with what became of it: a self-evaluation or a monitoring report in plain text.

    项目: 农村道路养护
    年初预算: 250,000.00 元
    全年预算: 250,000.00 元
    全年执行: 215,457.60 元
    执行分值: 10
    执行得分: 8.62
    产出指标 / 数量指标 / 养护里程 (20分): ≥ 35 公里 → 36 公里 (20分)
    产出指标 / 时效指标 / 修补时限 (10分): ≤ 5 天 → 6 天 (8分) | 原因: 连日降雨
    总分: 98.62

A row is a row of the notation, an arrow, the actual value and perhaps its score; behind bars
follow 原因 (reason), 预计 (forecast for the year's end), 可能性 (likelihood). A report with
截至 (as of) is a monitoring report, any other a self-evaluation. What has no outcome is read
by `notation` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.money import Money, UnreadableAmount
from kaoji.core.notation import UnreadableNotation
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.speech import say

ARROW = " → "


def _percent(text: str) -> Decimal:
    return Decimal(text.rstrip("%").strip())


def _points(text: str) -> Decimal:
    return Decimal(text.rstrip("分").strip())


# Caption: where the value goes, its name there, how it is read.
_CAPTIONS: dict[str, tuple[str, str, Callable[[str], Any]]] = {
    "年初预算": ("budget", "initial", Money.parse),
    "全年预算": ("budget", "adjusted", Money.parse),
    "全年执行": ("budget", "executed", Money.parse),
    "预计执行": ("budget", "forecast", Money.parse),
    "执行分值": ("budget", "points", _points),
    "执行率": ("budget", "rate", _percent),
    "执行得分": ("budget", "score", _points),
    "执行原因": ("budget", "reason", str),
    "总分": ("rest", "total_score", _points),
    "目标完成": ("rest", "goal_done", str),
    "截至": ("rest", "as_of", str),
}
_PARTS = {"原因": "reason", "预计": "forecast_raw", "可能性": "likelihood"}
_SCORE = re.compile(r"(?P<actual>.*?)\s*(?:\((?P<score>-?\d+(?:\.\d+)?)分\))?$")


@dataclass
class _Found:
    """What the lines said so far."""

    budget: dict[str, Any] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)
    rows: list[IndicatorOutcome] = field(default_factory=list)


def has_outcome(text: str) -> bool:
    """Does the text tell what became of a promise?"""
    return any(
        ARROW in f"{line} " or line.strip().partition(":")[0] in _CAPTIONS
        for line in text.split("\n")
        if not line.lstrip().startswith("#")
    )


def parse_with_outcome(text: str) -> tuple[Declaration, Outcome | None]:
    """Read one form and its outcome, None when the text tells of none.

    Raises UnreadableNotation, naming the line.
    """
    if not has_outcome(text):
        return notation.parse(text), None
    found = _Found()
    plain = [
        _take(line.strip(), number, found)
        for number, line in enumerate(text.split("\n"), start=1)
    ]
    form = notation.parse("\n".join(plain))
    if len(found.rows) != len(form.indicators):
        reason = say("有的指标写了实际值，有的没有；请在每一行写上“→”")
        raise UnreadableNotation(1, reason)
    rows = tuple(
        replace(outcome, points=row.weight)
        for outcome, row in zip(found.rows, form.indicators, strict=True)
    )
    kind = "monitoring" if "as_of" in found.rest else "self_evaluation"
    budget = {"total": BudgetLine(**found.budget)} if found.budget else {}
    return form, Outcome(kind, budget, indicators=rows, **found.rest)


def _take(line: str, number: int, found: _Found) -> str:
    """Take the outcome out of a line; what is left is a line of the notation."""
    caption, _, value = line.partition(":")
    value = value.strip()
    if line.startswith("#"):
        return ""
    if ARROW in f"{line} ":
        declared, _, outcome = f"{line} ".rpartition(ARROW)
        found.rows.append(_row(outcome.strip(), number))
        return declared
    if caption not in _CAPTIONS:
        return line
    part, name, read = _CAPTIONS[caption]
    try:
        getattr(found, part)[name] = read(value)
    except (UnreadableAmount, ArithmeticError) as error:
        reason = say("“{caption}”的内容“{value}”无法读取", caption=caption, value=value)
        raise UnreadableNotation(number, reason) from error
    return ""


def _row(text: str, number: int) -> IndicatorOutcome:
    actual, *parts = text.split(" | ")
    values: dict[str, str] = {}
    for part in parts:
        caption, _, value = part.partition(":")
        if caption.strip() not in _PARTS:
            reason = say("“{part}”应以“原因:”“预计:”或“可能性:”开头", part=part)
            raise UnreadableNotation(number, reason)
        values[_PARTS[caption.strip()]] = value.strip()
    found = _SCORE.match(actual.strip())
    score = Decimal(found["score"]) if found and found["score"] else None
    said = found["actual"].strip() if found else ""
    return IndicatorOutcome(
        said or None,
        values.get("forecast_raw"),
        score=score,
        reason=values.get("reason"),
        likelihood=values.get("likelihood"),
    )
