"""The signs of a PDF page that a reader sees as its text.

Left out and told: watermarks (slanted, or pale and large, or pale and across other signs), signs in no
colour, signs outside of the page. A sign printed twice to look bold is one. Signs whose font does not
say what they are cannot be known; they are counted.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pypdfium2
from pypdfium2 import raw

from kaoji.core.speech import say
from kaoji.documents.read.page.ink import Box, Glyph
from kaoji.documents.read.pdf_page import Upright
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.symbols import UNKNOWN, symbol

_MOST_GLYPHS_A_PAGE = 40_000
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\ufffe", "\u0000"}
# Degrees: a page is never copied so askew, a watermark hardly ever so straight.
_SLANTED = 6
_PALE, _WHITE = 0.70, 0.98
_LARGE, _HUGE = 1.6, 2.5
_OFTEN = 4
# Of its height: two equal signs so near are one.
_SAME_PLACE = 0.17
_BUCKET = 4.0
_FEWEST_UNMAPPED = 8
_UNMAPPED_SHARE = 0.1


@dataclass(slots=True)
class _Look:
    """How the signs of one text object are drawn."""

    object: int = 0
    angle: float = 0.0
    lightness: float = 0.0
    invisible: bool = False


@dataclass(slots=True)
class _Sign:
    """A sign, the box around it in the page's own coordinates, where it sits, and its look."""

    text: str
    box: tuple[float, float, float, float]
    at: tuple[float, float]
    look: _Look


@dataclass
class Signs:
    """All signs of a page as they are stored; *unmapped* of them have no meaning."""

    found: list[_Sign] = field(default_factory=list)
    unmapped: int = 0
    looks: list[_Look] = field(default_factory=list)

    @property
    def some_invisible(self) -> bool:
        """Are some signs drawn in no way at all?"""
        return any(look.invisible for look in self.looks)

    @property
    def some_white(self) -> bool:
        """Are some signs white as paper?"""
        return any(look.lightness > _WHITE for look in self.looks)

    @property
    def are_unknown(self) -> bool:
        """Are there so many signs without a meaning that the page cannot be read as text?"""
        visible = sum(not sign.text.isspace() for sign in self.found)
        few = len({sign.text for sign in self.found}) <= 3 and visible >= 60
        enough = self.unmapped >= _FEWEST_UNMAPPED
        return few or (enough and self.unmapped > _UNMAPPED_SHARE * (visible + self.unmapped))

    def turned(self, page_turn: int) -> int:
        """How far the page must be turned on, clockwise, so that most of its signs stand upright."""
        if not page_turn and not any(look.angle for look in self.looks):
            return 0
        ways = Counter(
            round((sign.look.angle - page_turn) / 90) % 4 * 90
            for sign in self.found
            if _off(sign.look.angle) <= _SLANTED and not sign.text.isspace()
        )
        upright = ways[0]
        way, count = max(ways.items(), key=lambda item: item[1], default=(0, 0))
        return way if count > 2 * upright else 0


def signs_of(page: pypdfium2.PdfPage) -> Signs:
    """The signs of the text layer, without the blanks that the library adds."""
    text = page.get_textpage()
    signs = Signs()
    try:
        look_at = _Looks(text.raw)
        count = text.count_chars()
        if count > _MOST_GLYPHS_A_PAGE:
            raise UnreadableDocument(
                say("PDF 第 {page} 页文字过多", page=page.get_label() or "?")
            )
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        at_x, at_y = ctypes.byref(x), ctypes.byref(y)
        for index in range(count):
            sign = _sign(text.raw, index)
            if sign is None or not raw.FPDFText_GetLooseCharBox(text.raw, index, box):
                continue
            look = look_at.look(index)
            if _is_private(sign):
                sign = symbol(_font(text.raw, index), ord(sign))
            signs.unmapped += sign == UNKNOWN
            raw.FPDFText_GetCharOrigin(text.raw, index, at_x, at_y)
            edges = (box.left, box.bottom, box.right, box.top)
            signs.found.append(_Sign(sign, edges, (x.value, y.value), look))
        signs.looks = look_at.all
    finally:
        text.close()
    return signs


