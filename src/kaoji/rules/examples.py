"""How the target of this indicator might be written: what a reviewer would propose, by its name and class."""

from __future__ import annotations

from kaoji.core.indicator import Indicator
from kaoji.core.speech import Sentence, say
from kaoji.standards.lexicons import first_in, words

_RATES = ("率", "满意度", "比例", "占比", "知晓度")
_YEARS = ("年限", "寿命", "使用期", "保修")
_MONEY = ("成本", "单价", "费用", "金额", "标准", "支出", "收入", "产值")


def example_for(row: Indicator, year: int | None) -> Sentence:
    """An example in the shape that fits; only the unit knows the number."""
    name, classes = row.level3 or "", f"{row.level1}{row.level2}"
    if name.endswith(_RATES) or "满意" in name:
        return say("建议调整为可衡量的指标值，例如 ≥ 95 %")
    if first_in(name, _YEARS):
        return say("建议调整为年数，例如 ≥ 10 年")
    if "时效" in classes or first_in(name, ("时间", "时限", "日期")):
        day = f"{year}年11月30日前" if year else "11月30日前"
        return say("建议调整为完成时限，例如 {day}，或 ≤ 5 个工作日", day=day)
    if "成本" in classes or first_in(name, _MONEY):
        return say("建议调整为金额或标准，例如 ≤ ×× 万元")
    if "数量" in classes or name.endswith(words("names", "count_endings")):
        return say("建议调整为数量和单位，例如 ≥ ×× 个（次、人）")
    return say("建议调整为可衡量的指标值；确难量化的，分级分档表述并说明评判标准")
