"""Automatic numbers of paragraphs as they stand on the page: 1. （一） ① 第一条.

Each list counts for itself; a level that goes on sets those below it back to their start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kaoji.documents.read.symbols import in_font
from kaoji.documents.read.word.names import number, switch, tag, value
from kaoji.documents.read.word.styles import Numbered

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# What stands before a choice and says whether it is made is content; other bullets are decoration.
_BOXES = "☑☒✓✔√□☐■"


@dataclass(frozen=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    after: str = "tab"
    restart: int | None = None
    legal: bool = False
    font: str | None = None


@dataclass
class _List:
    """A list: which count it shares, its levels, and where it sets the count anew."""

    shared: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the paragraphs of all lists in their order."""

    def __init__(self, root: Any = None) -> None:
        self._lists = {} if root is None else dict(_lists(root))
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._begun: set[tuple[int, int]] = set()

    def next(self, numbered: Numbered) -> str:
        """The number of the next paragraph of a list, with the blank behind it where one is needed."""
        level = numbered.level or 0
        found = self._lists.get(numbered.list or 0)
        if found is None or level >= _LEVELS or level not in found.levels:
            return ""
        counts = self._counts[found.shared]
        self._count(found, numbered.list or 0, level, counts)
        return _written(found.levels, level, counts)

    def _count(self, found: _List, name: int, level: int, counts: list[int | None]) -> None:
        start = found.starts.get(level, found.levels[level].start)
        anew = level in found.starts and (name, level) not in self._begun
        self._begun.add((name, level))
        before = counts[level]
        counts[level] = start if before is None or anew else before + 1
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                counts[deeper] = None


def _written(levels: dict[int, _Level], level: int, counts: list[int | None]) -> str:
    about = levels[level]
    if about.format == "bullet":
        sign = in_font(about.text, about.font)
        return sign if sign.strip() and sign.strip() in _BOXES else ""
    text = about.text
    for place in range(level + 1):
        mark = f"%{place + 1}"
        if mark in text:
            above = levels.get(place, _Level())
            style = "decimal" if about.legal and place < level else above.format
            count = counts[place]
            text = text.replace(mark, numeral(above.start if count is None else count, style))
    joined = about.after == "space" or (about.after == "tab" and text[-1:].isalnum())
    return f"{text} " if joined and text else text


def numeral(count: int, style: str) -> str:
    """A number in one of Word's styles; one that we do not know is written in digits."""
    write = _STYLES.get(style)
    if write is not None:
        return write(count)
    first, most = _ENCLOSED.get(style, (0, 0))
    return chr(first + count - 1) if 0 < count <= most else str(count)


# Ready-made signs such as ① and ⑵: the first of them, and how many there are.
_ENCLOSED = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
    "ideographParenthesized": (0x3220, 10),
}


def _lettered(count: int) -> str:
    return chr(65 + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else "0"


def _spelt(digits: str) -> Callable[[int], str]:
    return lambda count: "".join(digits[int(digit)] for digit in str(count))


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (count // worth)
        count %= worth
    return text


def _counted(count: int) -> str:
    """一, 十, 十二, 二十, 一百零三."""
    if not 0 < count < 1000:
        return "〇" if count == 0 else str(count)
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda count: "",
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _lettered,
    "lowerLetter": lambda count: _lettered(count).lower(),
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "koreanCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _spelt(_DIGITS),
    "taiwaneseDigital": _spelt(_DIGITS),
    "chineseLegalSimplified": _spelt(_LEGAL),
    "ideographLegalTraditional": _spelt(_LEGAL),
    "japaneseLegal": _spelt(_LEGAL),
    "ideographTraditional": lambda count: _STEMS[(count - 1) % 10],
    "ideographZodiac": lambda count: _BRANCHES[(count - 1) % 12],
    "decimalFullWidth": _spelt("０１２３４５６７８９"),
    "decimalFullWidth2": _spelt("０１２３４５６７８９"),
}


def _lists(root: Any) -> Iterator[tuple[int, _List]]:
    """By number each list with the levels of what it is based on, changed where it says so."""
    bases = {
        value_of(item, "w:abstractNumId", "w:listDefId"): item
        for name in ("w:abstractNum", "w:listDef")
        for item in root.iter(tag(name))
    }
    styled = {
        value(item, "w:styleLink"): item
        for item in bases.values()
        if value(item, "w:styleLink")
    }
    for name in ("w:num", "w:list"):
        for item in root.iter(tag(name)):
            shared = value(item, "w:abstractNumId") or value(item, "w:ilst") or ""
            base = bases.get(shared)
            base = styled.get(value(base, "w:numStyleLink"), base)
            own = value_of(item, "w:numId", "w:ilfo")
            if base is not None and own.isdigit():
                yield int(own), _list(shared, base, item)


def value_of(element: Any, *attributes: str) -> str:
    """The first of several attributes that is there."""
    return next((element.get(tag(name)) for name in attributes if element.get(tag(name))), "")


def _list(shared: str, base: Any, item: Any) -> _List:
    levels = dict(map(_level, base.iterchildren(tag("w:lvl"))))
    starts: dict[int, int] = {}
    for change in item.iterchildren(tag("w:lvlOverride")):
        place = int(value_of(change, "w:ilvl") or 0)
        for level in change.iterchildren(tag("w:lvl")):
            levels[place] = _level(level)[1]
        start = number(change, "w:startOverride")
        if start is not None:
            starts[place] = start
    return _List(shared, levels, starts)


# Word 2003 numbers its formats.
_OLD = {
    "0": "decimal", "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter",
    "14": "decimalFullWidth", "18": "decimalEnclosedCircle", "22": "decimalZero", "23": "bullet",
    "28": "decimalEnclosedCircleChinese", "30": "ideographTraditional", "37": "chineseCounting",
    "39": "chineseCountingThousand", "11": "japaneseCounting",
}  # fmt: skip


def _level(level: Any) -> tuple[int, _Level]:
    old = value(level, "w:nfc")
    look = level.find(tag("w:rPr"))
    return int(value_of(level, "w:ilvl") or 0), _Level(
        start=number(level, "w:start") if number(level, "w:start") is not None else 1,  # type: ignore[arg-type]
        format=value(level, "w:numFmt") or _OLD.get(old or "", "decimal"),
        text=value(level, "w:lvlText") or "",
        after=(value(level, "w:suff") or "tab").lower(),
        restart=number(level, "w:lvlRestart"),
        legal=bool(switch(level, "w:isLgl")),
        font=value(look, "w:rFonts", "w:ascii") or value(look, "w:rFonts", "w:hAnsi"),
    )
