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

    cell     = blank | placeholder | deadline | period | label | interval | pair | range | amount | words
    interval = "[" number "," number "]" unit          [80,90]%
    pair     = amount ("且" | "," ) amount             ≥80%且≤90%
    range    = number unit? ("-" | "至") number unit   2-3个
    amount   = operator? number unit? ending?          ≥ 90 %   不少于60人   3天以内   每月1次
    words    = at most eight characters without a number: a quality; else a sentence
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kaoji.core import target_patterns as patterns
from kaoji.core import target_words as words
from kaoji.core.numerals import read_numeral
from kaoji.core.remembering import kept_for_names
from kaoji.core.speech import Sentence, say

APPROXIMATE = "“{text}”是约数，没有明确界限"
CONTRADICTORY = "“{text}”含有互相矛盾的比较符"
UNUSUAL_UNIT = "“{unit}”不是常见的计量单位"
NOT_READ = "“{text}”含数字但不是指标值"
A_PERIOD = "“{text}”是一段时间，不是指标值"
A_GRADE = "“{text}”是等级，按等级评判"
A_STANDARD = "“{text}”是技术标准或比值，按是否达到评判"
# Notes that leave a question open; the others only tell how something was read.
UNCLEAR_NOTES = frozenset({APPROXIMATE, CONTRADICTORY})


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


@dataclass(frozen=True, slots=True)
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
    def graded(self) -> bool:
        """Is it a grade or a standard, which can be judged though it is no number?"""
        return any(note.template in {A_GRADE, A_STANDARD} for note in self.notes)

    @property
    def is_period(self) -> bool:
        """Does it name a span of time instead of a value or a last day?"""
        return any(note.template == A_PERIOD for note in self.notes)

    @property
    def is_percentage(self) -> bool:
        """Is the number a percentage?"""
        return self.unit == "%"

    def __str__(self) -> str:
        return self.text


@kept_for_names
def _read(text: str | None) -> Target:
    raw = (text or "").strip()
    if len(raw) > patterns.LONGEST:
        return Target(raw, Kind.SENTENCE)
    clean = patterns.cleaned(raw)
    for reader in _READERS:
        target = reader(raw, clean)
        if target is not None:
            return target
    raise AssertionError("the last reader takes everything")  # pragma: no cover


def _blank(raw: str, clean: str) -> Target | None:
    return None if clean else Target(raw, Kind.BLANK)


def _placeholder(raw: str, clean: str) -> Target | None:
    left = (words.PLACEHOLDER_SIGNS, words.UNIT_ALONE)
    if clean.lower() in words.PLACEHOLDERS or any(sign.match(clean) for sign in left):
        return Target(raw, Kind.PLACEHOLDER)
    return None


def _deadline(raw: str, clean: str) -> Target | None:
    if not words.DEADLINE.match(words.DEADLINE_LEADS.sub("", clean, count=1)):
        return None
    return Target(
        raw, Kind.DEADLINE, Op.AT_MOST, notes=(say("“{text}”按完成期限理解", text=raw),)
    )


def _period(raw: str, clean: str) -> Target | None:
    if not words.SPAN_OF_TIME.match(clean):
        return None
    return Target(raw, Kind.SENTENCE, notes=(say(A_PERIOD, text=raw),))


def _torn(raw: str, _clean: str) -> Target | None:
    """Two numbers side by side, or a comma that may part two numbers: nobody can tell."""
    if not patterns.TORN_NUMBER.search(raw):
        return None
    return Target(raw, Kind.SENTENCE, notes=(say(NOT_READ, text=raw),))


def _label(raw: str, clean: str) -> Target | None:
    if not words.LABEL.match(clean):
        return None
    return Target(raw, Kind.QUALITATIVE, notes=(say("“{text}”是名称，不是数量", text=raw),))


def _graded(raw: str, clean: str) -> Target | None:
    if not words.GRADED.match(clean):
        return None
    return Target(raw, Kind.QUALITATIVE, notes=(say(A_GRADE, text=raw),))


