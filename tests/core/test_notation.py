"""The notation: what is written can be read back, and what cannot be read is named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.strategies import declarations
from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.declaration_json import as_data, from_data
from kaoji.core.written_form import canonical

ROAD = """\
# 注释
项目: 农村道路养护
年度: 2023
资金总额: 15 万元

产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / "验收 / 合格率" (20分): ≥ 95 %
满意度指标 / "" / 村民满意度:
"""


def test_a_form_reads_as_it_looks():
    form = notation.parse(ROAD)

    assert form.project_name == "农村道路养护"
    assert str(form.funds.total) == "150000.00"
    first, second, third = form.indicators
    assert (first.level1, first.level2, first.level3) == ("产出指标", "数量指标", "养护里程")
    assert first.target.text == "≥ 35 公里"
    assert (second.level3, second.weight) == ("验收 / 合格率", Decimal(20))
    assert (third.level2, third.target.text) == (None, "")


@given(declarations)
def test_what_is_written_can_be_read_back(form):
    assert notation.parse(notation.write(form)) == form


@given(st.lists(declarations, min_size=1, max_size=3))
def test_several_forms_stay_several(forms):
    assert notation.parse_all(notation.write_all(forms)) == forms


def test_what_is_filed_names_its_version_and_is_read_again():
    filed = notation.with_version("项目: 甲\n")

    assert filed == "# 考绩记法 1\n项目: 甲\n"
    assert notation.parse(filed).project_name == "甲"


def test_a_later_version_of_the_notation_is_refused_in_words():
    with pytest.raises(notation.UnreadableNotation, match="本版 kaoji 只认得第 2 版；请升级"):
        notation.parse("# 考绩记法 3\n项目: 甲\n")


@given(declarations)
def test_json_can_be_read_back_and_equal_forms_have_equal_bytes(form):
    assert from_data(as_data(form)) == form
    assert canonical(from_data(as_data(form))) == canonical(form)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("项目: 甲\n年度: 今年", 2, "今年"),
        ("项目: 甲\n项目: 乙", 2, "重复"),
        ("项目: 甲\n\n养护里程 ≥ 35 公里", 3, "养护里程"),
        ("项目: 甲\n资金总额: 很多", 2, "很多"),
        ('项目: 甲\n产出指标 / 数量指标 / "没有配对: 3', 2, "没有配对"),
        ("项目: 甲\n目标期: 明年", 2, "明年"),
    ],
)
def test_an_unreadable_line_is_named(text, line, word):
    with pytest.raises(notation.UnreadableNotation, match=word) as error:
        notation.parse(text)
    assert error.value.line == line


def test_an_indicator_knows_its_row_and_ignores_it_when_compared():
    form = notation.parse(ROAD)

    assert [row.at("level2") for row in form.indicators][1] == "indicators[1].level2"
    assert Declaration(indicators=form.indicators[:1]).indicators[0] == form.indicators[0]
