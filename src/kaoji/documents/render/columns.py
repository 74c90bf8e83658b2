"""The columns of an indicator table as a layout names them, their heading, and choices that are ticked.

Columns may stand in groups, under a caption of their own: 偏差原因分析 over 经费保障, 制度保障 and others.
The heading has two rows then. A choice is a column that is ticked: `causes.经费保障`, `likelihood.确定能`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kaoji.documents.render.cells import SheetCell
from kaoji.standards.layouts import to_month

TICK = "√"
_CHOICES = frozenset({"causes", "likelihood"})


@dataclass(frozen=True)
class Column:
    """A column of an indicator table; *group* is the caption over it and its neighbours."""

    caption: str
    field: str
    table: str
    span: int
    group: str | None = None

    @property
    def is_label(self) -> bool:
        """Are neighbours with the same text merged?"""
        return self.field in {"level1", "level2"}

    @property
    def choice(self) -> tuple[str, str] | None:
        """The field of which it ticks a choice, and the choice."""
        name, _, choice = self.field.partition(".")
        return (name, choice) if choice and name in _CHOICES else None


def columns_of(plan: dict[str, Any]) -> list[Column]:
    """The columns of a layout's table, from left to right."""
    return [
        Column(
            one["caption"],
            one["field"],
            one.get("table", plan.get("table", "indicators")),
            one.get("span", 1),
            column["caption"] if "columns" in column else None,
        )
        for column in plan["columns"]
        for one in column.get("columns", (column,))
    ]


def heading_rows(columns: Sequence[Column], month: int | None) -> list[list[SheetCell]]:
    """The row of captions, or two rows where columns stand in groups; *month* is that to which they count."""
    grouped = any(column.group for column in columns)
    upper: list[SheetCell] = []
    lower: list[SheetCell] = []
    for group, members in _groups(columns):
        captions = [
            SheetCell(
                to_month(column.caption, month),
                colspan=column.span,
                rowspan=2 if grouped and group is None else 1,
                role="caption",
            )
            for column in members
        ]
        if group is None:
            upper += captions
        else:
            whole = sum(column.span for column in members)
            upper.append(SheetCell(group, colspan=whole, role="caption"))
            lower += captions
    return [upper, lower] if grouped else [upper]


def _groups(columns: Sequence[Column]) -> Iterator[tuple[str | None, list[Column]]]:
    for group, members in groupby(columns, lambda column: column.group):
        yield group, list(members)


def ticked(said: Sequence[str], choice: str, choices: Sequence[str]) -> str:
    """What stands in the cell of a choice: a tick or nothing.

    What was said and is none of the choices stands in words under the last one, so that it is not lost.
    """
    others = [word for word in said if word not in choices]
    if others and choice == choices[-1]:
        return "、".join(others)
    return TICK if choice in said else ""
