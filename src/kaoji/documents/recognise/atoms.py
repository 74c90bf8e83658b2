"""A manuscript as one stream of atoms: cells where the format keeps them, pieces where it lost them.

An atom is never cut again. The boundary before it (`gap`) says how the source set it apart, and
`trust` how far its column may be believed: exact in Word, Excel, HTML and ruled PDF tables, weak
in text (copies lose merged cells, with pipes and with tabs), free where there are no columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kaoji.core.provenance import Origin
from kaoji.core.width import narrow
from kaoji.documents.manuscript import Cell, Manuscript, Row
from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.spelling import squeezed, unaccented
from kaoji.standards import grammar

Gap = Literal["row", "cell", "blank", "none", "digit"]
Trust = Literal["exact", "weak", "free"]


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A piece of text that is never cut, the boundary before it, its cell and its column.

    *fragment* is that of its row; *below_merged* tells that every blank cell before it in its row
    is covered by a merged cell, so that what it inherits is certain.
    """

    text: str
    gap: Gap
    cell: Cell
    column: int | None = None
    trust: Trust = "free"
    fragment: int = 0
    below_merged: bool = False

    @property
    def origin(self) -> Origin:
        """Where it stood."""
        return self.cell.origin

    @property
    def whole(self) -> str:
        """Its text as it stands, breaks of lines included, where it is all of its cell."""
        whole = _in_one_line(self.cell.text) == self.text
        return self.cell.text if whole else self.text

    @property
    def line(self) -> tuple[object, ...]:
        """Which line or row of the source it stood in."""
        place = self.cell.origin
        return (place.page, place.line, place.table, place.row, place.sheet)


def joined(atoms: Sequence[Atom]) -> str:
    """The text of neighbouring atoms, blanks between those that a blank set apart."""
    text = ""
    for atom in atoms:
        text += (" " if text and atom.gap == "blank" else "") + atom.text
    return text


_PIPE = re.compile(r"(?<!\\)[|｜]")
_IS_TEXT = {"text/plain", "application/pdf"}


def _in_one_line(text: str) -> str:
    return " ".join(part for line in text.split("\n") if (part := line.strip()))


def atoms_of(rows: Sequence[Row], manuscript: Manuscript) -> list[Atom]:
    """The atoms of some rows of a manuscript."""
    is_text = manuscript.source.media_type in _IS_TEXT
    found: list[Atom] = []
    for row in rows:
        if not is_text or row.cells[0].origin.table is not None:
            found += _of_cells(row, "exact")  # a table that is drawn on the page
        elif len(row.cells) == 1:
            found += (replace(atom, fragment=row.fragment) for atom in _of_line(row.cells[0]))
        elif any(_holds_several(cell.text) for cell in row.cells):
            found += (replace(atom, fragment=row.fragment) for atom in _of_torn_row(row))
        else:
            found += _of_cells(row, "weak")
    return found


def _holds_several(text: str) -> bool:
    """A cell of a text into which single blanks put several: 资金总额: 120.00 30.00."""
    words = text.split() if len(text) < _LONG * 2 else []
    if len(words) > 1 and captions.caption(words[0]) and not captions.caption(text):
        return True
    numbers = sum(shapes.is_amount(word) or bool(shapes.sign(word)) for word in words)
    return len(words) > 2 and numbers > 1


def _of_torn_row(row: Row) -> Iterator[Atom]:
    """A row whose cells do not hold together: its words, wherever they stood."""
    first = True
    for cell in row.cells:
        for number, atom in enumerate(_of_running_text(cell) if cell.text else ()):
            gap: Gap = "row" if first else atom.gap if number else "cell"
            yield replace(atom, gap=gap)
            first = False


def _of_cells(row: Row, trust: Trust) -> Iterator[Atom]:
    """The filled cells; a paragraph of its own has no column."""
    single = len(row.cells) == 1
    first, blanks, covered = True, 0, 0
    for place, cell in enumerate(row.cells):
        if not cell.text:
            blanks += 1
            covered += cell.covered
            continue
        yield Atom(
            _in_one_line(cell.text),
            "row" if first else "cell",
            cell,
            None if single else place,
            "free" if single else trust,
            row.fragment,
            0 < blanks == covered,
        )
        first = False


