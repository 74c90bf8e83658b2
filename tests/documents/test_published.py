"""Published forms of other places: what is expected was read from the source by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading

FILES = Path(__file__).parent / "files" / "published"


def read(name: str) -> Reading:
    return read_document((FILES / name).read_bytes(), name=name)


def test_a_self_evaluation_whose_points_stand_before_the_values():
    reading = read("suixi-2019-self-evaluation.tsv")

    [item] = reading.forms
    form, outcome = item.form, item.outcome
    assert reading.problems == ()
    assert outcome is not None
    assert (item.kind, form.year, form.project_name) == ("self_evaluation", 2019, "临时救助")
    assert form.department == "[155]濉溪县民政局"
    assert outcome.budget == {
        "total": BudgetLine(
            None, Money.parse("300000"), Money.parse("300000"),
            points=Decimal(10), rate=Decimal(100), score=Decimal(10),
        ),
        "fiscal": BudgetLine(
            None, Money.parse("300000"), Money.parse("300000"),
            points=Decimal(10), rate=Decimal(100), score=Decimal(10),
        ),
    }  # fmt: skip
    assert form.annual_goal == "为建档立卡扶贫户解决临时性的困难"
    assert (outcome.goal_done or "").startswith("全年救助建档立卡扶贫户临时救助87人次")
    assert [row.level2 for row in form.indicators] == [
        *["数量指标"] * 5, *["质量指标"] * 3, "社会效益指标",
    ]  # fmt: skip
    assert [row.weight for row in form.indicators] == [5, 5, 5, 5, 10, 5, 5, 10, 30]
    assert [entry.score for entry in outcome.indicators] == [5, 5, 5, 5, 10, 5, 5, 10, 30]
    assert form.indicators[3].target.text == ">=4754人"
    assert outcome.indicators[3].actual_raw == "4604人"
    assert outcome.indicators[3].reason == "特困人员实行动态管理"
    # The satisfaction row is missing in the source; that is said.
    assert {doubt.field for doubt in item.doubts} == {"indicators"}


def test_a_sheet_with_a_row_for_each_indicator_gives_a_form_for_each_project():
    reading = read("jingyan-2023-one-row-each.tsv")

    first, second = reading.forms
    assert first.form.project_name == "村组干部报酬"
    assert second.form.project_name == "基层组织活动经费"
    for item in (first, second):
        assert item.form.year == 2023
        assert item.form.implementing_unit == "820001-井研县马踏镇人民政府"
    # 金额单位:元 stands above the table.
    assert first.form.funds.annual_total == Money.parse("3309840")
    assert second.form.funds.annual_total == Money.parse("660000")
    assert first.form.annual_goal == "按时发放村组干部报酬"
    assert [row.target.text for row in first.form.indicators][:3] == ["≥95%", "≥1年", "≥1人/年"]
    assert len(first.form.indicators) == 8
    assert len(second.form.indicators) == 4
    assert sum(row.weight or 0 for row in first.form.indicators) == 90
    assert second.extra["indicators[0].指标方向性"] == "正向指标"
    # The subtotal of the department is no project; it is reported.
    assert [str(problem.reason) for problem in reading.problems] == [
        "没有认出“820-马踏镇部门 8,827,620.53”",
    ]


FLAT = """项目名称\t单位名称\t预算数\t一级指标\t二级指标\t三级指标\t指标值
办公经费\t甲站\t10元\t产出指标\t数量指标\t购置数量\t≥3台
办公经费\t甲站\t12元\t产出指标\t质量指标\t合格率\t≥95%
办公经费\t乙站\t20元\t产出指标\t数量指标\t购置数量\t≥5台
"""


def test_projects_of_one_name_in_two_units_are_two_and_a_contradiction_is_reported():
    reading = read_document(FLAT.encode(), name="a.txt")

    assert [
        (item.form.implementing_unit, len(item.form.indicators)) for item in reading.forms
    ] == [("甲站", 2), ("乙站", 1)]
    assert [str(problem.reason) for problem in reading.problems] == ["没有认出“12元”"]
