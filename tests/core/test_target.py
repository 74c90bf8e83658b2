"""Targets: what people write, and what it says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoji.core.target import Kind, Op, Target

AMOUNTS = [
    # text, operator, value, high, unit
    ("=5个", "=", "5", None, "个"),
    ("> =90%", ">=", "90", None, "%"),
    ("≥90%", ">=", "90", None, "%"),
    (">=80万小时", ">=", "80", None, "万小时"),
    ("=100.00(%)", "=", "100.00", None, "%"),
    ("≥90.00(%)", ">=", "90.00", None, "%"),
    ("不低于60人", ">=", "60", None, "人"),
    ("不超过3天", "<=", "3", None, "天"),
    ("90%以上", ">=", "90", None, "%"),
    ("3天以内", "<=", "3", None, "天"),
    ("3个工作日内", "<=", "3", None, "个工作日"),
    ("2-3个", "range", "2", "3", "个"),
    ("2～3个", "range", "2", "3", "个"),
    ("80%-90%", "range", "80", "90", "%"),
    ("5至10天", "range", "5", "10", "天"),
    ("[80,90]", "range", "80", "90", None),
    ("≥80%且≤90%", "range", "80", "90", "%"),
    ("1,000人次", None, "1000", None, "人次"),
    (">=1000人次", ">=", "1000", None, "人次"),
    ("=24小时", "=", "24", None, "小时"),
    ("每72小时", None, "72", None, "小时"),
    ("＞＝９０％", ">=", "90", None, "%"),
    ("＝５个", "=", "5", None, "个"),
    ("三次", None, "3", None, "次"),
    ("不少于十二家", ">=", "12", None, "家"),
    ("百分之九十五", None, "95", None, "%"),
    ("两万小时", None, "2", None, "万小时"),
    ("0", None, "0", None, None),
    ("=0", "=", "0", None, None),
    ("=-5%", "=", "-5", None, "%"),
    ("≥－3℃", ">=", "-3", None, "℃"),
    ("985米", None, "985", None, "米"),
    ("≤500元/人·月", "<=", "500", None, "元/人·月"),
    (">3次", ">", "3", None, "次"),
    ("＜1%", "<", "1", None, "%"),
    ("百分之九十五以上", ">=", "95", None, "%"),
    ("百分之百", None, "100", None, "%"),
    ("90%（含）以上", ">=", "90", None, "%"),
    ("90%（及以上）", ">=", "90", None, "%"),
    ("20以上", ">=", "20", None, None),
    ("达90%以上", ">=", "90", None, "%"),
    ("=1200.00", "=", "1200.00", None, None),
    ("≤1500.00(万元)", "<=", "1500.00", None, "万元"),
    ("=5.00(个)", "=", "5.00", None, "个"),
    ("3-5个工作日内", "range", "3", "5", "个工作日"),
    ("≤90%且≥80%", "range", "80", "90", "%"),
    ("30分钟内到达", "<=", "30", None, "分钟"),
    ("每季度一次", None, "1", None, "次"),
    ("60余人", None, "60", None, "人"),
    ("﹥90%", ">", "90", None, "%"),
    ("≥90%。", ">=", "90", None, "%"),
    ("=12月", "=", "12", None, "月"),
    ("10日内", "<=", "10", None, "日"),
    ("30日内", "<=", "30", None, "日"),
    ("全年不少于12次", ">=", "12", None, "次"),
    ("每周≥2次", ">=", "2", None, "次"),
    ("每人每月1510元", None, "1510", None, "元"),
    ("一年四次", None, "4", None, "次"),
    ("年均3次", None, "3", None, "次"),
    ("±5%", "range", "-5", "5", "%"),
    ("±0.5℃以内", "range", "-0.5", "0.5", "℃"),
    ("不得低于95%", ">=", "95", None, "%"),
    ("不得超过3天", "<=", "3", None, "天"),
    ("应达到90%", ">=", "90", None, "%"),
    ("200余人", None, "200", None, "人"),
]

WORDS = [
    ("及时", Kind.QUALITATIVE),
    ("提升", Kind.QUALITATIVE),
    ("全面覆盖", Kind.QUALITATIVE),
    ("不超预算", Kind.QUALITATIVE),
    ("融合度好", Kind.QUALITATIVE),
    ("一流", Kind.QUALITATIVE),
    ("一次性", Kind.QUALITATIVE),
    ("计划完成数量", Kind.PLACEHOLDER),
    ("/", Kind.PLACEHOLDER),
    ("无", Kind.PLACEHOLDER),
    ("待定", Kind.PLACEHOLDER),
    ("XX", Kind.PLACEHOLDER),
    ("——", Kind.PLACEHOLDER),
    ("提升登记管理部门服务质量", Kind.SENTENCE),
    ("开展5次培训", Kind.SENTENCE),
    ("2023年6月底前", Kind.DEADLINE),
    ("6月30日前完成", Kind.DEADLINE),
    ("2023-06-30前", Kind.DEADLINE),
    ("2023年底前", Kind.DEADLINE),
    ("完成时间为2022年12月30日", Kind.DEADLINE),
    ("每月15日前", Kind.DEADLINE),
    ("十二月底前", Kind.DEADLINE),
    ("第三季度末", Kind.DEADLINE),
    ("2023-99-99", Kind.SENTENCE),
    ("2023-2025年", Kind.SENTENCE),
    ("1-12月", Kind.SENTENCE),
    ("20231231", Kind.SENTENCE),
    ("10 20%", Kind.SENTENCE),
    ("80，900", Kind.SENTENCE),
    ("≥3次，≤5万元", Kind.SENTENCE),
    ("两到三个", Kind.SENTENCE),
    ("满意度≥90%", Kind.SENTENCE),
    ("XX%", Kind.PLACEHOLDER),
    ("≥XX个", Kind.PLACEHOLDER),
    ("=", Kind.PLACEHOLDER),
    ("一体化", Kind.QUALITATIVE),
    ("每月25日前", Kind.DEADLINE),
    ("次月15日前", Kind.DEADLINE),
    ("不晚于12月20日", Kind.DEADLINE),
    ("9月开学前", Kind.DEADLINE),
    ("每季度首月15日前", Kind.DEADLINE),
    ("≤11月底", Kind.DEADLINE),
    ("一级", Kind.QUALITATIVE),
    ("3级", Kind.QUALITATIVE),
    ("5月", Kind.QUALITATIVE),
    ("12月份", Kind.QUALITATIVE),
    ("5G", Kind.QUALITATIVE),
    ("3A", Kind.QUALITATIVE),
    ("5A级", Kind.QUALITATIVE),
    ("6S管理", Kind.QUALITATIVE),
    ("5星", Kind.QUALITATIVE),
    ("2023年全年", Kind.QUALITATIVE),
    ("2023.07-2024.01", Kind.SENTENCE),
    ("2020.1.1-2020.12.31", Kind.SENTENCE),
    ("2020年1月--2020年11月", Kind.SENTENCE),
    ("优（优/良/中/差四档）", Kind.QUALITATIVE),
    ("", Kind.BLANK),
    ("  ", Kind.BLANK),
    (None, Kind.BLANK),
]


@pytest.mark.parametrize(("text", "op", "value", "high", "unit"), AMOUNTS)
def test_an_amount_is_read_as_it_is_written(text, op, value, high, unit):
    target = Target.parse(text)

    assert target.kind is Kind.QUANTITATIVE
    assert target.op == (Op(op) if op else None)
    assert str(target.value) == value
    assert target.value_high == (Decimal(high) if high else None)
    assert target.unit == unit
    assert target.measurable


@pytest.mark.parametrize(("text", "kind"), WORDS)
def test_words_are_told_apart(text, kind):
    target = Target.parse(text)

    assert target.kind is kind
    assert target.value is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("> =90%", "“> =”按“>=”理解"),
        ("90%以上", "“以上”按“>=”理解"),
        ("约90%", "“约90%”是约数，没有明确界限"),
        ("每72小时", "“每72小时”按周期理解"),
        ("大于90%以下", "“大于90%以下”含有互相矛盾的比较符"),
        ("[80,90)", "“[80,90)”为开区间，不含端点"),
        ("100%完成", "“完成”未作为指标值读取"),
        ("5次培训", "“次培训”不是常见的计量单位"),
        ("开展5次培训", "“开展5次培训”含数字但不是指标值"),
        ("3-2个", "“3-2个”的下限大于上限"),
    ],
)
def test_nothing_is_guessed_in_silence(text, note):
    assert note in map(str, Target.parse(text).notes)


def test_an_approximate_or_contradictory_bound_has_no_operator():
    assert Target.parse("约90%").op is None
    assert Target.parse("大于90%以下").op is None


@given(st.text())
def test_any_text_is_a_target_of_some_kind(text):
    target = Target.parse(text)

    assert target.text == text.strip()
    assert (target.value is None) == (target.kind is not Kind.QUANTITATIVE)


@given(
    op=st.sampled_from([">=", "<=", "=", ">", "<", "≥", "≤", "> ="]),
    value=st.decimals(min_value=0, max_value=10**9, places=2),
    unit=st.sampled_from(["%", "个", "人次", "万小时", "元", "天"]),
    gap=st.sampled_from(["", " "]),
)
def test_operator_number_and_unit_are_found_in_any_spacing(op, value, unit, gap):
    target = Target.parse(f"{op}{gap}{value}{gap}{unit}")

    assert (target.value, target.unit) == (value, unit)
    assert target.op == {"≥": ">=", "≤": "<=", "> =": ">="}.get(op, op)


@pytest.mark.parametrize(
    ("text", "op", "value", "high", "unit"),
    [
        ("受理后10个工作日内", Op.AT_MOST, "10", None, "个工作日"),
        ("公示期满后10个工作日内拨付", Op.AT_MOST, "10", None, "个工作日"),
        ("赛后5日内", Op.AT_MOST, "5", None, "日"),
        ("5200人±3%", Op.RANGE, "5044", "5356", "人"),
        ("95%±2%", Op.RANGE, "93", "97", "%"),
        ("═100%", Op.EQUAL, "100", None, "%"),
        ("400元/人、天", None, "400", None, "元/人、天"),
    ],
)
def test_what_units_write_for_spans_tolerances_and_prices(text, op, value, high, unit):
    target = Target.parse(text)

    assert (target.op, str(target.value), target.unit) == (op, value, unit)
    assert (str(target.value_high) if target.value_high else None) == high


@pytest.mark.parametrize(
    "text",
    [
        "优（优/良/中/差四档）",
        "良及以上（优/良/中/差四档）",
        "不低于Ⅲ类",
        "健全（分三档：健全、较健全、一般）",
    ],
)
def test_a_grade_out_of_a_scale_can_be_judged(text: str):
    assert Target.parse(text).graded


@pytest.mark.parametrize("text", ["优良", "较好", "合格", "显著提升"])
def test_a_word_without_its_scale_is_no_grade(text: str):
    assert not Target.parse(text).graded


@pytest.mark.parametrize("text", ["2023.07-2024.01", "2021年1月-12月", "2020年1月--2020年11月"])
def test_a_span_of_time_is_told_as_one(text: str):
    assert Target.parse(text).is_period


@pytest.mark.parametrize(
    ("text", "op", "value", "unit"),
    [
        ("7×24小时", None, 24, "小时"),
        ("较上年增长5%以上", Op.AT_LEAST, 5, "%"),
        ("37个基层医疗机构", None, 37, "个"),
        ("500名学生", None, 500, "名"),
        ("5个百分点", None, 5, "个百分点"),
        ("人均≥120学时", Op.AT_LEAST, 120, "学时"),
        ("2.4/10万", None, Decimal("2.4"), "每十万"),
        ("1200m2", None, 1200, "m²"),
        ("95(百分制)", None, 95, "分"),
        ("险情接报后2小时到达", Op.AT_MOST, 2, "小时"),
    ],
)
def test_what_other_fields_write_is_a_number_with_its_unit(text, op, value, unit):
    target = Target.parse(text)

    assert (target.op, target.value, target.unit) == (op, value, unit)


@pytest.mark.parametrize("text", ["公里", "万亩", "≧ %", "≥次"])
def test_a_unit_without_its_number_was_never_filled_in(text: str):
    assert Target.parse(text).kind is Kind.PLACEHOLDER


@pytest.mark.parametrize(
    "text", ["GB16889-2024", "DN300", "C30", "1:1.5", "达到Ⅲ类", "一级A标准"]
)
def test_a_technical_standard_is_judged_by_whether_it_is_met(text: str):
    target = Target.parse(text)

    assert target.kind is Kind.QUALITATIVE
    assert target.graded


def test_a_clause_behind_a_number_is_no_unit():
    assert Target.parse("1-6期培训结束后及时考核").kind is Kind.SENTENCE


@pytest.mark.parametrize(
    "text", ["每季度末月25日", "2024.09", "6月30日前拨付到位", "12月底前全部完成"]
)
def test_a_day_with_what_is_done_by_it_is_a_deadline(text: str):
    assert Target.parse(text).kind is Kind.DEADLINE
