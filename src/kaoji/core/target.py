"""Targets: the value an indicator promises, read from what people write in the cell.

Every reading keeps the text and says what it did with it; nothing is guessed in silence.

    >>> target = Target.parse("> =90%")
    >>> target.op, target.value, target.unit
    (<Op.AT_LEAST: '>='>, Decimal('90'), '%')
    >>> [str(note) for note in target.notes]
    ['“> =”按“>=”理解']
    >>> Target.parse("及时").kind
    <Kind.QUALITATIVE: 'qualitative'>

The grammar is a list of small readers, tried in order; the first that can, does.

    cell     = blank | placeholder | deadline | interval | pair | range | amount | words
    interval = "[" number "," number "]" unit          [80,90]%
    pair     = amount ("且" | "," ) amount             ≥80%且≤90%
    range    = number unit? ("-" | "至") number unit   2-3个
    amount   = operator? number unit? ending?          ≥ 90 %   不少于60人   3天以内   每72小时
    words    = at most eight characters without a number: a quality; else a sentence
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kaoji.core import target_words as words
from kaoji.core.numerals import NUMERAL_CHARACTERS, read_numeral
from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow, squeeze


class Op(StrEnum):
    """How an actual value is compared with the target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    ABOVE = ">"
    BELOW = "<"
    RANGE = "range"


class Kind(StrEnum):
    """What the cell holds."""

    BLANK = "blank"
    QUANTITATIVE = "quantitative"
    DEADLINE = "deadline"
    QUALITATIVE = "qualitative"
    PLACEHOLDER = "placeholder"
    SENTENCE = "sentence"


