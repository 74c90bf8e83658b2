"""Money is shown in the layout's unit, or in 元 where that would take more than two decimals."""

from __future__ import annotations

from dataclasses import replace

from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.documents.editing import Typed, edit, written
from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading
from kaoji.documents.render.html import render_html
from kaoji.documents.render.sheet import lay_out

CENTRAL = notation.parse(
    """项目: 农村道路养护
版式: central-2015
主管部门: 区交通委
实施单位: 区公路署
年度: 2023
资金总额: 549,185,954.38 元
财政资金: 549,185,954.38 元
年度资金: 549,185,954.38 元
当年财政拨款: 549,185,954.38 元
年度目标: 养护农村道路 35 公里。
产出指标 / 数量指标 / 养护里程: = 35 公里
"""
)
ROUND = replace(
    CENTRAL,
    funds=notation.parse("项目: 甲\n资金总额: 1,500,000 元\n年度资金: 1,500,000 元").funds,
)


def shown(form: Declaration) -> str:
    return " ".join(cell.text for row in lay_out(form).rows for cell in row)


def test_no_paper_shows_six_decimals():
    assert "549,185,954.38" in shown(CENTRAL)
    assert "项目资金（元）" in shown(CENTRAL)
    assert "54,918.595438" not in shown(CENTRAL)


def test_a_round_amount_keeps_the_unit_of_its_layout():
    assert "150.00" in shown(ROUND)
    assert "项目资金（万元）" in shown(ROUND)


def test_what_is_shown_in_yuan_reads_back_to_the_fen():
    [item] = read_document(render_html([CENTRAL]).encode(), name="x.html").forms

    assert item.form.funds == CENTRAL.funds


def test_a_bare_amount_is_typed_in_the_unit_that_is_shown():
    base = FormReading(CENTRAL)

    edited = edit(
        base, Typed({"funds.total": "549,185,955"}, {}), person="甲", when="2023-01-01"
    )

    assert written(base, "funds.total") == "549,185,954.38"
    assert str(edited.reading.form.funds.total) == "549185955.00"
