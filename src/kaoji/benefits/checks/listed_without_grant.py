"""Somebody stands on the list of those entitled and has no grant.

## Why

Who is entitled by somebody else's word and not paid is the question behind 应补尽补率. A rate reckoned
only from our own list would always be full.

## 为什么

别人的名单说应享，而我们没有发，这正是应补尽补率要问的；只按自己的名单算，永远是满分。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C15", "应补未补", effect=Effect.WARN, basis="外部名单")
def listed_without_grant(beside: RunUnderCheck) -> Iterator[Hit]:
    """List who is on the reference list and has no grant."""
    for who in sorted((beside.listed or frozenset()) - beside.granted):
        yield Hit(say("名单上符合条件，没有待遇，请联系本人"), who)
