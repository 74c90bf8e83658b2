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
follow 原因 (reason), 预计 (forecast for the year's end), 可能性 (likelihood), 原因类别 (the kinds of
causes that are ticked, one 、 between them) and 措施 (what will be done). A report with
截至 (as of) is a monitoring report, any other a self-evaluation. A line of the budget other than
the total is named behind a stroke: `全年预算/当年财政拨款`. Texts that would be misread are written
as JSON strings, as everywhere in the notation. What has no outcome is read by `notation` alone.
What `write_with_outcome` writes, `parse_with_outcome` reads back to equal values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.money import Money
from kaoji.core.notation import UnreadableNotation, quote, unquote
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.speech import say

ARROW = " → "


# A score or a number of points; nobody writes more digits.
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,8})?$")


def _number(text: str) -> Decimal:
    plain = text.rstrip("分%").strip()
    if not _NUMBER.match(plain):
        raise ValueError(text)
    return Decimal(plain)


def _shown(number: Decimal) -> str:
    return f"{number:f}"


def _yuan(amount: Money) -> str:
    return f"{amount.written()} 元"


# Caption: its field, how it is written, how it is read.
_Way = tuple[str, Callable[[Any], str], Callable[[str], Any]]
_BUDGET: dict[str, _Way] = {
    "年初预算": ("initial", _yuan, Money.parse),
    "全年预算": ("adjusted", _yuan, Money.parse),
    "全年执行": ("executed", _yuan, Money.parse),
    "预计执行": ("forecast", _yuan, Money.parse),
    "执行分值": ("points", _shown, _number),
    "执行率": ("rate", _shown, _number),
    "执行得分": ("score", _shown, _number),
    "执行原因": ("reason", quote, unquote),
}
_REST: dict[str, _Way] = {
    "总分": ("total_score", _shown, _number),
    "目标完成": ("goal_done", quote, unquote),
    "截至": ("as_of", quote, unquote),
}
_LINES = {"当年财政拨款": "fiscal", "上年结转资金": "carryover", "其他资金": "other"}
_PARTS = {
    "原因": "reason", "预计": "forecast_raw", "可能性": "likelihood",
    "原因类别": "causes", "措施": "remedy",
}  # fmt: skip
_BETWEEN = "、"
# The version of the notation that knows the last two of them.
_WITH_CAUSES = 2
_SCORE = re.compile(r"(?<!\s)\s*+\((-?\d{1,12}(?:\.\d{1,8})?)分\)$")
# An arrow, or a quoted text in which an arrow parts nothing.
_ARROW_OR_QUOTED = re.compile(r'(?:^|(?<= / )|(?<=: ))"(?:[^"\\]|\\.)*"| → ')
_BAR_OR_QUOTED = re.compile(r'(?:^|(?<=: )|(?<= \| ))"(?:[^"\\]|\\.)*"| \| ')


@dataclass
class _Found:
    """What the lines said so far; *rows* has None for a row without an outcome."""

    budget: dict[str, dict[str, Any]] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)
    rows: list[IndicatorOutcome | None] = field(default_factory=list)

    def take(self, holder: dict[str, Any], name: str, caption: str, value: Any) -> None:
        """Keep a value; a caption that comes twice is refused."""
        if name in holder:
            raise _Twice(caption)
        holder[name] = value


class _Twice(Exception):
    """A caption stands twice."""


def has_outcome(text: str) -> bool:
    """Does the text tell what became of a promise?"""
    return any(
        _known(line.partition(":")[0]) is not None or _arrow_in(line) is not None
        for _, line in _lines_of_the_year(text)
    )


def parse_with_outcome(text: str) -> tuple[Declaration, Outcome | None]:
    """Read one form and its outcome, None when the text tells of none.

    Raises UnreadableNotation, naming the line.
    """
    if not has_outcome(text):
        return notation.parse(text), None
    found = _Found()
    plain = text.split("\n")
    for number, line in _lines_of_the_year(text):
        plain[number - 1] = _take(line, number, found)
    form = notation.parse("\n".join(plain))
    if None in found.rows or len(found.rows) != len(form.indicators):
        reason = say("有的指标写了实际值，有的没有；请在每一行写上“→”")
        raise UnreadableNotation(1, reason)
    rows = tuple(
        replace(outcome, points=row.weight)
        for outcome, row in zip(found.rows, form.indicators, strict=True)
        if outcome is not None
    )
    kind = "monitoring" if "as_of" in found.rest else "self_evaluation"
    budget = {name: BudgetLine(**values) for name, values in found.budget.items()}
    return form, Outcome(kind, budget, indicators=rows, **found.rest)


def write_with_outcome(form: Declaration, outcome: Outcome) -> str:
    """Write a form with its outcome; `parse_with_outcome` reads both back."""
    plain = replace(form, indicators=(), overall_indicators=())
    lines = notation.write(plain).rstrip("\n").split("\n")
    for name, line in outcome.budget.items():
        ending = "" if name == "total" else f"/{_printed(name)}"
        lines += _captions(_BUDGET, line, ending)
    lines += [*_captions(_REST, outcome, ""), ""]
    said = [*outcome.indicators, *[IndicatorOutcome()] * len(form.indicators)]
    lines += [
        f"{notation.row_line(row)}{ARROW}{_said(item)}".rstrip()
        for row, item in zip(form.indicators, said, strict=False)
    ]
    overall = notation.write(replace(Declaration(), overall_indicators=form.overall_indicators))
    return "\n".join([*lines, *overall.rstrip("\n").split("\n")[1:]]) + "\n"


