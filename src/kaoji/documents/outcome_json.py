"""The outcome part of the contract `reading/1`: what self-evaluations and monitoring add."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kaoji.core.declaration_json import Data, plain_number
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.target import Target

KINDS = ("declaration", "self_evaluation", "monitoring", "unit_targets")

_AMOUNTS = ("initial", "adjusted", "executed", "forecast")
_NUMBERS = ("points", "rate", "score")
_SELF_EVALUATION_ROW = ("actual_raw", "points", "score", "reason")
_MONITORING_ROW = ("actual_raw", "forecast_raw", "reason", "likelihood", "remedy")
_ROWS = {"self_evaluation": _SELF_EVALUATION_ROW, "monitoring": _MONITORING_ROW}


def add_outcome(data: Data, kind: str, outcome: Outcome | None) -> None:
    """Put the kind, and what an outcome says, into a form's data."""
    data["kind"] = kind
    if outcome is None:
        return
    lines = {name: _line_as_data(line) for name, line in outcome.budget.items()}
    total = lines.pop("total", _line_as_data(BudgetLine()))
    if kind == "monitoring":
        data |= {"as_of": outcome.as_of, "executed": total["executed"]}
        data["forecast"] = total["forecast"]
    data |= {"budget": total, "budget_lines": lines}
    if kind == "self_evaluation":
        data["goal_done"] = outcome.goal_done
        data["total_score"] = _text(outcome.total_score)
    for row, entry in zip(data["indicators"], outcome.indicators, strict=False):
        row |= {name: _text(getattr(entry, name)) for name in _ROWS[kind]}
        if kind == "monitoring":
            row["causes"] = list(entry.causes)
        actual = Target.parse(entry.actual_raw)
        row["actual"] = _text(actual.value)


def outcome_from_data(data: Data) -> Outcome | None:
    """Read back what `add_outcome` wrote. Raises ValueError for what is no amount or number,
    TypeError for causes that are no list of words.
    """
    kind = data.get("kind", "declaration")
    if kind not in _ROWS:
        return None
    lines = {"total": data["budget"], **data["budget_lines"]}
    budget = {name: _line_from_data(line) for name, line in lines.items()}
    return Outcome(
        kind,
        {name: line for name, line in budget.items() if line != BudgetLine()},
        data.get("goal_done"),
        tuple(_row_from_data(row, kind) for row in data["indicators"]),
        _number(data.get("total_score")),
        data.get("as_of"),
    )


def _line_as_data(line: BudgetLine) -> Data:
    return {name: _text(getattr(line, name)) for name in (*_AMOUNTS, *_NUMBERS, "reason")}


def _line_from_data(data: Data) -> BudgetLine:
    values: dict[str, Any] = {name: _money(data.get(name)) for name in _AMOUNTS}
    values |= {name: _number(data.get(name)) for name in _NUMBERS}
    return BudgetLine(**values, reason=data.get("reason"))


def _row_from_data(row: Data, kind: str) -> IndicatorOutcome:
    values: dict[str, Any] = {
        name: _number(row.get(name)) if name in _NUMBERS else row.get(name)
        for name in _ROWS[kind]
    }
    return IndicatorOutcome(**values, causes=_causes(row))


def _causes(row: Data) -> tuple[str, ...]:
    """The ticked causes; TypeError for what is no list of words."""
    causes = row.get("causes") or []
    if not isinstance(causes, list) or not all(isinstance(item, str) for item in causes):
        raise TypeError(f"causes: {causes!r}")
    return tuple(causes)


def _text(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value is None else str(value)


def _money(text: str | None) -> Money | None:
    return None if text is None else Money.parse(text)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else plain_number(text)
