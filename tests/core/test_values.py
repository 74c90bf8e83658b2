"""Money, dates, numerals, polarity: small values with exact meanings."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoji.core.money import Money, UnreadableAmount, total
from kaoji.core.numerals import read_numeral
from kaoji.core.period import UnreadableDate, Years, read_date, read_years
from kaoji.core.polarity import Direction, judge_polarity
from kaoji.core.speech import kept, restored, say
from kaoji.core.target import Target
from kaoji.standards.lexicons import polarity_words

cents = st.decimals(min_value=-(10**13), max_value=10**13, places=2)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("150,000", "元", "150000.00"),
        ("31,614.95", "万元", "316149500.00"),
        ("15 万元", "元", "150000.00"),
        ("1.5亿元", "元", "150000000.00"),
        ("１，０００．５０", "元", "1000.50"),
        ("0", "元", "0.00"),
        ("-20", "元", "-20.00"),
        ("0.000001", "万元", "0.01"),
        ("12.5", "千元", "12500.00"),
        ("12.5 千元", "元", "12500.00"),
        ("3", "百万元", "3000000.00"),
        ("3百万元", "万元", "3000000.00"),
        ("9,999,999,999,999,999.99", "元", "9999999999999999.99"),
    ],
)
def test_amounts_are_exact_in_yuan(text, unit, yuan):
    assert str(Money.parse(text, unit=unit)) == yuan


@pytest.mark.parametrize(
    "text",
    [
        "",
        "十万",
        "1,00",
        "150,000元整",
        "1.2.3",
        "12%",
        "9" * 30,
        "1" + "0" * 16,
        "-1" + "0" * 16,
    ],
)
def test_what_is_no_amount_is_refused_with_the_text(text):
    with pytest.raises(UnreadableAmount, match="不是金额") as refusal:
        Money.parse(text)
    assert text in str(refusal.value)


@given(cents)
def test_a_written_amount_can_be_read_back(yuan):
    money = Money(yuan)

    assert Money.parse(money.written()) == money
    assert Money.parse(str(money)) == money


def test_a_blank_is_not_zero():
    assert total(None, None) is None
    assert total(None, Money(Decimal(5))) == Money(Decimal(5))


@pytest.mark.parametrize(
    "text", ["2023-01-05", "2023/1/5", "2023.1.5", "2023年1月5日", "2023 年 1 月 5 日"]
)
def test_dates_are_read_in_every_usual_form(text):
    assert read_date(text) == date(2023, 1, 5)


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13-01", "明天", "", "2023"])
def test_days_that_do_not_exist_are_refused(text):
    with pytest.raises(UnreadableDate):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("(2023 年 - 2023年)", Years(2023, 2023)),
        ("（2024年－2026年）", Years(2024, 2026)),
        ("2023至2025年", Years(2023, 2025)),
        ("(2023年度)", Years(2023, 2023)),
        ("2023年计划完成", None),
    ],
)
def test_spans_of_years(text, years):
    assert read_years(text) == years


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两万三千", 23000),
        ("三亿", 3 * 10**8),
    ],
)
def test_chinese_numerals(text, value):
    assert read_numeral(text) == value


@pytest.mark.parametrize("text", ["", "百", "万", "一二", "十百", "三千万千", "abc"])
def test_what_is_no_numeral_is_none(text):
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    ("name", "target", "direction"),
    [
        ("老年综合津贴项目投诉率", "=0个", Direction.LOWER),
        ("参加人员出勤率", "<=100%", Direction.HIGHER),
        ("试点机构数量", "=20家", Direction.UNKNOWN),
        ("培训班次", ">=4期", Direction.HIGHER),
        ("办结天数", "≤3天", Direction.LOWER),
    ],
)
def test_polarity_is_judged_by_name_before_operator_and_says_why(name, target, direction):
    polarity = judge_polarity(name, Target.parse(target), **polarity_words())

    assert polarity.direction is direction
    assert polarity.because


def test_a_kept_sentence_comes_back_whole():
    sentence = say("{a} 与 {b}", a=say("“{x}”", x="{甲}"), b=3)

    assert str(restored(kept(sentence))) == str(sentence) == "“{甲}” 与 3"
    assert str(restored("有 {括号} 的话")) == "有 {括号} 的话"


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        ("150,000", "元", "150,000.00"),
        ("1,500,000", "万元", "150.00"),
        ("10,000.50", "万元", "1.00005"),
        ("549,185,954.38", "万元", "54,918.595438"),
        ("0", "万元", "0.00"),
        ("12.5", "元", "12.50"),
    ],
)
def test_an_amount_is_written_in_its_unit_and_loses_no_fen(amount: str, unit: str, text: str):
    assert Money.parse(amount).written(unit) == text


def test_less_than_a_fen_is_kept():
    assert str(Money.parse("0.005")) == "0.005"
