"""Somebody is paid while another benefit that excludes this one pays the same month.

## Why

Which benefits exclude each other is data of the law. The rule already stops what is on record; this
looks at what other programmes really granted.

## 为什么

哪些待遇不得同享，写在法规参数里。规则只看记录在案的事实，这里看别的项目实际发放。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.kinds import kinds
from kaoji.core.speech import say


@check("C04", "不得同时享受的待遇", effect=Effect.HOLD, basis="各项目规定的排除关系")
def exclusive_benefits(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare every paying item with what other programmes granted for its month."""
    for item in beside.positive:
        law = beside.law.at(item.month, known_at=beside.run.as_known_at)
        excluded = law.setting("excludes") if "excludes" in law.settings else ()
        for other in beside.others.get((item.beneficiary, item.month), ()):
            if other in excluded:
                title = kinds()["excluded_by"].written(other)
                yield Hit(
                    say("同月已享受{other}，不得重复享受", other=title),
                    item.beneficiary,
                    item.month,
                )
