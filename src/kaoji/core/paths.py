"""Paths of fields: `project_name`, `funds.total`, `indicators[3].level2`.

>>> path = FieldPath.parse("indicators[3].level2")
>>> path.row, path.name
(3, 'level2')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES, Declaration, Funds
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money, UnreadableAmount
from kaoji.core.period import Years, read_date, read_year, read_years
from kaoji.core.target import Target
from kaoji.core.width import narrow

_PATH = re.compile(
    r"(?:(?P<table>(?:overall_)?indicators)\[(?P<row>\d+)\]\.|(?P<group>funds)\.)?(?P<name>[a-z_0-9]+)$"
)
_POINTS = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?$", re.ASCII)
_ROW_FIELDS = {"level1", "level2", "level3", "target_raw", "weight"}
_ROW_VALUES = {"level1", "level2", "level3", "target", "weight"}
_FUNDS = {item.name for item in fields(Funds)}
_HEAD = {item.name for item in fields(Declaration)} - {"funds", "layout"}


# The path of everything: a doubt about it is about the form as a whole.
WHOLE_FORM = "form"


@dataclass(frozen=True)
class FieldPath:
    """One field of a declaration: of its head, of its funds, or of one of its rows."""

    name: str
    group: str | None = None
    row: int | None = None
    table: str = "indicators"

    @classmethod
    def parse(cls, text: str) -> FieldPath:
        """Read a path. Raises ValueError for text that is none."""
        found = _PATH.match(text)
        if not found:
            raise ValueError(text)
        row = found["row"]
        number = int(row) if row is not None else None
        return cls(found["name"], found["group"], number, found["table"] or "indicators")

    def __str__(self) -> str:
        if self.row is not None:
            return f"{self.table}[{self.row}].{self.name}"
        return f"{self.group}.{self.name}" if self.group else self.name

    def get(self, form: Declaration) -> Any:
        """The value that stands there; ValueError when the form has no such place."""
        if str(self) == WHOLE_FORM:
            return form
        holder: Any = form.funds if self.group else form
        name = self.name
        if self.row is not None:
            rows: tuple[Indicator, ...] = getattr(form, self.table)
            if self.row >= len(rows) or name not in _ROW_FIELDS:
                raise ValueError(str(self))
            holder = rows[self.row]
            name = "target" if name == "target_raw" else name
        known = _ROW_VALUES if self.row is not None else _FUNDS if self.group else _HEAD
        if name not in known:
            raise ValueError(str(self))
        return getattr(holder, name)

    def text_in(self, form: Declaration) -> str:
        """The value as people read it; empty for a blank one and for whole parts."""
        value = self.get(form)
        if value is None or isinstance(value, tuple | Declaration):
            return ""
        return value.written() if isinstance(value, Money) else str(value)

    def read(self, text: str, form: Declaration) -> Any:
        """The value of this field's type that *text* writes; blank text is None.

        Raises ValueError (UnreadableAmount, UnreadableDate …) when it writes none, and for
        parts that are no single value, such as `indicators`.
        """
        self.get(form)
        if self.name in {WHOLE_FORM, *INDICATOR_TABLES}:
            return self.get(form)
        if self.name == "target_raw":
            return Target.parse(text)
        if not text:
            return None
        reader = _READERS.get("funds" if self.group else self.name)
        return reader(text) if reader else text

    def put(self, form: Declaration, value: Any) -> Declaration:
        """The form with another value in this place."""
        if str(self) == WHOLE_FORM:
            whole: Declaration = value
            return whole
        if self.row is not None:
            name = "target" if self.name == "target_raw" else self.name
            rows = list(getattr(form, self.table))
            rows[self.row] = replace(rows[self.row], **{name: value})
            changed: dict[str, Any] = {self.table: tuple(rows)}
            return replace(form, **changed)
        if self.group:
            return replace(form, funds=replace(form.funds, **{self.name: value}))
        return replace(form, **{self.name: value})


def _not_negative(text: str) -> Money:
    amount = Money.parse(text)
    if amount < Money.zero():
        raise UnreadableAmount(text)
    return amount


def _points(text: str) -> Decimal:
    """Points as they are written: 10, 7.5, 10分."""
    bare = narrow(text).removesuffix("分").strip()
    return Decimal(bare) if _POINTS.match(bare) else _refuse(text)


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _period(text: str) -> Years:
    return read_years(text) or _refuse(text)


_READERS: dict[str, Callable[[str], Any]] = {
    "funds": _not_negative,
    "weight": _points,
    "start_date": read_date,
    "end_date": read_date,
    "year": read_year,
    "goal_period": _period,
}
