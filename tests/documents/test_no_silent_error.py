"""Realistic mishaps, one by one: the value is right, or the reading says that it may not be."""

from __future__ import annotations

import pytest

from documents.road_table import GOALS, HEAD, TABLE
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading

BASE = HEAD + GOALS + TABLE
HEADING, *ROWS = TABLE.splitlines(keepends=True)


def read(text: str) -> Reading:
    return read_document(text.encode(), name="x.txt")


def doubts(reading: Reading) -> set[str]:
    return {doubt.field for item in reading.forms for doubt in item.doubts}


def problems(reading: Reading) -> str:
    return " ".join(str(problem.reason) for problem in reading.problems)


@pytest.mark.parametrize(
    "text",
    [
        "财政项目支出绩效目标申报表\n财政项目支出绩效目标申报表\n",
        "财政项目支出绩效目标申报表",
        BASE + "\n财政项目支出绩效目标申报表\n",
        "财政项目支出绩效目标申报表\f" + BASE,
        BASE + "\u00a0\n\t\u00a0\t\t\n\u2003\n",
        BASE + "\u200b\t\t\t\t\n",
        BASE.replace("\n", "\u2028"),
        BASE.replace("\n", "\r"),
        BASE + "|&nbsp;| | | |\n",
    ],
)
def test_odd_ends_and_blanks_are_no_error(text: str):
    read(text)


def test_the_title_page_and_the_repeated_title_give_one_form():
    reading = read("财政项目支出绩效目标申报表\f" + BASE)

    assert [item.form.project_name for item in reading.forms] == ["农村道路养护"]


@pytest.mark.parametrize(
    "row",
    [
        "联系人\t张三\t联系电话\t57711234\n",
        "项目起止时间\t2023-01-01至2023-12-31\t\t\n",
        "项目负责人\t李四\t项目编码\t310117\n",
    ],
)
def test_a_caption_of_no_field_is_kept_with_its_value_and_changes_nothing(row: str):
    after = "主管部门\t区交通委\t实施单位\t区公路署\n"
    reading = read(BASE.replace(after, after + row))
    [item] = reading.forms

    assert (item.form.department, item.form.implementing_unit) == ("区交通委", "区公路署")
    assert item.form.project_name == "农村道路养护"
    cells = row.strip().split("\t")
    assert item.extra == dict(zip(cells[::2], cells[1::2], strict=True))


@pytest.mark.parametrize("row", ["从未见过的标题\t张三\n", "其中：本级\t1,000.00\n"])
def test_an_unknown_caption_and_its_value_are_reported_and_change_nothing(row: str):
    after = "主管部门\t区交通委\t实施单位\t区公路署\n"
    reading = read(BASE.replace(after, after + row))
    [item] = reading.forms

    assert (item.form.department, item.form.implementing_unit) == ("区交通委", "区公路署")
    for text in row.strip().split("\t"):
        assert text in problems(reading)


@pytest.mark.parametrize(
    "unit", ["单位：万元", "（单位：万元）", "金额单位：万元", "单位（万元）"]
)
@pytest.mark.parametrize("place", ["before the title", "beside the title", "below the year"])
def test_the_unit_of_money_is_found_wherever_it_stands(unit: str, place: str):
    text = BASE.replace("项目资金 (元)", "项目资金").replace("150,000", "15.00")
    title = "财政项目支出绩效目标申报表\n"
    text = {
        "before the title": f"{unit}\n{text}",
        "beside the title": text.replace(title, f"{title.strip()}\t\t{unit}\n"),
        "below the year": text.replace("(2023年度)\n", f"(2023年度)\n{unit}\n"),
    }[place]

    [item] = read(text).forms

    assert str(item.form.funds.total) == "150000.00"
    assert item.doubts == ()


def test_two_units_of_money_put_every_amount_in_doubt():
    reading = read(BASE.replace("(2023年度)\n", "(2023年度)\n单位：万元\n"))

    assert {"funds.total", "funds.annual_fiscal"} <= doubts(reading)


