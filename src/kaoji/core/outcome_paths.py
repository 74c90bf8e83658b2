"""Parts of an outcome by their paths: `goal_done`, `budget.total.executed`, `indicators[3].actual_raw`.

>>> text_at(Outcome("self_evaluation", {}, goal_done="已完成"), "goal_done")
'已完成'
"""

from __future__ import annotations

import re
from dataclasses import fields

from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome

_OF_ROW = re.compile(r"indicators\[(\d+)\]\.(\w+)$")
_OF_BUDGET = re.compile(r"budget\.(\w+)\.(\w+)$")
_ROW_PARTS = {item.name for item in fields(IndicatorOutcome)}
_BUDGET_PARTS = {item.name for item in fields(BudgetLine)}
_WHOLE = {"goal_done", "total_score", "as_of"}


def text_at(outcome: Outcome, path: str) -> str:
    """What stands there as people read it; empty where nothing does, or for a path of something else."""
    value: object = None
    if path in _WHOLE:
        value = getattr(outcome, path)
    elif found := _OF_ROW.match(path):
        row, part = int(found[1]), found[2]
        if part in _ROW_PARTS and row < len(outcome.indicators):
            value = getattr(outcome.indicators[row], part)
    elif (found := _OF_BUDGET.match(path)) and found[2] in _BUDGET_PARTS:
        line = outcome.budget.get(found[1])
        value = getattr(line, found[2]) if line else None
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(value)
    return value.written() if isinstance(value, Money) else str(value)
