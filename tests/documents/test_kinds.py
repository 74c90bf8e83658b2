"""One small invented form for each kind of damage that real documents show: right, or doubted where it must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaoji.core.money import Money
from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

FOLDER = Path(__file__).parent / "files" / "kinds"

# Typed from the texts: class, name, target.
TRIPS = ("数量指标", "借阅车开行次数", "≥120次")
READERS = ("服务对象满意度指标", "读者满意度", "≥90%")
SOUND = ("质量指标", "借阅车完好率", "≥95%")
FOREST = [
    ("数量指标", "补植面积", "≥500亩"),
    ("服务对象满意度指标", "林区群众满意度", "≥90%"),
]
ROWS = {
    "01": [("数量指标", "清淤河道长度", "≥8公里"), ("服务对象满意度指标", "沿河居民满意度", "≥90%")],
    "02": [TRIPS, READERS],
    "03": [TRIPS],
    "04": [TRIPS, SOUND, READERS],
    "05": [TRIPS, SOUND, READERS],
    "06": [TRIPS, ("时效指标", "检修完成天数", "≤15天"), READERS],
    "07": [
        ("数量指标", "借阅车开行次数", "120次"),
        ("质量指标", "借阅车完好率", "95%"),
        ("质量指标", "借阅车安全行驶率", "100%"),
    ],
    "08": [TRIPS, READERS],
    "09": [("经济成本指标", "全年运行费用", "≤30万元"), TRIPS, READERS],
    "10": [TRIPS, ("成本指标", "全年运行费用", "≤30万元"), READERS],
    "11": FOREST,
    "14": [
        ("数量指标", "补植面积(亩)", "500"),
        ("质量指标", "苗木成活率(≥**%)", "85"),
        ("生态效益指标", "水源涵养能力", "提高"),
        FOREST[1],
    ],
    "16": [TRIPS, READERS],
    "17": [("数量指标", "借阅车开行次数", "120次"), READERS],
    "18": [TRIPS, READERS],
    "19": [("数量指标", "修缮校舍数", "2处"), ("服务对象满意度指标", "师生满意度", "≥90%")],
    "20": [("数量指标", "修缮校舍数", "2"), ("质量指标", "验收合格率", "100%")],
    "21": [("数量指标", "借阅车开行次数", "120次"), READERS],
    "22": [("数量指标", "编制方案", "2套")],
    "23": [("数量指标", "道路建设长度", "985米"), ("质量指标", "验收达标率", "=100.00(%)")],
    "25": [("数量指标", "借阅车开行次数", "120次"), READERS],
    "26": [("数量指标", "借阅车开行次数", "120次"), READERS],
    "27": FOREST,
    "28": [
        ("数量指标", "培训护理员", "1200名"),
        ("质量指标", "结业考核通过率", "100%"),
        ("服务对象满意度指标", "学员满意度", "≥95%"),
    ],
    "30": [("数量指标", "林区巡护人数", "=60人"), ("数量指标", "森林防火面积", "=320万亩")],
    "31": [TRIPS, READERS],
    "32": [
        ("数量指标", "借阅车开行次数", "≧120次"),
        ("质量指标", "借阅车完好率", "≧95%"),
        ("经济效益指标", "降低借阅成本", "有效"),
        ("社会效益指标", "读者知晓率", "═100%"),
    ],
}  # fmt: skip
# The year's money in yuan, where the text prints it.
MONEY = {"01": 1_200_000, "04": 300_000, "02": 300_000, "03": 300_000, "05": 300_000, "06": 300_000, "11": 600_000, "14": 600_000, "16": 300_000, "18": 300_000, "20": 300_000, "27": 600_000, "31": 300_000}  # fmt: skip
UNITS = {"02": "云溪区图书馆", "05": "云溪区图书馆", "06": "云溪区图书馆", "12": "云溪区青石镇人民政府", "16": "云溪区图书馆", "23": "云溪区市政工程中心"}  # fmt: skip


def read(kind: str) -> FormReading:
    [path] = FOLDER.glob(f"{kind}_*")
    [item] = read_document(path.read_bytes(), name=path.name).forms
    return item


@pytest.mark.parametrize("kind", ROWS)
def test_every_indicator_is_read_under_its_class(kind: str):
    rows = read(kind).form.indicators

    assert [(row.level2, row.level3, row.target.text) for row in rows] == ROWS[kind]


@pytest.mark.parametrize("kind", MONEY)
def test_the_years_money_is_found_however_it_is_written(kind: str):
    assert read(kind).form.funds.annual_total == Money.parse(str(MONEY[kind]))


@pytest.mark.parametrize("kind", UNITS)
def test_the_unit_is_not_mixed_up_with_its_neighbours(kind: str):
    assert read(kind).form.implementing_unit == UNITS[kind]


def test_a_budget_line_that_lost_a_blank_is_doubted():
    assert any(doubt.field.startswith("budget.total") for doubt in read("25").doubts)


def test_cells_printed_around_their_row_leave_the_name_in_doubt():
    assert "project_name" in {doubt.field for doubt in read("23").doubts}


def test_columns_for_places_whose_values_differ_leave_the_target_in_doubt():
    item = read("24")

    assert item.form.indicators[0].target.text == "1"
    assert "indicators[1].target_raw" in {doubt.field for doubt in item.doubts}


def test_a_word_of_likelihood_is_no_target():
    item = read("13")

    assert item.form.indicators[0].target.text == ""
    assert item.outcome is not None
    assert item.outcome.indicators[0].likelihood == "确定能"


def test_a_label_in_the_middle_of_its_rows_holds_for_all_of_them():
    rows = read("29").form.indicators

    assert {row.level1 for row in rows} == {"产出指标"}
    assert [row.level2 for row in rows] == ["数量指标"] * 3 + ["质量指标"]


def test_a_row_of_costs_under_merged_outputs_stays_an_output():
    rows = read("15").form.indicators

    assert ("产出指标", "成本指标") in {(row.level1, row.level2) for row in rows}


def test_captions_that_the_form_does_not_print_are_not_missed():
    assert read("27").doubts == ()
