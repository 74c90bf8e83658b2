"""Running text cut into pieces: at blanks, and at what is known in it where it holds several things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from kaoji.core.target import Kind
from kaoji.core.width import narrow
from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.own_words import own_words
from kaoji.documents.recognise.spelling import simplified, squeezed
from kaoji.documents.recognise.units_before_values import unit_apart, units_come_first
from kaoji.documents.recognise.words_apart import names_alike, words_apart
from kaoji.standards import grammar

Gap = Literal["row", "cell", "blank", "none", "digit"]
LONG = 60
_LONGEST_CAPTION = 24
_LONGEST_TITLE = 50
_LONGEST_ENTRY = 150
_HINT_APART = re.compile(
    r"(?<!\s)\s+(?=[(（][^()（）]*(?:填|硬性|盖章|万元|分|元)[^()（）]*[)）])"
)


def words(text: str, *, packed: bool = False) -> Iterator[tuple[str, Gap]]:
    """A line without cells: whole, by its outline, or by its blanks and by what is known in it.

    *packed* tells that the lines around it run their cells together.
    """
    if packed:
        yield from _words_of(text, packed=True)
        return
    outline = list(_of_outline(text))
    if outline or _is_whole(text):
        yield from ((piece, "blank") for piece in outline or [text])
        return
    if len(text) > LONG:
        text = _torn().sub(lambda found: squeezed(found[0]), text)
    if _is_glued(text):
        yield from _pieces(_BLANK_IN_WORD.sub("", text), packed=True)
        return
    packed = _is_half_glued(text)
    text = _label_with_colon().sub(r"\1 ", text)
    text = _HINT_APART.sub("", text)
    yield from _words_of(_behind_unit().sub(r"\1 ", text) if packed else text, packed=packed)


def _words_of(text: str, *, packed: bool) -> Iterator[tuple[str, Gap]]:
    for word in text.split():
        for number, (piece, gap) in enumerate(_pieces(word, packed=packed)):
            yield piece, gap if number else "blank"


@cache
def _behind_unit() -> re.Pattern[str]:
    """A unit that a blank sets apart from its number and nothing from the name behind it: 4 次会商次数."""
    units = grammar.words("units_behind_numbers")
    return re.compile(rf"(?<=\d)(\s(?:{units}))(?=[\u4e00-\u9fff]{{3}})(?![目员数庭口籍均])")


_SHORTEST_HALF_GLUED, _FEWEST_GLUED = 200, 3


def _is_half_glued(text: str) -> bool:
    """Does a long text run values into the captions behind them, though blanks are left in it?"""
    if len(text) < _SHORTEST_HALF_GLUED:
        return False
    before = [
        text[found.start() - 1]
        for found in captions.inside().finditer(text)
        if found.start() and found.end() - found.start() >= 4
    ]
    glued = sum("\u4e00" <= sign <= "\u9fff" for sign in before)
    return glued >= _FEWEST_GLUED and glued * 2 >= len(before)


_CLASS_LINE = re.compile(r"[【\[](.{2,12}?)[-—－–](.{2,12}?)[】\]]")
_ENTRY_LINE = re.compile(
    r"(指标\d{1,2}[:：.、].{2,80})[(（]([≥≤=<>＝＞＜][^()（）]{1,40}|[^()（）≥≤*]{2,20})[)）]"
)


def _of_outline(text: str) -> Iterator[str]:
    """An outline in one cell: 【产出指标-数量指标】, and 指标1:机柜数量(≥77台) below it."""
    if len(text) > _LONGEST_ENTRY:
        return
    classes = _CLASS_LINE.fullmatch(text.strip())
    if classes and all(map(labels.is_label, classes.groups())):
        yield from classes.groups()
        return
    entry = _ENTRY_LINE.fullmatch(text.strip())
    if entry and not shapes.is_unit(entry[2]):
        yield from entry.groups()


def _is_whole(text: str) -> bool:
    """A short line that is one caption, label, span of years or title, its blanks included."""
    words = text.split() if " " in text and len(text) <= _LONGEST_TITLE else []
    if words and all(len(word) == 1 for word in words) and captions.is_title(text):
        return True  # 项 目 支 出 绩 效 目 标 表
    if len(text) > _LONGEST_CAPTION:
        return False
    columns = sum(bool(captions.column_caption(word)) for word in words)
    if columns > 1 or any(map(captions.caption, words)):
        return False
    known = captions.is_any_caption(text) or labels.is_label(text)
    return known or bool(captions.YEARS.fullmatch(squeezed(text)))


_BLANK_IN_WORD = re.compile(r"(?<![\d%])\s+|\s+(?![\d≥≤])")


def _is_glued(text: str) -> bool:
    """Do most labels of a text run into what follows? Then its blanks are ends of lines, not cells."""
    text, _ = simplified(text)
    found = list(labels.anywhere().finditer(text))
    if len(found) < 4:
        return False
    glued = sum("\u4e00" <= text[label.end() : label.end() + 1] <= "\u9fff" for label in found)
    return glued * 5 >= len(found) * 4


@cache
def _torn() -> re.Pattern[str]:
    """Labels and captions of running text with a blank inside."""
    names = {*labels.spelled_out().split("|"), *grammar.words("torn")}
    spaced = (r"\s*".join(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(f"(?:{'|'.join(spaced)})(?!\\d)")


@cache
def _label_with_colon() -> re.Pattern[str]:
    return re.compile(rf"((?:{labels.spelled_out()})(?:[(（][^()（）]*[)）])?)[:：](?=\S)")


_SIGN_BEHIND_NAME = re.compile(r"[\u4e00-\u9fff)）][≥≤＝=><﹥]{1,2}\d")
_SHORT = 8


def _pieces(word: str, *, packed: bool = False) -> Iterator[tuple[str, Gap]]:
    """A word of running text: whole, or cut at what is known in it when it holds several things."""
    if _TEMPLATE.search(word):
        for piece, gap in _pieces(_TEMPLATE.sub(_veiled, word), packed=packed):
            yield piece.translate(_UNVEILED), gap
        return
    plain, places = simplified(word)
    if plain != word:
        yield from _as_printed(word, places, _pieces(plain, packed=packed))
        return
    if captions.is_title(word) and len(word) < _LONGEST_TITLE:
        yield word, "blank"
        return
    plain = narrow(word)
    found = _titles_and_captions(plain if len(plain) == len(word) else word)
    if not packed and (not _is_packed(word, found) or _is_deadline(word)):
        yield word, "blank"
        return
    at, known = 0, _piece(own_words(word))
    for caption in found:
        yield from _cut(word[at : caption.start()], known)
        yield word[caption.start() : caption.end()], "none"
        at = caption.end()
    rows = _cut(word[at:], known)
    yield from _units_apart(rows) if units_come_first(word) else rows


def _units_apart(pieces: Iterator[tuple[str, Gap]]) -> Iterator[tuple[str, Gap]]:
    for piece, gap in pieces:
        name, unit = unit_apart(piece)
        yield name, gap
        if unit:
            yield unit, "none"


def _as_printed(
    word: str, places: Sequence[int], pieces: Iterator[tuple[str, Gap]]
) -> Iterator[tuple[str, Gap]]:
    """Pieces of the simplified word as they stand in the word itself."""
    at = 0
    for piece, gap in pieces:
        yield word[places[at] : places[at + len(piece)]], gap
        at += len(piece)


# A title in the middle of running text: 附件2专项资金绩效目标表(2026年度)项目名称…
_TITLE_WITHIN = re.compile(
    r"(?:20\d\d年度?)?[\u4e00-\u9fff]{0,20}(?:[(（][\u4e00-\u9fff]{1,8}[)）])?[\u4e00-\u9fff]{0,20}绩效[\u4e00-\u9fff]{0,8}?表(?:[(（]20\d\d年?度?[)）])?"
)


def _titles_and_captions(text: str) -> list[re.Match[str]]:
    """What is known in a running text, in order: captions, and titles right before one."""
    known = captions.inside()
    may_hold_one = "绩效" in text and "表" in text
    within = _TITLE_WITHIN.finditer(text) if may_hold_one else ()
    titles = [title for title in within if known.match(text, title.end())]
    apart = [
        found
        for found in known.finditer(text)
        if not any(title.start() <= found.start() < title.end() for title in titles)
    ]
    return sorted([*apart, *titles], key=lambda found: found.start())


# (≥**%): what a template wants to be filled in belongs to the name before it.
_TEMPLATE = re.compile(r"[(（][≥≤=<>＝＞＜]*\*+[^()（）]{0,8}[)）]")
_SIGNS = "≥≤=<>＝＞＜%%‰"
_VEIL = str.maketrans({sign: chr(0xE000 + place) for place, sign in enumerate(_SIGNS)})
_UNVEILED = str.maketrans({chr(0xE000 + place): sign for place, sign in enumerate(_SIGNS)})


def _veiled(found: re.Match[str]) -> str:
    return found[0].translate(_VEIL)


def _is_packed(word: str, found: Sequence[re.Match[str]]) -> bool:
    names = labels.anywhere().findall(word)
    if shapes.is_scoring_rule(word) and _RULE_BEHIND_VALUE.search(word):
        return True
    if len(word) > LONG:
        signs = len(_SIGN_BEHIND_NAME.findall(word))
        return len(found) >= 4 or len(names) >= 3 or (signs >= 1 and signs + len(names) >= 2)
    if _SIGN_BEHIND_NAME.search(word) or len(found) >= 2 or _begins_with_label(word):
        return True
    if _number_behind_measure().search(word) or _NUMBER_TWICE.search(word):
        return True
    if _NUMBER_BEHIND_RATE.search(word):
        return True
    if len(found) == 1:
        [one] = found
        long = one.end() - one.start() >= 4
        if long and one.start() == 0 and len(word) > one.end():
            return True
    return len(word) > _SHORT and bool(names) and bool(re.search(r"[\d≥≤]", word))


def _is_deadline(word: str) -> bool:
    """完成时间为2022年12月30日 is one value, though it begins like a caption."""
    short = len(word) <= _LONGEST_CAPTION and bool(_IN_THE_YEAR.search(word))
    return short and shapes.target(word).kind is Kind.DEADLINE


_IN_THE_YEAR = re.compile(
    r"20\d\d年(?:\d{1,2}月(?:\d{1,2}日|底|前|末)?|底)(?:前|之前|完成|底前)*$"
)
# 质量良好得10分 behind a name and its value, glued: 入学率90%…得10分,每减少1%扣1分-定量.
_RULE_BEHIND_VALUE = re.compile(r"^[\u4e00-\u9fff].{6,}[得计]\d+分.*定[量性]$")
# A percentage and what is counted behind it: 支出率95%10, 满意度95%以上10.
_NUMBER_BEHIND_RATE = re.compile(r"[\u4e00-\u9fff]{3}.{0,4}\d[%％](?:以上|以内|以下)?\d")
_NUMBER_TWICE = re.compile(r"[\u4e00-\u9fff]{4}(\d{2,4}%?)\1$")


def _begins_with_label(word: str) -> bool:
    found = labels.anywhere().match(word)
    return found is not None and len(word) >= found.end() + 4 and word[found.end()] not in "(（"


@cache
def _number_behind_measure() -> re.Pattern[str]:
    """合格率100%, 面积300平方米: a name and its value in one word."""
    units = grammar.words("units_behind_numbers")
    return re.compile(rf"[\u4e00-\u9fff]{{3}}[率度性量数额]\d[\d,.]*(?:{units})?$")


@lru_cache(maxsize=64)
def _piece(own: tuple[str, ...]) -> re.Pattern[str]:
    """The pieces of a text without separators: labels, signs, numbers, ends, what lies between.

    *own* are further words that are pieces in this text.
    """
    names = "|".join([labels.spelled_out(), *map(re.escape, own)])
    in_words = "大于等于|小于等于|不[低少小高大多]于|不超过|(?<!不)[大小低高少多]于"
    signs = rf"(?:{in_words})(?=\d)|>=|<=|[≥≤＝=><﹥﹤≧≦═]"
    begins_rule = (
        r"(?:\d[\d.]*%?(?:以[上下内])?|[^\d%≥≤。率度量数况性积]{0,10}?)[得计扣]\d+(?:\.\d+)?分"
    )
    rule = rf"{begins_rule}.*?(?=-?定[量性]|$)"
    numbered = rf"指标\d{{1,2}}[:：.、](?!{names})(?=[\u4e00-\u9fff])"
    years = r"20[012]\d[-—~至]20[012]\d年?度?"
    return re.compile(
        rf"(?P<rule>{rule})|(?P<years>{years})|(?P<label>(?:{names})(?:\(\d[^()]*\))?)|(?P<sign>{signs})|(?P<span>{shapes.DAY}(?:[-—–~]{{1,2}}|至){shapes.DAY})|(?P<day>{shapes.DAY})"
        rf"|(?P<number>\d{{1,2}}(?={shapes.DAY})|"
        r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+)|(?P<end>[%‰。;；])"
        rf"|(?P<rest>(?:{numbered})?[^\d≥≤＝=><﹥﹤≧≦═%‰。;；]+?(?=(?:{names})|(?:{in_words})\d|{begins_rule}|[\d≥≤＝=><﹥﹤≧≦═%‰。;；]|$))"
    )


def _cut(text: str, known: re.Pattern[str]) -> Iterator[tuple[str, Gap]]:
    for found in known.finditer(text):
        piece = found[0]
        if found.lastgroup == "number" and _is_twice(piece):
            yield piece[: len(piece) // 2], "none"  # target and actual value alike
            yield piece[len(piece) // 2 :], "none"
        elif found.lastgroup == "number" and _is_torn_number(piece, text[found.end() :]):
            yield piece[0], "none"
            for digit in re.findall(r"\d|[.,]\d", piece[1:]):
                yield digit, "digit"
        elif found.lastgroup == "rest":
            before = text[found.start() - 1] if found.start() else ""
            names = names_alike(piece)
            for number, part in enumerate(names or words_apart(piece, behind=before)):
                yield part, "cell" if names and number else "none"
        else:
            yield piece, "none"


def _is_torn_number(digits: str, behind: str) -> bool:
    """May it be several numbers? A percentage or two digits hardly are."""
    if len(digits) == 2:
        return digits[0] == digits[1]
    return len(digits) > 2 and not (digits == "100" and behind.startswith("%"))


def _is_twice(digits: str) -> bool:
    """Is it one number printed twice, not a year?"""
    half, odd = divmod(len(digits), 2)
    return not odd and half >= 2 and digits[:half] == digits[half:] and digits[0] != "0"
