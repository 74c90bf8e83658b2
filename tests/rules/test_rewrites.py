"""What is proposed instead of a name or target must make sense to who wrote it, or nothing is proposed."""

from __future__ import annotations

import pytest

from kaoji.core import notation
from kaoji.rules.engine import check
from kaoji.rules.rewrites import as_rate, as_unit_cost


def proposed(line: str, rule: str) -> list[str]:
    form = notation.parse(f"项目: 综合业务\n年度: 2024\n{line}")
    found = (item for item in check(form).findings if item.rule.id == rule)
    return [str(item.suggestion) for item in found]


@pytest.mark.parametrize(
    ("class2", "name", "rewritten"),
    [
        ("时效指标", "12月31日前资料整编", "资料整编及时率"),
        ("时效指标", "2024年11月底前设备采购", "设备采购及时率"),
        ("时效指标", "年末前补贴发放", "补贴发放及时率"),
        ("质量指标", "文保单位抢险维修", "文保单位抢险维修合格率"),
        ("时效指标", "12月31日前完成", None),
        ("时效指标", "31日前完成", None),
        ("时效指标", "当期完成", None),
        ("时效指标", "按期维修", None),
        ("时效指标", "及时维修", None),
        ("质量指标", "保障村社区正常运转", None),
        ("质量指标", "人员培训", None),
        ("质量指标", "开展道路维修", None),
    ],
)
def test_only_a_work_with_its_object_is_given_a_rate(
    class2: str, name: str, rewritten: str | None
):
    [row] = notation.parse(f"项目: 甲\n产出指标 / {class2} / {name}: 100%").indicators

    told = as_rate(row)

    assert (str(told) if told else None) == (rewritten and f"建议调整为：{rewritten} 100%")


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("= 35公里", "建议调整为：每公里成本 ≤ ×× 元/公里"),
        ("= 3个", None),
        ("= 3项", None),
        ("= 3次", None),
    ],
)
def test_the_cost_of_each_is_asked_for_where_it_is_told_what(target: str, told: str | None):
    form = notation.parse(f"项目: 甲\n产出指标 / 数量指标 / 养护数量: {target}")

    proposal = as_unit_cost(form)

    assert (str(proposal) if proposal else None) == told


def test_what_follows_a_manner_is_no_name():
    [told] = proposed("产出指标 / 时效指标 / 根据资金到位时间执行项目进度: 100%", "KJ405")

    assert told == "改为可以测的量的名称"


@pytest.mark.parametrize("scale", ["优良中低差", "优、良、中、差", "良好/一般/较差/差"])
def test_a_scale_is_not_answered_with_another(scale: str):
    [told] = proposed(f"效益指标 / 可持续影响指标 / 管理机制健全性: {scale}", "KJ107")

    assert told == "写明要达到其中哪一档，并附评分标准"
