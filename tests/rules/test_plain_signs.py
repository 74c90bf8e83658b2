"""A form in other signs is judged as if it were written in those of the mainland."""

from __future__ import annotations

import pytest

from kaoji.core import notation
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.rules.context import Context
from kaoji.rules.engine import check
from kaoji.rules.plain_signs import in_plain_signs, plain


def rules_on(lines: str) -> set[str]:
    return {item.rule.id for item in check(notation.parse(f"项目: 甲\n{lines}")).findings}


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("满意度指标 / 服务对象满意度指标 / 村民滿意度: ≥ 95 %", "满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 95 %"),
        ("产出指标 / 时效指标 / 項(xiàng)目完成及時率: = 100 %", "产出指标 / 时效指标 / 项目完成及时率: = 100 %"),
        ("产出指标 / 数量指标 / 補(bǔ)助經(jīng)費(fèi): = 72890 元", "产出指标 / 数量指标 / 补助经费: = 72890 元"),
        ("效益指标 / 社会效益指标 / 环境: 明顯改善", "效益指标 / 社会效益指标 / 环境: 明显改善"),
    ],
)  # fmt: skip
def test_the_same_words_get_the_same_remarks(traditional: str, simplified: str):
    assert rules_on(traditional) == rules_on(simplified)


def test_what_is_plain_stays_the_very_form():
    form = notation.parse("项目: 甲\n产出指标 / 数量指标 / 管网长度(m): = 35 m")

    assert in_plain_signs(form) is form
    assert plain("管網長(zhǎng)度(m)") == "管网长度(m)"


def test_what_was_approved_is_the_same_in_other_signs():
    form, outcome = parse_with_outcome(
        "项目: 甲\n产出指标 / 数量指标 / 養護里程 (50分): ≥ 35 公里 → 35 公里 (50分)\n总分: 50\n"
    )
    assert outcome is not None

    report = check(form, context=Context(outcome=outcome, approved=form))

    assert not {"KJ807", "KJ808"} & {item.rule.id for item in report.findings}
