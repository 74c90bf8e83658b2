"""Words that stand between two numbers of a text without separators: a unit, a name, a word of quality, or several of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kaoji.documents.recognise import shapes
from kaoji.standards import grammar

_LONGEST = 150
_FEWEST_ALIKE, _SHORTEST_NAME = 3, 4
_ENDS_ALIKE = ("数量", "率", "人数", "面积", "次数", "满意度")
_BOUND = re.compile("|".join(shapes.BOUNDS))
_DIGITS_AND_RATES = frozenset("0123456789%‰")


def words_apart(piece: str, *, behind: str) -> Iterator[str]:
    """The pieces of such words; *behind* is the sign that they stand behind."""
    half = len(piece) // 2
    if len(piece) % 2 == 0 and half >= 2 and piece[:half] == piece[half:]:
        yield from (piece[:half], piece[half:])  # target and actual value alike
        return
    for end in _ends_of_value(piece, behind):
        yield end
        piece = piece[len(end) :]
    if "指标" in piece:
        yield piece
        return
    yield from _name_and_values(piece)


def _ends_of_value(piece: str, behind: str) -> Iterator[str]:
    """What belongs to the number before: an answer, its unit, 以上; something is left behind them."""
    answer = _ANSWER.match(piece) if behind.isdigit() else None
    if answer:
        yield answer[0]
        piece = piece[answer.end() :]
    unit = grammar.pattern("units_behind_numbers").match(piece) if behind.isdigit() else None
    if unit and len(piece) > unit.end():
        yield unit[0]
        piece = piece[unit.end() :]
    bound = _BOUND.match(piece) if unit or behind in _DIGITS_AND_RATES else None
    if bound and len(piece) > bound.end():
        yield bound[0]


def _name_and_values(piece: str) -> Iterator[str]:
    """A name and its values in words, or the explanation behind it."""
    twice = _ends_twice(piece) if len(piece) < _LONGEST else None
    meaning = _MEANING.search(piece)
    if twice:
        yield from (*_qualities_apart(twice[0]), twice[1], twice[1])
    elif meaning:
        yield from (piece[: meaning.start()], piece[meaning.start() :])
    else:
        yield from _qualities_apart(piece)


# The answer in a column such as 是否核心指标, before the name of the next row.
_ANSWER = re.compile(r"(?:是(?!否)|否(?![定决]))(?=[^\d])")


def _ends_twice(piece: str) -> tuple[str, str] | None:
    """A name and the words that stand twice behind it: a target in words and its actual value alike, 水质持续向好持续向好."""
    for size in range((len(piece) - 2) // 2, 1, -1):
        if piece[-size:] == piece[-2 * size : -size]:
            return piece[: -2 * size], piece[-size:]
    if (
        len(piece) > _SHORTEST_NAME
        and piece[-1] == piece[-2]
        and piece[-1] in grammar.words("one_sign_values")
    ):
        return piece[:-2], piece[-1]
    return None


def _qualities_apart(piece: str) -> Iterator[str]:
    """A name and the words of quality behind it, or in the middle behind a measure."""
    tails: list[str] = []
    while len(tails) < 2 and (found := shapes.quality_at_end().search(piece)):
        if len(piece) - len(found[0]) < 3:
            break
        tails.insert(0, found[0])
        piece = piece[: found.start()]
    at = 0
    for middle in shapes.quality_behind_measure().finditer(piece):
        if middle.start() - at >= 3:
            yield piece[at : middle.start()]
            yield middle[0]
            at = middle.end()
    yield piece[at:]
    yield from tails


def names_alike(piece: str) -> list[str]:
    """Names of a form not yet filled in, one behind the other, that all end alike: 新建水池数量维修水池数量…数量."""
    for end in _ENDS_ALIKE:
        *names, rest = re.split(rf"(?<={end})", piece)
        if len(names) >= _FEWEST_ALIKE and min(map(len, names)) >= _SHORTEST_NAME:
            return [*names, rest] if rest else names
    return []


# A column of explanations: 验收合格率 | 反映工程验收情况.
_MEANING = re.compile(r"(?<=[率数量度性积])反映")
