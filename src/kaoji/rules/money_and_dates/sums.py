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
    unread: frozenset[str],
) -> Iterator[Finding]:
    """Report a total that its parts do not add up to; undecided when a side is blank.

    A total that is larger, where the main source (the first part) is blank: the rest may stand there.
    """
    added = total(*parts.values())
    main = next(iter(parts))
    if unread:
        yield cannot_compare(path, unread)
    elif printed is None or added is None:
        blank = caption if printed is None else "、".join(parts)
        yield undecided(path, say("“{caption}”空白，无法核对合计", caption=blank))
    elif parts[main] is None and printed.yuan > added.yuan + tolerance:
        message = say("“{caption}”空白，差额可能在其中，无法核对合计", caption=main)
        yield undecided(path, message)
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


def cannot_compare(path: str, unread: frozenset[str]) -> Finding:
    """An amount stands in the document but could not be read: nobody may call it blank."""
    return undecided(path, say("有 {count} 个金额未能读出，无法核对", count=len(unread)))


def unread_funds(unread: frozenset[str]) -> frozenset[str]:
    """The paths of amounts among the unread values."""
    return frozenset(path for path in unread if path.startswith("funds."))