def _of_line(cell: Cell) -> Iterator[Atom]:
    """A line of text: by its pipes, else by blanks and by what is known in it."""
    if not cell.text:
        return
    if not _PIPE.search(cell.text):
        yield from _of_running_text(cell)
        return
    parts = [(place, part.strip()) for place, part in enumerate(_PIPE.split(cell.text))]
    filled = [(place, part) for place, part in parts if part]
    for number, (place, part) in enumerate(filled):
        trust: Trust = "weak" if len(filled) > 1 else "free"
        yield Atom(part, "cell" if number else "row", cell, place, trust)


_LONGEST_CAPTION = 24
_LONGEST_TITLE = 50
_LONGEST_ENTRY = 150
_HINT_APART = re.compile(
    r"(?<!\s)\s+(?=[(（][^()（）]*(?:填|硬性|盖章|万元|分|元)[^()（）]*[)）])"
)
_SPAN_OF_YEARS = re.compile(r"[(（]\s*(20\d\d)\s*年?\s*[-—~至]\s*(20\d\d)\s*年?\s*[)）]")


def _of_running_text(cell: Cell) -> Iterator[Atom]:
    text = _SPAN_OF_YEARS.sub(r"(\1年-\2年)", cell.text)
    for number, (piece, gap) in enumerate(_words(text)):
        yield Atom(piece, gap if number else "row", cell)


def _words(text: str) -> Iterator[tuple[str, Gap]]:
    """A line without cells: whole, by its outline, or by its blanks and by what is known in it."""
    outline = list(_of_outline(text))
    if outline or _is_whole(text):
        yield from ((piece, "blank") for piece in outline or [text])
        return
    if len(text) > _LONG:
        text = _torn().sub(lambda found: squeezed(found[0]), text)
    if _is_glued(text):
        yield from _pieces(_BLANK_IN_WORD.sub("", text), packed=True)
        return
    text = _label_with_colon().sub(r"\1 ", text)
    for word in _HINT_APART.sub("", text).split():
        for number, (piece, gap) in enumerate(_pieces(word)):
            yield piece, gap if number else "blank"


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
    """A short line that is one caption, label or span of years, its blanks included."""
    if len(text) > _LONGEST_CAPTION:
        return False
    if " " in text and any(captions.caption(word) for word in text.split()):
        return False
    known = captions.is_any_caption(text) or labels.is_label(text)
    return known or bool(captions.YEARS.fullmatch(squeezed(text)))


_BLANK_IN_WORD = re.compile(r"(?<![\d%])\s+|\s+(?![\d≥≤])")


def _is_glued(text: str) -> bool:
    """Do most labels of a text run into what follows? Then its blanks are ends of lines, not cells."""
    found = list(labels.anywhere().finditer(text))
    glued = sum("\u4e00" <= text[label.end() : label.end() + 1] <= "\u9fff" for label in found)
    return len(found) >= 4 and glued * 5 >= len(found) * 4


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
_SHORT, _LONG = 8, 60


def _pieces(word: str, *, packed: bool = False) -> Iterator[tuple[str, Gap]]:
    """A word of running text: whole, or cut at what is known in it when it holds several things."""
    if _TEMPLATE.search(word):
        for piece, gap in _pieces(_TEMPLATE.sub(_veiled, word), packed=packed):
            yield piece.translate(_UNVEILED), gap
        return
    if captions.is_title(word) and len(word) < _LONGEST_TITLE:
        yield word, "blank"
        return
    plain = unaccented(narrow(word))
    found = list(captions.inside().finditer(plain if len(plain) == len(word) else word))
    if not packed and not _is_packed(word, found):
        yield word, "blank"
        return
    at = 0
    for caption in found:
        yield from _cut(word[at : caption.start()])
        yield word[caption.start() : caption.end()], "none"
        at = caption.end()
    yield from _cut(word[at:])


# (≥**%): what a template wants to be filled in belongs to the name before it.
_TEMPLATE = re.compile(r"[(（][≥≤=<>＝＞＜]*\*+[^()（）]{0,8}[)）]")
_SIGNS = "≥≤=<>＝＞＜%%‰"
_VEIL = str.maketrans({sign: chr(0xE000 + place) for place, sign in enumerate(_SIGNS)})
_UNVEILED = str.maketrans({chr(0xE000 + place): sign for place, sign in enumerate(_SIGNS)})


