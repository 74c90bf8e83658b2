"""A due amount is not that of the band of the age in its month.

## Why

The rule reckons by facts; this looks once more at the birthday alone, so that a wrong fact or a wrong
band shows.

## 为什么

规则按事实计算；这里只凭出生日期再看一遍，事实或档次有误就会露出来。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.fen import written_fen
from kaoji.benefits.months import month_of
from kaoji.benefits.run import ItemKind
from kaoji.core.speech import say


@check("C09", "档次与年龄不符", effect=Effect.WARN, basis="各项目按年龄分档的规定")
def band_differs_from_age(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare what each month comes to, by a law with bands, with the band of the age."""
    for item in beside.positive:
        law = beside.law.at(item.month, known_at=beside.run.as_known_at)
        if law.bands is None or item.kind is not ItemKind.DUE:
            continue
        age = (item.month - month_of(beside.persons[item.beneficiary].birth)) // 12
        band = law.band(age)
        whole = item.fen + beside.granted_before.get((item.beneficiary, item.month), 0)
        if band is None or band[1] != whole:
            yield Hit(
                say(
                    "{age} 周岁，应为 {amount} 元",
                    age=age,
                    amount=written_fen(band[1] if band else 0),
                ),
                item.beneficiary,
                item.month,
            )