def _sign(text: Any, index: int) -> str | None:
    """The sign at a place of the text; None for what is no ink of the document."""
    code = raw.FPDFText_GetUnicode(text, index)
    if code == 0 or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
        return UNKNOWN if raw.FPDFText_IsGenerated(text, index) != 1 else None
    sign = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
    if not sign or sign in _INVISIBLE or sign in "\r\n":
        return None
    if sign == " " and raw.FPDFText_IsGenerated(text, index) == 1:
        return None
    return sign


def _is_private(sign: str) -> bool:
    """Is it a sign that means something in one font only?"""
    return "\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000"


class _Looks:
    """How text objects look; many hold one sign only, so the library's answers go into the same places."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._known: dict[int, _Look] = {}
        self._matrix = raw.FS_MATRIX()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    @property
    def all(self) -> list[_Look]:
        """All looks that were met."""
        return list(self._known.values())

    def look(self, index: int) -> _Look:
        """How the sign at a place of the text looks."""
        item = raw.FPDFText_GetTextObject(self._text, index)
        place = ctypes.addressof(item.contents) if item else 0
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._asked(item, index, place) if place else _Look()
        return known

    def _asked(self, item: Any, index: int, place: int) -> _Look:
        matrix = self._matrix
        raw.FPDFText_GetMatrix(self._text, index, matrix)
        raw.FPDFText_GetFillColor(self._text, index, *self._colour)
        red, green, blue, alpha = (part.value for part in self._colour)
        light = (
            (0.299 * red + 0.587 * green + 0.114 * blue) / 255 if red or green or blue else 0.0
        )
        level = matrix.b == 0 and matrix.a > 0
        return _Look(
            place,
            0.0 if level else math.degrees(math.atan2(matrix.b, matrix.a)),
            1 - (1 - light) * alpha / 255,
            raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        )


def _font(text: Any, index: int) -> str:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, index, None, 0, flags)
    if not 0 < length < 200:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(text, index, buffer, length, flags)
    name = buffer.value.decode("utf-8", errors="ignore").rpartition("+")[2]
    # Wingdings-Regular, SymbolMT, Wingdings2
    return next(
        (font for begin, font in _SYMBOLIC.items() if name.lower().startswith(begin)), ""
    )


# LibreOffice sets OpenSymbol where Symbol is asked for and not there.
_SYMBOLIC = {
    "wingdings 2": "wingdings 2",
    "wingdings2": "wingdings 2",
    "wingdings": "wingdings",
    "webdings": "webdings",
    "symbol": "symbol",
    "opensymbol": "symbol",
}


def _off(angle: float) -> float:
    """How many degrees an angle is away from the next right one."""
    rest = angle % 90
    return min(rest, 90 - rest)


@dataclass
class Seen:
    """The signs that are seen, and the texts of those that are not, by why."""

    glyphs: list[Glyph] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def seen(signs: Signs, upright: Upright, *, reads_invisible: bool, white_on: list[Box]) -> Seen:
    """Sort what is seen from what is not; invisible signs over a picture are those of the picture."""
    result = Seen()
    placed = [(sign, _glyph(sign, upright)) for sign in signs.found]
    watermarks = _watermarks(placed, signs.looks)
    any_visible = any(not look.invisible for look in signs.looks)
    kept: list[Glyph] = []
    for sign, glyph in placed:
        x, y = glyph.box.centre
        if sign.look.object in watermarks:
            result.watermarks.append(sign.text)
        elif not (-1 <= x <= upright.width + 1 and -1 <= y <= upright.height + 1):
            result.outside.append(sign.text)
        elif (sign.look.invisible and any_visible and not reads_invisible) or (
            sign.look.lightness > _WHITE and not _is_on(white_on, x, y)
        ):
            result.hidden.append(sign.text)
        else:
            kept.append(glyph)
    result.glyphs = list(_once(kept))
    return result


def _glyph(sign: _Sign, upright: Upright) -> Glyph:
    box = upright.box(*sign.box)
    return Glyph(sign.text, box, upright.point(*sign.at)[1])


def _is_on(boxes: list[Box], x: float, y: float) -> bool:
    return any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in boxes)


def _watermarks(placed: list[tuple[_Sign, Glyph]], looks: list[_Look]) -> set[int]:
    """The text objects that are no text of the page but a mark upon it."""
    heights = [glyph.box.height for _, glyph in placed]
    strange = any(look.lightness >= _PALE or _off(look.angle) > _SLANTED for look in looks)
    if not strange and max(heights, default=0.0) < _HUGE * median(heights or [0.0]):
        return set()
    inked = [(sign, glyph) for sign, glyph in placed if not sign.text.isspace()]
    slanted = {sign.look.object for sign, _ in inked if _off(sign.look.angle) > _SLANTED}
    all_slanted = sum(sign.look.object in slanted for sign, _ in inked) * 2 >= len(inked)
    found = set() if all_slanted else slanted
    plain = [glyph for sign, glyph in inked if sign.look.lightness < _PALE]
    usual = median([glyph.box.height for glyph in plain] or [0.0])
    if not usual:
        return found
    texts: dict[int, list[tuple[_Sign, Glyph]]] = {}
    for sign, glyph in inked:
        pale, large = sign.look.lightness >= _PALE, glyph.box.height >= _HUGE * usual
        if (pale or large) and sign.look.lightness <= _WHITE:
            texts.setdefault(sign.look.object, []).append((sign, glyph))
    words = Counter("".join(sign.text for sign, _ in item) for item in texts.values())
    crowd = _Crowd(plain)
    for place, item in texts.items():
        pale = item[0][0].look.lightness >= _PALE
        large = pale and max(glyph.box.height for _, glyph in item) >= _LARGE * usual
        often = pale and words["".join(sign.text for sign, _ in item)] >= _OFTEN
        if large or often or any(crowd.lies_under(glyph, usual) for _, glyph in item):
            found.add(place)
    return found


class _Crowd:
    """The ordinary signs of a page by where they are, to ask whether another lies across them."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        self._near: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in glyphs:
            x, y = glyph.box.centre
            self._near.setdefault((int(x // _CROWD), int(y // _CROWD)), []).append(glyph)

    def lies_under(self, mark: Glyph, usual: float) -> bool:
        """Does a mark cover the middle of a sign of usual size?"""
        box = mark.box
        return any(
            glyph is not mark
            and glyph.box.height < _LARGE * usual
            and box.left < glyph.box.centre[0] < box.right
            and box.top < glyph.box.centre[1] < box.bottom
            for x in range(int(box.left // _CROWD), int(box.right // _CROWD) + 1)
            for y in range(int(box.top // _CROWD), int(box.bottom // _CROWD) + 1)
            for glyph in self._near.get((x, y), ())
        )


_CROWD = 20.0


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Bold print is sometimes faked by printing twice, a little aside."""
    known: dict[tuple[str, int, int], list[Box]] = {}
    for glyph in glyphs:
        if glyph.text.isspace() or not _is_again(glyph, known):
            yield glyph


_AROUND = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


def _is_again(glyph: Glyph, known: dict[tuple[str, int, int], list[Box]]) -> bool:
    """Does the same sign stand here already? If not, it does from now on."""
    text, box = glyph.text, glyph.box
    x, y = int(box.left // _BUCKET), int(box.top // _BUCKET)
    reach = _SAME_PLACE * box.height
    for dx, dy in _AROUND:
        for other in known.get((text, x + dx, y + dy), ()):
            if abs(other.left - box.left) <= reach and abs(other.top - box.top) <= reach:
                return True
    known.setdefault((text, x, y), []).append(box)
    return False