def test_the_year_may_stand_in_the_title():
    text = BASE.replace("申报表\n(2023年度)\n", "申报表（2023年度）\n")

    [item] = read(text).forms

    assert (item.form.year, item.doubts) == (2023, ())


def test_what_stands_before_the_first_form_is_reported():
    assert "附件3" in problems(read("附件3\n本部门共1个项目\n" + BASE))


def test_a_long_text_before_the_first_form_is_told_in_one_sentence():
    text = "".join(f"第{number}条 部门预算情况说明\n" for number in range(50))
    reading = read(text + BASE)

    assert [item.form.project_name for item in reading.forms] == ["农村道路养护"]
    assert len(reading.problems) == 1
    assert "第一份表之前有 50 行文字" in problems(reading)


@pytest.mark.parametrize(
    ("heading", "row", "read_as"),
    [
        ("\t权重", "\t10", {"weight": 10}),
        ("\t备注", "\t按合同验收", {"备注": "按合同验收"}),
        ("\t计量单位", "\t公里", {}),
        ("\t没见过的栏", "\t甲", {"没见过的栏": "甲"}),
    ],
)
def test_a_further_column_is_kept_and_spoils_neither_name_nor_target(
    heading: str, row: str, read_as: dict[str, object]
):
    table = (
        HEADING.rstrip("\n")
        + heading
        + "\n"
        + ROWS[0].rstrip("\n")
        + row
        + "\n"
        + "".join(ROWS[1:])
    )
    [item] = read(HEAD + GOALS + table).forms
    first = item.form.indicators[0]

    assert (first.level3, first.target.text) == ("养护里程", "=35公里")
    assert first.weight == read_as.pop("weight", None)
    assert dict(item.extra) == {f"indicators[0].{name}": text for name, text in read_as.items()}
    assert len(item.form.indicators) == len(ROWS)


def test_two_indicators_in_one_row_are_doubted():
    reading = read(BASE.replace("养护里程\t=35公里", "养护里程\t=35公里\t桥梁数\t=2座"))

    assert "indicators[0].level3" in doubts(reading) or "桥梁数" in problems(reading)


def test_a_blank_target_does_not_swallow_the_next_indicator():
    table = TABLE.replace("验收合格率\t>=95%", "验收合格率\t").replace("完工及时率", "及时率")
    reading = read(HEAD + GOALS + table)
    rows = reading.forms[0].form.indicators

    assert [row.level3 for row in rows][1:3] == ["验收合格率", "及时率"]
    assert "indicators[1].target_raw" in doubts(reading)


@pytest.mark.parametrize(
    "footer",
    [
        "填报人：张三\t\t\t联系电话：\t57711234\n",
        "财政部门审核意见\t同意\t\t\t\n",
        "注：1.本表一式三份。\t\t\t\t\n",
        "以上目标由区公路署解释\n",
    ],
)
def test_what_stands_below_the_table_is_no_indicator(footer: str):
    reading = read(BASE + footer)

    assert len(reading.forms[0].form.indicators) == 5
    assert footer.split("\t")[0].strip() in problems(reading)


def test_a_page_number_in_a_cell_is_no_indicator():
    assert (
        len(read(BASE.replace(ROWS[2], "\t\t\t3\t\n" + ROWS[2])).forms[0].form.indicators) == 5
    )


@pytest.mark.parametrize(
    ("more", "overall", "annual"),
    [
        ("\t\t\t2.巡查。\t\n", "养护道路，", "修补道路；2.巡查。"),
        ("\t保障通行。\t\t\t\n", "养护道路，保障通行。", "修补道路；"),
        ("\t\t\t二、\t\n\t\t\t三、\t\n", "养护道路，", "修补道路；二、三、"),
    ],
)
def test_a_goal_goes_on_in_its_own_column(more: str, overall: str, annual: str):
    goals = GOALS.replace("养护道路。", "养护道路，").replace("修补道路。", "修补道路；") + more

    [item] = read(HEAD + goals + TABLE).forms

    assert (item.form.overall_goal, item.form.annual_goal) == (overall, annual)