@dataclass(frozen=True)
class Target:
    """A target value: the text as written and what it says.

    *value* and *value_high* are the numbers as written (80 for `80万小时`, whose unit is
    `万小时`); *op* is None when no operator was written. *notes* tell how it was read.
    """

    text: str
    kind: Kind
    op: Op | None = None
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    notes: tuple[Sentence, ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> Target:
        """Read the text of a cell; any text is a target of some kind."""
        return _read(text)

    @property
    def measurable(self) -> bool:
        """Can someone later prove it met or missed?"""
        return self.kind in {Kind.QUANTITATIVE, Kind.DEADLINE}

    @property
    def is_percentage(self) -> bool:
        """Is the number a percentage?"""
        return self.unit == "%"

    def __str__(self) -> str:
        return self.text


_DIGITS = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMERAL = rf"[{NUMERAL_CHARACTERS}]*[{NUMERAL_CHARACTERS.rstrip('万亿')}]"
_UNIT = r"(?:\(%\)|[%‰]|[^\d\s%‰,，。；;:：!！?？、()<>=~\-+.\[\]]{1,10}?)"
_DASH = r"(?:-|~|—+|至|到)"
_ENDING = "|".join([*words.OPERATOR_ENDINGS, *words.APPROXIMATE[:2]])
_SIGN = "|".join(map(re.escape, sorted(words.OPERATOR_SIGNS, key=len, reverse=True)))
_WORD = "|".join([*words.OPERATOR_WORDS, *words.APPROXIMATE[2:], "每"])

_INTERVAL = re.compile(rf"([\[(])({_DIGITS})%?,({_DIGITS})(%?)([\])])({_UNIT})?$")
_RANGE = re.compile(
    rf"(?P<sign>={{0,2}})(?P<low>{_DIGITS})(?P<unit_low>{_UNIT}?){_DASH}"
    rf"(?P<high>{_DIGITS})(?P<unit>{_UNIT}?)$"
)
_AMOUNT = re.compile(
    rf"(?P<sign>{_SIGN})?(?P<word>{_WORD})?(?P<percent>百分之)?"
    rf"(?:(?P<digits>{_DIGITS})|(?P<numeral>{_NUMERAL}))"
    rf"(?P<unit>{_UNIT}?)(?P<ending>{_ENDING})?(?P<aside>\([^()%][^()]*\))?$"
)
_PERCENT_AND_MORE = re.compile(r"(.*\d%)([\u4e00-\u9fff]+)$")


@lru_cache(maxsize=4096)
def _read(text: str | None) -> Target:
    raw = (text or "").strip()
    clean = squeeze(narrow(raw))
    for reader in _READERS:
        target = reader(raw, clean)
        if target is not None:
            return target
    raise AssertionError("the last reader takes everything")  # pragma: no cover


def _blank(raw: str, clean: str) -> Target | None:
    return None if clean else Target(raw, Kind.BLANK)


def _placeholder(raw: str, clean: str) -> Target | None:
    if clean.lower() in words.PLACEHOLDERS or words.PLACEHOLDER_SIGNS.match(clean):
        return Target(raw, Kind.PLACEHOLDER)
    return None


def _deadline(raw: str, clean: str) -> Target | None:
    bare = clean.lstrip("≤<=")
    if not words.DEADLINE.match(bare):
        return None
    return Target(
        raw, Kind.DEADLINE, Op.AT_MOST, notes=(say("“{text}”按完成期限理解", text=raw),)
    )


def _interval(raw: str, clean: str) -> Target | None:
    found = _INTERVAL.match(clean)
    if not found:
        return None
    opening, low, high, percent, closing, unit = found.groups()
    notes = (
        (say("“{text}”为开区间，不含端点", text=raw),)
        if "(" in opening or ")" in closing
        else ()
    )
    return _between(raw, _decimal(low), _decimal(high), percent or unit, notes)


def _pair(raw: str, clean: str) -> Target | None:
    parts = re.split(r"且|并且|[,;；，、]", clean)
    if len(parts) != 2:
        return None
    low, high = _amount(parts[0], parts[0]), _amount(parts[1], parts[1])
    if not low or not high or (low.op, high.op) != (Op.AT_LEAST, Op.AT_MOST):
        return None
    if low.value is None or high.value is None:
        return None
    return _between(raw, low.value, high.value, high.unit or low.unit, low.notes + high.notes)


def _range(raw: str, clean: str) -> Target | None:
    found = _RANGE.match(clean)
    if not found or found["unit_low"] not in {"", found["unit"]}:
        return None
    return _between(raw, _decimal(found["low"]), _decimal(found["high"]), found["unit"], ())


def _between(
    raw: str, low: Decimal, high: Decimal, unit: str | None, notes: tuple[Sentence, ...]
) -> Target | None:
    if low > high:
        return Target(
            raw, Kind.SENTENCE, notes=(*notes, say("“{text}”的下限大于上限", text=raw))
        )
    return Target(raw, Kind.QUANTITATIVE, Op.RANGE, low, high, _unit(unit), notes)


def _amount(raw: str, clean: str) -> Target | None:
    found = _AMOUNT.match(clean)
    if not found:
        return None
    unit = _unit("%" if found["percent"] else found["unit"])
    value = _decimal(found["digits"]) if found["digits"] else read_numeral(found["numeral"])
    if value is None or not _numeral_is_a_count(found, unit):
        return None
    op, notes = _operator(found, raw)
    if unit and not words.USUAL_UNIT.match(unit):
        notes += (say("“{unit}”不是常见的计量单位", unit=unit),)
    if found["aside"]:
        notes += (say("“{aside}”未作为指标值读取", aside=found["aside"]),)
    return Target(raw, Kind.QUANTITATIVE, op, value, None, unit, notes)


def _percent_and_more(raw: str, clean: str) -> Target | None:
    found = _PERCENT_AND_MORE.match(clean)
    target = _amount(raw, found[1]) if found else None
    if not found or not target:
        return None
    return replace(
        target, notes=(*target.notes, say("“{rest}”未作为指标值读取", rest=found[2]))
    )


def _words(raw: str, clean: str) -> Target:
    if re.search(r"\d", clean):
        return Target(raw, Kind.SENTENCE, notes=(say("“{text}”含数字但不是指标值", text=raw),))
    if len(clean) > words.LONGEST_WORD or re.search(r"[，。；！？,;!?]", clean):
        return Target(raw, Kind.SENTENCE)
    return Target(raw, Kind.QUALITATIVE)


def _operator(found: re.Match[str], raw: str) -> tuple[Op | None, tuple[Sentence, ...]]:
    """Settle on one operator from sign, word and ending, and tell how."""
    sign, word, ending = found["sign"], found["word"], found["ending"]
    says = [
        words.OPERATOR_SIGNS.get(sign or ""),
        words.OPERATOR_WORDS.get(word or ""),
        words.OPERATOR_ENDINGS.get(ending or ""),
    ]
    ops = [op for op in says if op]
    notes = tuple(
        say("“{written}”按“{op}”理解", written=written, op=op)
        for written, op in zip((_sign_as_written(raw), word, ending), says, strict=True)
        if op and written and written not in {op, "≥", "≤"}
    )
    if word == "每":
        notes += (say("“{text}”按周期理解", text=raw),)
    if word in words.APPROXIMATE or ending in words.APPROXIMATE:
        return None, (*notes, say("“{text}”是约数，没有明确界限", text=raw))
    if len(set(ops)) > 1:
        return None, (*notes, say("“{text}”含有互相矛盾的比较符", text=raw))
    return (Op(ops[0]) if ops else None), notes


def _sign_as_written(raw: str) -> str:
    found = re.match(r"[\s<>=＜＞＝≥≤≧≦⩾⩽]+", raw)
    return found[0].strip() if found else ""


def _numeral_is_a_count(found: re.Match[str], unit: str | None) -> bool:
    """三次 is a count, 一流 is not: a Chinese numeral needs a usual unit."""
    return not found["numeral"] or bool(unit and words.USUAL_UNIT.match(unit))


def _unit(text: str | None) -> str | None:
    return {"(%)": "%", "": None}.get(text or "", text)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


_READERS: tuple[Callable[[str, str], Target | None], ...] = (
    _blank,
    _placeholder,
    _deadline,
    _interval,
    _pair,
    _range,
    _amount,
    _percent_and_more,
    _words,
)
