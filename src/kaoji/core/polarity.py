"""Polarity: is more better, or less? A judgement that always says what it rests on.

>>> judge_polarity("投诉率", Target.parse("=0"), lower_is_better=("投诉",))
Polarity(direction=<Direction.LOWER: 'lower'>, because='名称含“投诉”', by_name=True)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kaoji.core.target import Op, Target


class Direction(StrEnum):
    """Which way an actual value should move."""

    HIGHER = "higher"
    LOWER = "lower"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Polarity:
    """A direction, its reason (in Chinese), and whether the name gave it."""

    direction: Direction
    because: str
    by_name: bool = False


def judge_polarity(
    name: str,
    target: Target,
    *,
    lower_is_better: Iterable[str] = (),
    higher_is_better: Iterable[str] = (),
) -> Polarity:
    """Judge from the name's words first, then from the operator; else unknown.

    The name goes first because a wrong operator (出勤率 ≤100%) is a common mistake; of several
    words the last decides (投诉处理及时率 is about 及时率).
    """
    said = [
        (name.rfind(word) + len(word), len(word), direction, word)
        for words, direction in (
            (lower_is_better, Direction.LOWER),
            (higher_is_better, Direction.HIGHER),
        )
        for word in words
        if word in name
    ]
    if said:
        *_, direction, word = max(said, key=lambda entry: entry[:2])
        return Polarity(direction, f"名称含“{word}”", by_name=True)
    if target.op in {Op.AT_LEAST, Op.ABOVE}:
        return Polarity(Direction.HIGHER, f"比较符为“{target.op}”")
    if target.op in {Op.AT_MOST, Op.BELOW}:
        return Polarity(Direction.LOWER, f"比较符为“{target.op}”")
    return Polarity(Direction.UNKNOWN, "名称与比较符都没有说明方向")
