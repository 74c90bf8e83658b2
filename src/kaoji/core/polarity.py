"""Polarity: is more better, or less? A judgement that always says what it rests on.

>>> judge_polarity("投诉率", Target.parse("=0"), lower_is_better=("投诉",))
Polarity(direction=<Direction.LOWER: 'lower'>, because='名称含“投诉”', by_name=True)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    words the last decides (投诉处理及时率 is about 及时率), and only at the end of the name, before
    nothing but a measure; a denied word (不合格率) turns round.
    """
    return judge_name(name, lower_is_better, higher_is_better) or judge_sign(target)


def judge_name(
    name: str, lower_is_better: Iterable[str], higher_is_better: Iterable[str]
) -> Polarity | None:
    """What the words of the name say; None where they say nothing."""
    said = [
        (end, len(word), _turned(direction) if denied else direction, word)
        for words, direction in (
            (lower_is_better, Direction.LOWER),
            (higher_is_better, Direction.HIGHER),
        )
        for word in words
        for end, denied in _deciding(word, name)
    ]
    if not said:
        return None
    *_, direction, word = max(said, key=lambda entry: entry[:2])
    if direction is Direction.LOWER and _LESS_OF_IT.search(name):
        direction = Direction.HIGHER  # 降低企业成本: the more is saved, the better
    return Polarity(direction, f"名称含“{word}”", by_name=True)


def judge_sign(target: Target) -> Polarity:
    """What the operator says."""
    if target.op in {Op.AT_LEAST, Op.ABOVE}:
        return Polarity(Direction.HIGHER, f"比较符为“{target.op}”")
    if target.op in {Op.AT_MOST, Op.BELOW}:
        return Polarity(Direction.LOWER, f"比较符为“{target.op}”")
    return Polarity(Direction.UNKNOWN, "名称与比较符都没有说明方向")


# What may follow the word that decides: 投诉件数 is about 投诉, 投诉回访数量 is not.
_MEASURE = re.compile(r"[的率度数量性件次个起例额值比重占程情况水平]{0,4}$")
_LESS_OF_IT = re.compile(
    r"(?:降低|减少|节约|节省|压减|核减|缩减)[^率]{0,12}$|(?:降低|减少|节约|下降)(?:额|量|幅度)?$"
)
# 赔付金额占成本的比例 is about the amount that is set against the cost.
_SET_AGAINST = re.compile(r"占[^占]{0,16}$")
_DENIALS = ("不", "未", "非")


def _deciding(word: str, name: str) -> Iterator[tuple[int, bool]]:
    """Where a word stands before nothing but a measure, and whether it is denied (不合格率)."""
    start = name.rfind(word)
    end = start + len(word)
    against = _SET_AGAINST.search(name[: max(start, 0)])
    if start >= 0 and not against and _MEASURE.match(name, end):
        yield end, name[:start].endswith(_DENIALS)


def _turned(direction: Direction) -> Direction:
    return Direction.LOWER if direction is Direction.HIGHER else Direction.HIGHER
