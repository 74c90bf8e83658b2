"""What somebody should have seen before a form goes on: open opinions, waivers, errors, doubts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kaoji.core.speech import Sentence, say
from kaoji.subjects.declarations.models import Declaration

# Moves that pass a form on; what sends it back needs no look at what is wrong with it.
_PASSES_ON = frozenset({"endorse", "forward", "approve"})


@dataclass(frozen=True)
class Outstanding:
    """One such thing. The *key* holds its count: one more, and it has to be looked at anew."""

    key: str
    sentence: Sentence


def outstanding(declaration: Declaration, verb: str) -> list[Outstanding]:
    """What stands against the move, as it is now."""
    return list(_found(declaration)) if verb in _PASSES_ON else []


def _found(declaration: Declaration) -> Iterator[Outstanding]:
    opinions = declaration.opinions.filter(closed_at__isnull=True).count()
    if opinions:
        yield _one("opinions", opinions, say("还有 {count} 条意见没有关闭", count=opinions))
    waived = declaration.waivers.filter(ended_at__isnull=True).count()
    if waived:
        yield _one("waived", waived, say("有 {count} 处检查结果是豁免的", count=waived))
    if declaration.errors:
        count = declaration.errors
        yield _one("errors", count, say("还有 {count} 处错误", count=count))
    if declaration.doubts:
        count = declaration.doubts
        yield _one("doubts", count, say("有 {count} 处读取时存疑", count=count))


def _one(name: str, count: int, sentence: Sentence) -> Outstanding:
    return Outstanding(f"{name}:{count}", sentence)
