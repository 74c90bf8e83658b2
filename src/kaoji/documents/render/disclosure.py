"""What the public budget says of goals: 绩效目标设置情况, its sentence, its tables and the forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
_BY_CATEGORY = ("项目类别", "项目数", "年度预算（万元）")
# As the page of the department calls them.
_UNSORTED = "未分类"
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
    def categories(self) -> list[tuple[str, int, Money]]:
        """By category of project how many and how much, the largest first, as the department's page has them."""
        found: dict[str, list[Declaration]] = defaultdict(list)
        for form in self.forms:
            found[form.project_category or _UNSORTED].append(form)
        told = [
            (name, len(forms), total(*map(_money, forms)) or Money.zero())
            for name, forms in found.items()
        ]
        return sorted(told, key=lambda item: (-item[2].yuan, item[0]))

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
    """The section as Word: the sentence, the categories, a line for each project, and behind them the forms."""
    return render_docx(told.forms, preface=partial(_preface, told=told))


def _preface(document: Any, *, told: Disclosure) -> None:
    title = document.add_paragraph(f"{told.place}{told.year}年度绩效目标设置情况")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size, title.runs[0].bold = Pt(16), True
    paragraph = document.add_paragraph(told.sentence)
    paragraph.paragraph_format.first_line_indent = Pt(21)
    paragraph.paragraph_format.space_after = Pt(10)
    if {name for name, _, _ in told.categories} - {_UNSORTED}:
        _table(document, list(_by_category(told)))
        document.add_paragraph()
    lines = (_line(number, form) for number, form in enumerate(told.forms, start=1))
    _table(document, [_COLUMNS, *lines, ("", "合计", "", _wan(told.money), "")])


def _by_category(told: Disclosure) -> Iterator[tuple[str, ...]]:
    yield _BY_CATEGORY
    for name, count, money in told.categories:
        yield name, str(count), _wan(money)
    yield "合计", str(len(told.forms)), _wan(told.money)


def _table(document: Any, rows: Sequence[tuple[str, ...]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
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
