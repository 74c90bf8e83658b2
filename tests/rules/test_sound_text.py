"""Sound text that a careless rule would report: none of these is at fault."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.core.declaration import Declaration, Funds
from kaoji.core.finding import Outcome as Verdict
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.provenance import Doubt
from kaoji.core.speech import say
from kaoji.core.target import Target
from kaoji.documents.checking import expected_scores
from kaoji.rules.catalogue import rule_named
from kaoji.rules.context import Context, Past
from kaoji.rules.corrections import mend
from kaoji.rules.engine import check
from kaoji.rules.essay import Example

HEAD = "项目: 甲\n年度: 2023\n开始: 2023-01-01\n完成: 2023-11-30\n资金总额: 316,149,500 元\n"


def found(rule: str, lines: str) -> bool:
    form, context = Example("pass", f"{HEAD}{lines}").read()
    report = check(form, context=context, rules=[rule_named(rule)])
    return any(item.outcome is Verdict.FOUND for item in report.findings)


@pytest.mark.parametrize(
    "row",
    [
        "产品不合格率: ≤ 2 %",
        "居民不满意率: ≤ 5 %",
        "维修及时响应时间: ≤ 2 小时",
        "违法建筑拆除面积: ≥ 1000 平方米",
        "事故应急演练次数: ≥ 2 次",
        "投诉回访数量: ≥ 100 件",
        "预算支出进度: ≥ 90 %",
    ],
)
def test_no_sign_is_turned_round_without_need(row: str):
    assert not found("KJ314", f"产出指标 / 质量指标 / {row}\n")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("县道养护里程", "乡道养护里程"),
        ("男性参训人数", "女性参训人数"),
        ("小学入学率", "中学入学率"),
        ("上半年检查次数", "下半年检查次数"),
    ],
)
def test_opposed_names_are_two_measures(left: str, right: str):
    rows = "".join(f"产出指标 / 数量指标 / {name}: ≥ 5 个\n" for name in (left, right))

    assert not found("KJ403", rows)


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("KJ316", "效益指标 / 经济效益指标 / 游客增长率: ≥ 5 %"),
        ("KJ405", "产出指标 / 质量指标 / 维护人员满意度: ≥ 90 %"),
        ("KJ405", "产出指标 / 质量指标 / 规范性: ≥ 90 %"),
        ("KJ212", "产出指标 / 时效指标 / 完工: 当年10月底前"),
        ("KJ212", "产出指标 / 时效指标 / 完工: 2023年十月底前"),
        ("KJ214", "年度目标: 项目资金约3.16亿元，养护道路。"),
        ("KJ214", "年度目标: 安排资金20万元用于桥梁检测。"),
        ("KJ214", "年度目标: 总投资12,00万元。"),
        ("KJ409", "产出指标 / 质量指标 / 合格率: ≥ 90 %\n产出指标 / 质量指标 / 其中：县道: ≥ 95 %"),
        ("KJ210", "年度资金: 10 万元\n产出指标 / 成本指标 / 项目总成本: ≤ 10 万元\n产出指标 / 成本指标 / 其中：人工成本: ≤ 6 万元"),
        ("KJ802", "截至: 7月\n产出指标 / 数量指标 / 里程: ≥ 35 公里 → 20 公里 | 预计: 36 公里"),
    ],
)  # fmt: skip
def test_sound_text_is_not_reported(rule: str, lines: str):
    assert not found(rule, f"{lines}\n")


@pytest.mark.parametrize(
    "row",
    [
        "满意度指标 / 服务对象满意度指标 / 有效投诉: = 0 次",
        "产出指标 / 质量指标 / 产品不合格率: = 2 %",
        "产出指标 / 质量指标 / 道路覆盖率: = 85 %（含乡道）",
        "年度目标: 救助救助对象 100 人，培训培训师 10 名。",
    ],
)
def test_no_meaning_is_changed_by_a_safe_correction(row: str):
    form, _ = Example("pass", f"{HEAD}{row}\n").read()

    assert mend(form, check)[0] == form


def test_a_doubt_about_an_outcome_is_no_trouble():
    form, context = Example(
        "pass", f"{HEAD}产出指标 / 数量指标 / 里程: ≥ 3 公里 → 4 公里\n"
    ).read()

    check(form, context=context, doubts=[Doubt("total_score", say("未能读出"))])


_TEXTS = st.none() | st.sampled_from(
    ["", " ", "及时", "≥ 90 %", "= 0 次", "≤ -5 %", "10-20个", "1600人、200人", "约5.5万人次", "12月底到位",
     "2023年13月", "其中：甲", "提升居民满意度", "总投资12,00万元", "9" * 30 + "元", "无", "①②", "a\u0000b"]
)  # fmt: skip
_NUMBERS = st.none() | st.decimals(-5, 200, places=2)
_MONEY = st.none() | st.builds(Money, st.decimals(0, 10**12, places=2))
_ROWS = st.lists(
    st.builds(
        Indicator,
        level1=_TEXTS | st.sampled_from(["产出指标", "效益指标", "满意度指标"]),
        level2=_TEXTS
        | st.sampled_from(["数量指标", "时效指标", "成本指标", "服务对象满意度指标"]),
        level3=_TEXTS,
        target=_TEXTS.map(Target.parse),
        weight=_NUMBERS,
    ),
    max_size=5,
).map(tuple)
_FORMS = st.builds(
    Declaration,
    project_name=_TEXTS, year=st.none() | st.integers(1994, 2100), project_category=_TEXTS,
    start_date=st.none() | st.dates(), end_date=st.none() | st.dates(),
    funds=st.builds(Funds, *[_MONEY] * 7), overall_goal=_TEXTS, annual_goal=_TEXTS, indicators=_ROWS,
)  # fmt: skip
_SAID = st.builds(
    IndicatorOutcome, _TEXTS, _TEXTS, _NUMBERS, _NUMBERS, _TEXTS, st.none() | st.just("有可能")
)
_OUTCOMES = st.builds(
    Outcome,
    kind=st.sampled_from(["self_evaluation", "monitoring"]),
    budget=st.fixed_dictionaries({"total": st.builds(BudgetLine, *[_MONEY] * 4, _NUMBERS, _NUMBERS, _NUMBERS)}),
    indicators=st.lists(_SAID, max_size=5).map(tuple),
    total_score=_NUMBERS,
    as_of=st.none() | st.just("7月"),
)  # fmt: skip


@settings(max_examples=60)
@given(form=_FORMS, other=_FORMS, outcome=st.none() | _OUTCOMES)
def test_no_form_stops_a_rule(form: Declaration, other: Declaration, outcome: Outcome | None):
    scores = expected_scores(form, outcome) if outcome else None

    report = check(
        form,
        context=Context(
            siblings=(other,), previous=Past(other, outcome), approved=other, outcome=outcome,
            scores=scores, norms={}, department_budget=Money(Decimal(5)),
        ),
    )  # fmt: skip

    assert all(str(item.message) for item in report.findings)