def _veiled(found: re.Match[str]) -> str:
    return found[0].translate(_VEIL)


def _is_packed(word: str, found: Sequence[re.Match[str]]) -> bool:
    names = labels.anywhere().findall(word)
    if len(word) > _LONG:
        signs = len(_SIGN_BEHIND_NAME.findall(word))
        return len(found) >= 4 or len(names) >= 3 or (signs >= 1 and signs + len(names) >= 2)
    if _SIGN_BEHIND_NAME.search(word) or len(found) >= 2 or _begins_with_label(word):
        return True
    if _number_behind_measure().search(word) or _NUMBER_TWICE.search(word):
        return True
    if len(found) == 1:
        [one] = found
        long = one.end() - one.start() >= 4
        if long and one.start() == 0 and len(word) > one.end():
            return True
    return len(word) > _SHORT and bool(names) and bool(re.search(r"[\d≥≤]", word))


_NUMBER_TWICE = re.compile(r"[\u4e00-\u9fff]{4}(\d{2,4}%?)\1$")


def _begins_with_label(word: str) -> bool:
    found = labels.anywhere().match(word)
    return found is not None and len(word) >= found.end() + 4 and word[found.end()] not in "(（"


@cache
def _number_behind_measure() -> re.Pattern[str]:
    """合格率100%, 面积300平方米: a name and its value in one word."""
    units = grammar.words("units_behind_numbers")
    return re.compile(rf"[\u4e00-\u9fff]{{3}}[率度性量数额]\d[\d,.]*(?:{units})?$")


@cache
def _piece() -> re.Pattern[str]:
    """The pieces of a text without separators: labels, signs, numbers, ends, what lies between."""
    names = labels.spelled_out()
    signs = "大于等于|小于等于|>=|<=|[≥≤＝=><﹥﹤≧≦═]"
    return re.compile(
        rf"(?P<label>(?:{names})(?:\(\d[^()]*\))?)|(?P<sign>{signs})"
        r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+)|(?P<end>[%‰。;；])"
        rf"|(?P<rest>[^\d≥≤＝=><﹥﹤≧≦═%‰。;；]+?(?=(?:{names})|大于等于|小于等于|[\d≥≤＝=><﹥﹤≧≦═%‰。;；]|$))"
    )


def _cut(text: str) -> Iterator[tuple[str, Gap]]:
    for found in _piece().finditer(text):
        piece = found[0]
        if found.lastgroup == "number" and _is_twice(piece):
            yield piece[: len(piece) // 2], "none"  # target and actual value alike
            yield piece[len(piece) // 2 :], "none"
        elif found.lastgroup == "number" and _is_torn_number(piece, text[found.end() :]):
            yield piece[0], "none"
            for digit in re.findall(r"\d|[.,]\d", piece[1:]):
                yield digit, "digit"
        elif found.lastgroup == "rest":
            behind_digit = found.start() > 0 and text[found.start() - 1].isdigit()
            for part in _parts(piece, behind_digit=behind_digit):
                yield part, "none"
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


def _parts(piece: str, *, behind_digit: bool) -> Iterator[str]:
    """Words between numbers: twice the same, a unit behind a number, words of quality."""
    half = len(piece) // 2
    if len(piece) % 2 == 0 and half >= 2 and piece[:half] == piece[half:]:
        yield from (piece[:half], piece[half:])  # target and actual value alike
        return
    unit = grammar.pattern("units_behind_numbers").match(piece) if behind_digit else None
    if unit and len(piece) > unit.end():
        yield unit[0]
        piece = piece[unit.end() :]
    if "指标" in piece:
        yield piece
        return
    meaning = _MEANING.search(piece)
    if meaning:
        yield from (piece[: meaning.start()], piece[meaning.start() :])
        return
    yield from _qualities_apart(piece)


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


# A column of explanations: 验收合格率 | 反映工程验收情况.
_MEANING = re.compile(r"(?<=[率数量度性积])反映")


def is_blank_sign(atom: Atom) -> bool:
    """A drawn line, or what a template prints where nothing was filled in: dots, 指标2:."""
    return bool(_TEMPLATE_CELL.fullmatch(squeezed(atom.text[:80])))


_TEMPLATE_CELL = re.compile(r"[-—_=]{2,}|[.…·]{2,}|…|指标\d{1,2}[:.、]?|\(\d{1,3}分\)")