def _standard(raw: str, clean: str) -> Target | None:
    """GB3095-2012, DN300, C30, 1:5: a thing is so or it is not."""
    if not words.STANDARD.match(clean):
        return None
    return Target(raw, Kind.QUALITATIVE, notes=(say(A_STANDARD, text=raw),))


def _round_the_clock(raw: str, clean: str) -> Target | None:
    """7×24小时: hours of every day."""
    found = patterns.ROUND_THE_CLOCK.match(clean)
    if not found:
        return None
    note = say("“{text}”按每天 {hours} 小时理解", text=raw, hours=found[1])
    return Target(raw, Kind.QUANTITATIVE, None, _decimal(found[1]), None, "小时", (note,))


def _change(raw: str, clean: str) -> Target | None:
    """较上年增长5%: what changes by so much, and by more if more is better."""
    found = patterns.CHANGE.match(clean)
    target = _amount(raw, found["rest"]) if found else None
    if not found or not target or not target.unit:
        return None
    note = say("“{text}”按{word}的幅度理解", text=raw, word=found["word"])
    return replace(target, op=target.op or Op.AT_LEAST, notes=(*target.notes, note))


def _around_nought(raw: str, clean: str) -> Target | None:
    """±5%: from five below to five above."""
    found = patterns.EITHER_WAY.match(clean)
    if not found:
        return None
    return _between(raw, -_decimal(found[1]), _decimal(found[1]), found[2], ())


def _within_after(raw: str, clean: str) -> Target | None:
    """受理后10个工作日内: at most ten working days, counted from an event."""
    found = patterns.WITHIN_AFTER.match(clean)
    if not found:
        return None
    unit, remarks = _unit(found["unit"])
    note = say("“{text}”按“{after}”起算理解", text=raw, after=found["after"])
    value = _decimal(found["number"])
    return Target(raw, Kind.QUANTITATIVE, Op.AT_MOST, value, None, unit, (note, *remarks))


def _more_or_less(raw: str, clean: str) -> Target | None:
    """5200人±3%: three in a hundred below to three above; 95%±2%: from 93 % to 97 %."""
    found = patterns.MORE_OR_LESS.match(clean)
    if not found:
        return None
    middle, share = _decimal(found["middle"]), abs(_decimal(found["share"]))
    apart = share if found["unit"] == "%" else middle * share / 100
    low, high = middle - apart, middle + apart
    note = say("“{text}”按 {low} 至 {high} 理解", text=raw, low=f"{low:f}", high=f"{high:f}")
    return _between(raw, low, high, found["unit"] or None, (note,))


def _interval(raw: str, clean: str) -> Target | None:
    found = patterns.INTERVAL.match(clean)
    if not found:
        return None
    opening, low, high, percent, closing, unit = found.groups()
    is_open = "(" in opening or ")" in closing
    notes = (say("“{text}”为开区间，不含端点", text=raw),) if is_open else ()
    return _between(raw, _decimal(low), _decimal(high), percent or unit, notes)


def _pair(raw: str, clean: str) -> Target | None:
    """`≥80%且≤90%`, in either order; two different units are two conditions, not a range."""
    parts = re.split(r"并且|且|[,;；，、]", clean)
    ends = [_amount(part, part) for part in parts]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    low, high = sorted((ends[0], ends[1]), key=lambda end: end.op not in _LOWER_BOUNDS)
    if low.op not in _LOWER_BOUNDS or high.op not in _UPPER_BOUNDS:
        return None
    if low.value is None or high.value is None or (low.unit and low.unit != high.unit):
        return None
    notes = low.notes + high.notes
    if Op.ABOVE is low.op or Op.BELOW is high.op:
        notes += (say("“{text}”为开区间，不含端点", text=raw),)
    return _between(raw, low.value, high.value, high.unit, notes)


def _range(raw: str, clean: str) -> Target | None:
    found = patterns.RANGE.match(clean)
    if (
        not found
        or found["unit_low"] not in {"", found["unit"]}
        or patterns.A_CLAUSE.match(found["unit"])
    ):
        return None
    notes: tuple[Sentence, ...] = ()
    if found["ending"]:
        notes = (say("“{text}”既是区间又有“{ending}”", text=raw, ending=found["ending"]),)
    return _between(raw, _decimal(found["low"]), _decimal(found["high"]), found["unit"], notes)