def test_two_loose_paragraphs_are_doubted_when_a_goal_had_ended():
    goals = GOALS.replace("养护道路。", "一、养护道路")

    reading = read(HEAD + goals + "\n，保障通行；\n\n二、巡查桥梁。\n" + TABLE)

    assert {"overall_goal", "annual_goal"} <= doubts(reading)


def test_a_gap_inside_a_paragraph_does_not_part_it():
    goals = GOALS.replace("养护道路。", "养护道路")

    [item] = read(HEAD + goals + "\n，保障通行。　　二、保障安全。\n" + TABLE).forms

    assert item.form.annual_goal == "修补道路。"


def test_a_page_number_inside_a_goal_is_skipped():
    [item] = read(HEAD + GOALS.replace("养护道路。", "养护") + "\n3\n\n道路。\n" + TABLE).forms

    assert item.form.overall_goal == "养护道路。"


def test_a_row_without_a_name_is_doubted_and_keeps_its_target():
    reading = read(BASE.replace("\t\t质量指标\t验收合格率\t>=95%", "\n\t\t质量指标\t\t>=95%\t"))
    row = reading.forms[0].form.indicators[1]

    assert (row.level3, row.target.text) == (None, ">=95%")
    assert "indicators[1].level3" in doubts(reading)


@pytest.mark.parametrize("cell", ["养护里程=35公里\t", "养护里程 =35公里\t"])
def test_name_and_target_in_one_cell_are_doubted(cell: str):
    assert "indicators[0].target_raw" in doubts(read(BASE.replace("养护里程\t=35公里", cell)))


def test_a_name_that_contains_the_title_is_a_name():
    reading = read(BASE.replace("养护里程", "项目支出绩效目标申报表报送及时率"))

    assert len(reading.forms) == 1
    assert len(reading.forms[0].form.indicators) == 5


def test_labels_with_points_or_numbers_are_labels():
    [item] = read(
        BASE.replace("产出指标", "产出指标（50分）").replace("质量指标", "2.质量指标")
    ).forms

    assert item.form.indicators[0].level1 == "产出指标"
    assert item.form.indicators[1].level2 == "质量指标"
    assert item.doubts == ()


def test_a_single_nul_is_reported_and_the_rest_is_read():
    reading = read(BASE.replace("农村", "农\x00村"))

    assert len(reading.forms) == 1
    assert "无法解码" in problems(reading)


def test_a_form_older_than_every_taxonomy_is_read_and_doubted():
    reading = read(BASE.replace("2023", "2014"))

    assert reading.forms[0].form.year == 2014
    assert "year" in doubts(reading)


def test_blank_identifying_fields_are_asked_about():
    reading = read(BASE.replace("实施单位\t区公路署", "实施单位\t"))

    assert "implementing_unit" in doubts(reading)


@pytest.mark.parametrize("target", ["约35公里", "≥30以下", "60余人"])
def test_a_bound_that_is_none_is_doubted_in_the_reading(target: str):
    assert "indicators[0].target_raw" in doubts(read(BASE.replace("=35公里", target)))


def test_how_a_target_was_read_is_told_in_the_reading():
    [item] = read(BASE.replace("=35公里", "35公里以上")).forms

    assert ("indicators[0].target_raw", "“以上”按“>=”理解") in [
        (repair.field, str(repair.what)) for repair in item.repairs
    ]


@pytest.mark.parametrize(
    "unit", ["区公路署 金额单位:万元", "9,034", "区公路署 项目名称 农村道路养护"]
)
def test_a_unit_that_holds_what_no_unit_has_is_doubted(unit: str):
    reading = read(BASE.replace("区公路署", unit))

    assert "implementing_unit" in doubts(reading)


def test_a_hint_in_a_cell_of_its_own_is_no_unit():
    reading = read(BASE.replace("实施单位\t", "实施单位\t（盖章）\t"))

    assert reading.forms[0].form.implementing_unit == "区公路署"


def test_the_day_on_which_a_form_was_filled_in_is_not_its_year():
    filled = BASE.replace(
        "(2023年度)\n", "(2023年度)\n填报单位：区公路署 填报日期：2022年10月28日\n"
    )

    assert read(filled).forms[0].form.year == 2023
