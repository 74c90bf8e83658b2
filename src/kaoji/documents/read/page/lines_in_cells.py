"""Glyphs become lines, lines become the text of a cell: wrapped lines joined, paragraphs kept.

A line was wrapped when what follows did not fit behind it; where it would have fitted, the
writer began a paragraph. Where a cell's lines are set in two distances, the wider one parts
paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kaoji.documents.read.page.ink import Box, Glyph

# Invisible signs of our own pages: WORD JOINER ends a paragraph, INVISIBLE SEPARATOR and
# INVISIBLE PLUS stand behind a blank and a wide blank, which readers of PDF files may lose.
PARAGRAPH_END = "\u2060"
MARKS = {PARAGRAPH_END: "\n", "\u2063": " ", "\u2064": "\u3000"}
_MARKED = str.maketrans(MARKS)
_UNMARKED = dict.fromkeys(map(ord, MARKS))
_BLANKS = str.maketrans("", "", " \u3000\xa0")

_SAME_BASELINE = 0.35
_WIDER = 1.18
_OVERLAP = 0.45
_WORD_GAP = 0.2
_ROUGHLY = 2.0
_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN_START = re.compile(r"^[A-Za-z]")
# What may not be parted: an opening bracket stays with what follows, a comma with what precedes.
_FIRST_WORD = re.compile(r"[（“《〈【『「‘〔]*(?:[!-~]+|.)[，。、；：！？）”》〉】』」’〕…％]*")


@dataclass(frozen=True)
class Line:
    """A line of text as printed."""

    text: str
    box: Box
    baseline: float
    glyphs: tuple[Glyph, ...]

    @property
    def size(self) -> float:
        """The height of its signs."""
        return self.box.height


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs that sit on one line, from left to right; lines from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        near = rows and glyph.baseline - rows[-1][0].baseline <= _SAME_BASELINE * max(
            glyph.box.height, rows[-1][0].box.height
        )
        if near:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(_from_left(row)) for row in rows]


def _from_left(row: list[Glyph]) -> list[Glyph]:
    """In the order of writing where that runs to the right; brackets overlap their neighbours."""
    jumps = any(
        before.box.left - after.box.left > _OVERLAP * after.box.height
        for before, after in pairwise(row)
    )
    return sorted(row, key=lambda glyph: glyph.box.left) if jumps else row


def _line(glyphs: list[Glyph]) -> Line:
    box = glyphs[0].box
    for glyph in glyphs[1:]:
        box = box.beside(glyph.box)
    text = glyphs[0].text
    for before, glyph in pairwise(glyphs):
        text += _blank_between(before, glyph) + glyph.text
    return Line(text, box, glyphs[0].baseline, tuple(glyphs))


def _blank_between(before: Glyph, glyph: Glyph) -> str:
    """Latin words that only a distance parts are parted by a blank."""
    gap = glyph.box.left - before.box.right
    apart = gap > _WORD_GAP * glyph.box.height
    latin = _LATIN_END.search(before.text) and _LATIN_START.match(glyph.text)
    return " " if apart and latin else ""


def text_of(lines: Sequence[Line], width: float, *, marked: bool = False) -> tuple[str, bool]:
    """The text of a cell *width* points wide inside, and whether its last paragraph may go on.

    *marked* tells that the writer left invisible marks where paragraphs end and blanks stand;
    then nothing needs to be concluded from how far a line reaches.
    """
    if not lines:
        return "", False
    if marked:
        whole = "".join(line.text for line in lines).translate(_BLANKS)
        return whole.translate(_MARKED).strip(), not whole.endswith(PARAGRAPH_END)
    text = lines[0].text
    usual = _usual_distance(lines)
    for above, below in pairwise(lines):
        distance = below.baseline - above.baseline
        if distance > _WIDER * usual or _would_fit(above, below, width):
            text = text.rstrip() + "\n" + below.text
        else:
            text += _glue(above, below, width) + below.text
    return text.translate(_UNMARKED).strip(), _is_full(lines[-1], width)


def _usual_distance(lines: Sequence[Line]) -> float:
    """The smallest distance between two baselines."""
    return min((below.baseline - above.baseline for above, below in pairwise(lines)), default=0)


def _would_fit(above: Line, below: Line, width: float) -> bool:
    """Would the first word of the next line have stood behind this one?"""
    # A recogniser's runs of signs have boxes that are only roughly known.
    rough = any(len(glyph.text) > 1 for glyph in (*above.glyphs, *below.glyphs))
    return _used(above) + _first_word(below) * (_ROUGHLY if rough else 1) <= width


def _used(line: Line) -> float:
    """How far a line reaches, blanks at its end not counted."""
    last = next((g for g in reversed(line.glyphs) if not g.text.isspace()), line.glyphs[-1])
    return last.box.right - line.box.left


def _first_word(line: Line) -> float:
    found = _FIRST_WORD.match(line.text.lstrip())
    length = len(found[0]) if found else 1
    glyphs = [glyph for glyph in line.glyphs if not glyph.text.isspace()][:length]
    if not glyphs:
        return 0.0
    if len(glyphs[0].text) > 1:
        return glyphs[0].box.width / len(glyphs[0].text)
    return glyphs[-1].box.right - glyphs[0].box.left


def _is_full(line: Line, width: float) -> bool:
    """Does the line reach so far that one more sign would not fit?"""
    return _used(line) + line.size > width


def _glue(above: Line, below: Line, width: float) -> str:
    """Two Latin words parted by a wrap are still two words, unless one filled the line."""
    latin = _LATIN_END.search(above.text) and _LATIN_START.match(below.text)
    filled = _used(above) + below.size / 2 > width
    return " " if latin and not filled else ""