def filed_with_outcome(form: Declaration, outcome: Outcome) -> str:
    """The same as it is filed for good, under the version of the notation."""
    text = write_with_outcome(form, outcome)
    if any(item.causes or item.remedy for item in outcome.indicators):
        return notation.with_version(text, version=_WITH_CAUSES)
    return notation.with_version(text)


def _captions(ways: dict[str, _Way], holder: Any, ending: str) -> Iterator[str]:
    for caption, (name, write, _) in ways.items():
        value = getattr(holder, name)
        if value is not None:
            yield f"{caption}{ending}: {write(value)}"


def _printed(name: str) -> str:
    return next((caption for caption, known in _LINES.items() if known == name), name)


def _said(item: IndicatorOutcome) -> str:
    actual = _piece(item.actual_raw) if item.actual_raw else ""
    if item.score is not None:
        actual = f"{actual} ({item.score:f}分)".strip()
    parts = [
        f"{caption}: {_piece(value if isinstance(value, str) else _BETWEEN.join(value))}"
        for caption, name in _PARTS.items()
        if (value := getattr(item, name))
    ]
    return " | ".join([actual, *parts])


def _piece(text: str) -> str:
    """A text between bars: quoted when a bar or a score in it would part it."""
    parted = " | " in f" {text} " or _SCORE.search(text)
    return json.dumps(text, ensure_ascii=False) if parted else quote(text)


def _lines_of_the_year(text: str) -> Iterator[tuple[int, str]]:
    """The lines above `总目标指标:` that are neither comments nor captions of the form."""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        caption, colon, _ = line.partition(":")
        if line == f"{notation.OVERALL}:":
            return
        if line and not line.startswith("#") and not (colon and caption in notation.CAPTIONS):
            yield number, line


def _arrow_in(line: str) -> int | None:
    """Where the arrow stands that parts a promise from what became of it."""
    for found in _ARROW_OR_QUOTED.finditer(f"{line} "):
        if found[0] == ARROW:
            return found.start()
    return None


def _known(caption: str) -> tuple[str, _Way] | None:
    """The line of the budget (empty for the rest) and the way of a caption."""
    name, _, line = caption.partition("/")
    if name in _BUDGET:
        return _LINES.get(line, line) or "total", _BUDGET[name]
    return ("", _REST[caption]) if caption in _REST else None


def _take(line: str, number: int, found: _Found) -> str:
    """Take the outcome out of a line; what is left is a line of the notation."""
    place = _arrow_in(line)
    caption, _, value = line.partition(":")
    known = _known(caption)
    if known is None:
        outcome = None if place is None else _row(f"{line} "[place + len(ARROW) :], number)
        found.rows.append(outcome)
        return line if place is None else line[:place]
    budget_line, (name, _, read) = known
    holder = found.budget.setdefault(budget_line, {}) if budget_line else found.rest
    try:
        if value.strip():
            found.take(holder, name, caption, read(value.strip()))
    except _Twice as error:
        raise UnreadableNotation(number, say("“{caption}”重复出现", caption=caption)) from error
    except ValueError as error:
        reason = say("“{caption}”的内容“{value}”无法读取", caption=caption, value=value.strip())
        raise UnreadableNotation(number, reason) from error
    return ""


def _row(text: str, number: int) -> IndicatorOutcome:
    actual, *parts = _parted(text.rstrip())
    values: dict[str, str] = {}
    for part in parts:
        caption, _, value = part.partition(":")
        if caption.strip() not in _PARTS:
            known = "".join(f"“{name}:”" for name in _PARTS)
            reason = say("“{part}”应以{known}之一开头", part=part, known=known)
            raise UnreadableNotation(number, reason)
        values[_PARTS[caption.strip()]] = _unquoted(value.strip(), number)
    scored = _SCORE.search(actual)
    said = _unquoted(actual[: scored.start()] if scored else actual, number)
    return IndicatorOutcome(
        said or None,
        values.get("forecast_raw") or None,
        score=Decimal(scored[1]) if scored else None,
        reason=values.get("reason") or None,
        likelihood=values.get("likelihood") or None,
        causes=tuple(filter(None, values.get("causes", "").split(_BETWEEN))),
        remedy=values.get("remedy") or None,
    )


def _parted(text: str) -> list[str]:
    """The pieces between the bars that stand outside of quoted texts."""
    pieces, begin = [], 0
    for found in _BAR_OR_QUOTED.finditer(text):
        if found[0] == " | ":
            pieces.append(text[begin : found.start()])
            begin = found.end()
    return [*pieces, text[begin:]]


def _unquoted(text: str, number: int) -> str:
    try:
        return unquote(text.strip())
    except ValueError as error:
        raise UnreadableNotation(number, say("“{line}”中的引号没有配对", line=text)) from error
