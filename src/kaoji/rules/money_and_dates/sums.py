"""Compare a printed total with the sum of its parts: shared by the rules on both columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kaoji.core.finding import Finding, undecided
from kaoji.core.money import Money, total
from kaoji.core.speech import say


def differs_from_sum(
    path: str,
    caption: str,
    printed: Money | None,
    parts: Mapping[str, Money | None],
    tolerance: Decimal,
) -> Iterator[Finding]:
    """Report a total that its parts do not add up to; undecided when a side is blank."""
    added = total(*parts.values())
    if printed is None or added is None:
        blank = caption if printed is None else "、".join(parts)
        yield undecided(path, say("“{caption}”空白，无法核对合计", caption=blank))
    elif abs(printed - added).yuan > tolerance:
        yield Finding(
            path,
            say(
                "{caption} {printed} 元 ≠ {parts} {added} 元，相差 {difference} 元",
                caption=caption,
                printed=printed.written(),
                parts=" + ".join(parts),
                added=added.written(),
                difference=abs(printed - added).written(),
            ),
        )
