"""What the public budget says of goals: 绩效目标设置情况, its sentence, its table and the forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from kaoji.core.declaration import Declaration
from kaoji.core.money import Money, total
from kaoji.documents.render.docx import render_docx

_WAN = Decimal(10_000)
_COLUMNS = ("序号", "单位", "项目名称", "年度预算（万元）", "年度绩效目标")


@dataclass(frozen=True)
class Disclosure:
    """The approved forms of a place and year, as its public budget tells of them."""

    place: str
    year: int
    forms: Sequence[Declaration]

    @property
    def units(self) -> int:
        """How many units declared."""
        return len({form.implementing_unit for form in self.forms})

    @property
    def money(self) -> Money:
        """The year's money of all projects."""
        return total(*map(_money, self.forms)) or Money.zero()

    @property
    def sentence(self) -> str:
        """The sentence, as units and departments of Shanghai print it in their budgets."""
        count, money = len(self.forms), _wan(self.money)
        if self.units > 1:
            return (
                f"按照预算绩效管理工作的总体要求，本部门{self.units}个预算单位开展了{self.year}年项目预算绩效目标编报工作，"
                f"编报绩效目标的项目{count}个，涉及项目预算资金{money}万元。"
            )
        return f"{self.year}年度，本单位编报绩效目标的项目共{count}个，涉及项目预算资金{money}万元。"


def render_disclosure(told: Disclosure) -> bytes:
    """The section as Word: the sentence, a line for each project, and behind them the forms."""
    return render_docx(told.forms, preface=partial(_preface, told=told))


def _preface(document: Any, *, told: Disclosure) -> None:
    title = document.add_paragraph(f"{told.place}{told.year}年度绩效目标设置情况")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size, title.runs[0].bold = Pt(16), True
    paragraph = document.add_paragraph(told.sentence)
    paragraph.paragraph_format.first_line_indent = Pt(21)
    paragraph.paragraph_format.space_after = Pt(10)
    rows = [
        _COLUMNS,
        *(_line(number, form) for number, form in enumerate(told.forms, start=1)),
        ("", "合计", "", _wan(told.money), ""),
    ]
    table = document.add_table(rows=len(rows), cols=len(_COLUMNS))
    table.style = "Table Grid"
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text


def _line(number: int, form: Declaration) -> tuple[str, ...]:
    money = _money(form)
    return (
        str(number),
        form.implementing_unit or form.department or "",
        form.project_name or "",
        _wan(money) if money else "",
        form.annual_goal or "",
    )


def _money(form: Declaration) -> Money | None:
    return form.funds.annual_total or form.funds.total


def _wan(amount: Money) -> str:
    """In 万元 with two decimals, as budgets print it; the forms behind hold every fen."""
    return f"{(amount.yuan / _WAN).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