def _between(
    raw: str, low: Decimal, high: Decimal, unit: str | None, notes: tuple[Sentence, ...]
) -> Target:
    if low > high:
        upside_down = say("“{text}”的下限大于上限", text=raw)
        return Target(raw, Kind.SENTENCE, notes=(*notes, upside_down))
    unit, remarks = _unit(unit)
    return Target(raw, Kind.QUANTITATIVE, Op.RANGE, low, high, unit, notes + remarks)


def _amount(raw: str, clean: str) -> Target | None:
    found = patterns.AMOUNT.match(clean)
    if not found or (found["percent"] and found["unit"]):
        return None
    aside = found["aside"] or ""
    bracketed = not found["unit"] and words.USUAL_UNIT.match(aside.strip("()"))
    if found["unit"] == "" and aside == "(百分制)":
        aside, bracketed = "(分)", words.USUAL_UNIT.match("分")
    unit, remarks = _unit("%" if found["percent"] else aside if bracketed else found["unit"])
    value = _decimal(found["digits"]) if found["digits"] else read_numeral(found["numeral"])
    if value is None or not _numeral_is_a_count(found, unit):
        return None
    op, notes = _operator(found, raw)
    for part in ("" if bracketed else aside, found["rest"]):
        if part:
            notes += (say("“{rest}”未作为指标值读取", rest=part),)
    return Target(raw, Kind.QUANTITATIVE, op, value, None, unit, notes + remarks)


def _percent_and_more(raw: str, clean: str) -> Target | None:
    found = patterns.PERCENT_AND_MORE.match(clean)
    target = _amount(raw, found[1]) if found else None
    if not found or not target:
        return None
    rest = say("“{rest}”未作为指标值读取", rest=found[2])
    return replace(target, notes=(*target.notes, rest))


def _words(raw: str, clean: str) -> Target:
    if words.HIDDEN_NUMBER.search(clean):
        return Target(raw, Kind.SENTENCE, notes=(say(NOT_READ, text=raw),))
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
    if found["per"] or found["lead"]:
        notes += (say("“{text}”按周期理解", text=raw),)
    if {word, ending} & words.APPROXIMATE or found["more"]:
        return None, (*notes, say(APPROXIMATE, text=raw))
    if len(set(ops)) > 1:
        return None, (*notes, say(CONTRADICTORY, text=raw))
    return (Op(ops[0]) if ops else None), notes


def _sign_as_written(raw: str) -> str:
    found = re.match(r"[\s<>=＜＞＝≥≤≧≦⩾⩽﹥﹤═]+", raw)
    return found[0].strip() if found else ""


def _numeral_is_a_count(found: re.Match[str], unit: str | None) -> bool:
    """三次 is a count, 一流 is not: a Chinese numeral needs a usual unit."""
    return not found["numeral"] or bool(unit and words.USUAL_UNIT.match(unit))


def _unit(text: str | None) -> tuple[str | None, tuple[Sentence, ...]]:
    """The unit out of its brackets, and a note when it is not a usual one."""
    unit = (text or "").strip("()") or None
    if unit == "百分比":
        return "%", (say("“{text}”按“%”理解", text=unit),)
    if unit is None or words.USUAL_UNIT.match(unit):
        return unit, ()
    counted = patterns.COUNTED_THING.match(unit)
    if counted:
        return counted["unit"], (say("“{rest}”未作为指标值读取", rest=counted["thing"]),)
    return unit, (say(UNUSUAL_UNIT, unit=unit),)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


_LOWER_BOUNDS = {Op.AT_LEAST, Op.ABOVE}
_UPPER_BOUNDS = {Op.AT_MOST, Op.BELOW}

_READERS: tuple[Callable[[str, str], Target | None], ...] = (
    _blank,
    _placeholder,
    _deadline,
    _period,
    _label,
    _standard,
    _round_the_clock,
    _change,
    _around_nought,
    _within_after,
    _more_or_less,
    _graded,
    _interval,
    _torn,
    _pair,
    _range,
    _amount,
    _percent_and_more,
    _words,
)
