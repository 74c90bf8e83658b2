"""Somebody has a grant and stands on no list of those entitled.

## Why

Lists have holes, and absence from a list ends nothing: it is looked into.

## 为什么

名单也会有遗漏；不在名单不等于停发，须核实。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C16", "不在名单仍享受", effect=Effect.WARN, basis="外部名单")
def grant_without_list(beside: RunUnderCheck) -> Iterator[Hit]:
    """List who is paid and not on the reference list."""
    if beside.listed is None:
        return
    for who in beside.paid:
        if who not in beside.listed:
            yield Hit(say("不在应享名单，请核实"), who)
