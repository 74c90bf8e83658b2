"""The form of a place's whole expenditure (部门整体支出绩效目标申报表), with its main tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from kaoji.core.declaration import Declaration
from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Sheet, year_line

_TITLE = "部门整体支出绩效目标申报表"
_WIDTHS = (12, 18, 24, 28, 14, 14, 10)


def whole_sheet(form: Declaration, tasks: Sequence[Mapping[str, Any]]) -> Sheet:
    """Lay the form out; *tasks* have name, content, total, fiscal, other (yuan as strings)."""
    head = [
        (_caption("部门（单位）名称"), SheetCell(form.department or "", "department", 6)),
        *_task_rows(tasks),
        (
            _caption("年度总体目标"),
            SheetCell(form.annual_goal or "", "annual_goal", 6, role="text"),
        ),
    ]
    rows = (*head, *_indicator_rows(form))
    return Sheet(
        form.department or "",
        _TITLE,
        year_line(form.year),
        _WIDTHS,
        landscape=True,
        rows=tuple(rows),
        repeated=len(head),
    )


def _task_rows(tasks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[SheetCell, ...]]:
    side = SheetCell("年度主要任务", None, rowspan=len(tasks) + 3, role="caption")
    yield (
        side,
        SheetCell("任务名称", None, rowspan=2, role="caption"),
        SheetCell("主要内容", None, 2, 2, role="caption"),
        _caption("预算金额（元）", 3),
    )
    yield tuple(map(_caption, ("总额", "财政拨款", "其他资金")))
    for task in tasks:
        yield (
            SheetCell(task["name"]),
            SheetCell(task["content"], None, 2, role="text"),
            *(
                SheetCell(_yuan(task[name]), role="amount")
                for name in ("total", "fiscal", "other")
            ),
        )
    yield (
        _caption("金额合计", 3),
        *(
            SheetCell(_yuan(str(sum(Decimal(task[name]) for task in tasks))), role="amount")
            for name in ("total", "fiscal", "other")
        ),
    )


def _indicator_rows(form: Declaration) -> Iterator[tuple[SheetCell, ...]]:
    yield (
        _caption("一级指标"),
        _caption("二级指标"),
        _caption("三级指标", 2),
        _caption("指标值", 2),
        _caption("分值"),
    )
    for level1, group in groupby(form.indicators, lambda row: row.level1):
        rows = list(group)
        for number, row in enumerate(rows):
            label = SheetCell(level1 or "", None, rowspan=len(rows), role="label")
            yield (
                *([label] if number == 0 else []),
                SheetCell(row.level2 or "", role="label"),
                SheetCell(row.level3 or "", None, 2),
                SheetCell(row.target.text, None, 2),
                SheetCell(
                    f"{row.weight.normalize():f}" if row.weight is not None else "",
                    role="label",
                ),
            )


def _caption(text: str, span: int = 1) -> SheetCell:
    return SheetCell(text, None, span, role="caption")


def _yuan(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"
