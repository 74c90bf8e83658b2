"""In which unit a form shows its money: its layout's, unless that would take more than two decimals.

549,185,954.38 元 are 54,918.595438 万元; nobody prints six decimals, and rounding would lose a fen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from kaoji.core.declaration import Declaration, Funds
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, Outcome
from kaoji.standards.layouts import layout_named

_MOST_DECIMALS = 2
_EXACT = "元"


def shown_unit(form: Declaration, outcome: Outcome | None = None) -> str:
    """`万元` or `元`, in which every amount of the form has at most two decimals."""
    unit = layout_named(form.layout).money_unit
    lines: Mapping[str, BudgetLine] = outcome.budget if outcome else {}
    amounts = (
        *_amounts(form.funds),
        *(item for line in lines.values() for item in _amounts(line)),
    )
    return unit if all(_is_short(amount, unit) for amount in amounts) else _EXACT


def _amounts(of: Funds | BudgetLine) -> Iterator[Money]:
    yield from (
        value for item in fields(of) if isinstance(value := getattr(of, item.name), Money)
    )


def _is_short(amount: Money, unit: str) -> bool:
    return len(amount.written(unit).partition(".")[2]) <= _MOST_DECIMALS


def in_unit(caption: str, unit: str) -> str:
    """A caption with the unit in which the money below it is shown.

    >>> in_unit("项目资金（万元）", "元")
    '项目资金（元）'
    """
    return caption.replace("（万元）", f"（{unit}）").replace("(万元)", f"({unit})")
