"""What a cell looks like: a sign, a number, an amount, a unit, a target, a word of quality.

>>> sign("大于等于"), number("10分"), is_unit("人次")
('≥', '10', True)
"""

from __future__ import annotations

import re
from functools import cache

from kaoji.core.money import Money, UnreadableAmount
from kaoji.core.remembering import kept_for_names
from kaoji.core.target import Kind, Target
from kaoji.core.target_words import USUAL_UNIT
from kaoji.documents.recognise.labels import is_label
from kaoji.documents.recognise.spelling import simplified, squeezed, unaccented
from kaoji.standards import grammar

DAY = r"20[012]\d年(?:\d{1,2}月(?:\d{1,2}日)?[底末]?|[底末])(?:之?前|以前)?"
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|(?:0|[1-9]\d*))(?:\.\d+)?")
_MONEY = re.compile(
    r"[¥￥]?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(亿元?|百万元|万元?|千元|元)?(?:\(.*\))?"
)
_NOTHING = re.compile(r"[—\-/–_]{1,4}")
_NO_FORM_HAS_MORE = 30
_LONGEST_UNIT = 8
_LONGEST_VALUE = 120


def sign(text: str) -> str | None:
    """The comparison that a cell holds and nothing else."""
    found: str | None = grammar.words("signs").get(squeezed(text)) if len(text) < 12 else None
    return found


def is_polarity(text: str) -> bool:
    """正向, 反向, -定性: says of what kind an indicator is."""
    return squeezed(text).lstrip("-—") in _polarity() if len(text) < 12 else False


@cache
def _polarity() -> frozenset[str]:
    return frozenset(grammar.words("polarity"))


def is_likelihood(text: str) -> bool:
    """确定能, 有可能: how likely a goal is to be reached."""
    return len(text) < 12 and bool(grammar.pattern("likelihood").fullmatch(squeezed(text)))


def is_tick(text: str) -> bool:
    """√, ✔, 是: the sign or word that chooses a column."""
    return squeezed(text) in grammar.words("ticks") if len(text) < 12 else False


def is_unticked(text: str) -> bool:
    """×, 否, 无, —: the sign or word that says that a column is not chosen."""
    plain = squeezed(text) if len(text) < 12 else ""
    return plain in grammar.words("no_ticks") or is_nothing(text)


@kept_for_names
def number(text: str) -> str | None:
    """A plain number, without separators of thousands and 分."""
    plain = squeezed(text).removesuffix("分") if len(text) < _NO_FORM_HAS_MORE else ""
    return plain.replace(",", "") if NUMBER.fullmatch(plain) else None


@kept_for_names
def is_amount(text: str) -> bool:
    """Does it read as money, with or without a unit, perhaps with an aside in brackets?"""
    return len(text) < 200 and bool(_MONEY.fullmatch(squeezed(text)))


def is_nothing(text: str) -> bool:
    """A dash for "none"."""
    return bool(_NOTHING.fullmatch(squeezed(text))) if len(text) < 8 else False


def amount(text: str, unit: str) -> Money | None:
    """The amount that a cell states; *unit* counts where it names none."""
    found = _MONEY.fullmatch(squeezed(text)) if len(text) < 200 else None
    if not found:
        return None
    own = {"亿": "亿元", "万": "万元"}.get(found[2] or "", found[2])
    try:
        return Money.parse(found[1], unit=own or unit)
    except UnreadableAmount:
        return None


def is_span(text: str) -> bool:
    """2023年1月--2023年11月: from when until when."""
    return bool(_SPAN.fullmatch(squeezed(text))) if len(text) < _NO_FORM_HAS_MORE else False


_SPAN = re.compile(rf"{DAY}(?:[-—–~]{{1,2}}|[至到]){DAY}")


def is_bound(text: str) -> bool:
    """Behind a number it says on which side of it a value lies: 以上."""
    return text in BOUNDS


BOUNDS = ("以上", "以下", "以内", "左右")


def is_scoring_rule(text: str) -> bool:
    """按标准发放得10分,每少1元扣1分: how a value is scored."""
    return "分" in text and bool(_SCORING_RULE.search(text))


_SCORING_RULE = re.compile(r"[得计扣]\d+(?:\.\d+)?分")


@kept_for_names
def target(text: str) -> Target:
    """What the text says when it is a target; readings behind its signs say nothing: 60萬(wàn)度."""
    found = Target.parse(unaccented(text))
    plain = text if found.measurable else simplified(text)[0]
    without = Target.parse(plain) if len(plain) < len(text) else found
    whole = not any("rest" in note.values for note in without.notes)
    return without if without.measurable and whole else found


_HOLDS_NUMBER = re.compile(r"[\d一二三四五六七八九十百千两几]|[%‰]")


def may_be_measurable(text: str) -> bool:
    """Is there a number at all in a text that is no sentence?"""
    return len(text) < _LONGEST_VALUE and bool(_HOLDS_NUMBER.search(text))


@kept_for_names
def is_unit(text: str) -> bool:
    """Is it a unit of measure?"""
    if len(text) > 2 * _LONGEST_UNIT:
        return False
    plain = squeezed(text)
    fits = 0 < len(plain) <= _LONGEST_UNIT and not re.search(r"\d", plain)
    return fits and bool(USUAL_UNIT.match(plain) or plain in {"%", "‰"})


@kept_for_names
def names_a_measure(text: str) -> bool:
    """Does it end as names of indicators do: …率, …人数, …及时性?"""
    return bool(grammar.pattern("name_ends").search(squeezed(text)))


@kept_for_names
def is_quality(text: str) -> bool:
    """及时, 有效提升, 好: a word that says how good."""
    return squeezed(text) in grammar.words("one_sign_values") or bool(
        grammar.pattern("quality").fullmatch(squeezed(text))
    )


def is_without_deviation(text: str) -> bool:
    """达成预期指标: what a column of causes says where there is none."""
    return len(text) < _LONGEST_VALUE and bool(
        grammar.pattern("no_deviation").fullmatch(squeezed(text))
    )


@cache
def quality_at_end() -> re.Pattern[str]:
    """A word of quality at the end of a text."""
    return re.compile(f"(?:{grammar.words('quality')})$")


@cache
def quality_behind_measure() -> re.Pattern[str]:
    """A word of quality behind what ends like a measure, in running text."""
    return re.compile(
        rf"(?<=[率度性数量况制平益化识力])(?:{grammar.words('quality')})(?=[^\d的性率度]{{3}})"
    )


@kept_for_names
def unlikeliness_of_target(text: str) -> float:
    """A cost in nats: 0 is surely a target value, 3 hardly."""
    plain = squeezed(text)
    if is_label(text) and "指标" in plain:
        return 9.0
    if len(plain) >= 4 and is_label(text):
        return 4.0  # 社会效益: a class printed without its noun
    kind = target(text).kind
    if kind in {Kind.QUANTITATIVE, Kind.DEADLINE}:
        return 0.0
    if kind is Kind.PLACEHOLDER:
        # A unit without its number is more often the end of the value before.
        return 1.6 if is_unit(plain.rstrip("。;；")) else 0.8
    if is_quality(text) or is_span(text):
        return 0.4
    measure = names_a_measure(text)
    if kind is Kind.QUALITATIVE and re.search(r"\d", plain):
        return 0.5
    if kind is Kind.QUALITATIVE:
        return (1.0 if len(plain) <= 6 else 1.4) + (1.0 if measure else 0.0)
    return 1.8 + min(len(plain), 60) / 40 + (2.5 if measure else 0.0)
