"""PDF files with a text layer: glyphs and ruled lines of every page, nothing run or fetched."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read.grid import manuscript
from kaoji.documents.read.page.assembly import rows_of_pages
from kaoji.documents.read.page.ink import Box, Glyph, Ink, Stroke
from kaoji.documents.read.recogniser import SCAN_DPI, ScanNotInstalled, recogniser
from kaoji.documents.read.refusals import UnreadableDocument

_MEDIA_TYPE = "application/pdf"
# The keyword of our own PDF files; in them invisible marks tell paragraphs and blanks.
OUR_MARK = "kaoji-marked-1"
MOST_PAGES = 1_000
_MOST_GLYPHS_A_PAGE = 40_000
_MOST_OBJECTS_A_PAGE = 50_000
# A filled rectangle this thin is a drawn line.
_THIN = 2.5
_STRAIGHT = 1.0
_DEEPEST_FORM = 4
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\ufffe", "\u0000"}


def read(content: bytes, *, name: str) -> Manuscript:
    """Read a PDF; pages that are pictures are recognised where kaoji[scan] is installed.

    Raises UnreadableDocument for an encrypted or broken one, and for one of pictures only
    that cannot be recognised here.
    """
    document = open_pdf(content)
    pages = _Pages(document)
    try:
        rows = list(rows_of_pages(pages))
    except pypdfium2.PdfiumError as broken:
        raise _Broken from broken
    finally:
        document.close()
    if pages.pictures and not rows:
        raise ScanNotInstalled
    return manuscript(
        content,
        rows,
        name=name,
        media_type=_MEDIA_TYPE,
        recognised=pages.recognised,
        pictures=[Origin(page=number) for number in pages.pictures],
    )


class _Broken(UnreadableDocument):
    """Bytes that begin as a PDF and are none."""

    def __init__(self) -> None:
        super().__init__(say("PDF 文件不完整，无法打开；请重新导出后再试"))


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF within limits. Raises UnreadableDocument."""
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as broken:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise UnreadableDocument(
                say("PDF 有密码保护，无法打开；请另存为不加密的文件")
            ) from broken
        raise _Broken from broken
    if pages > MOST_PAGES:
        document.close()
        raise UnreadableDocument(
            say(
                "PDF 有 {pages} 页，上限 {limit} 页；请只保留申报表部分",
                pages=pages,
                limit=MOST_PAGES,
            )
        )
    return document


class _Pages:
    """The pages one by one; afterwards it tells which were pictures."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._ours = document.get_metadata_value("Keywords") == OUR_MARK
        self.recognised = False
        self.pictures: list[int] = []

    def __iter__(self) -> Iterator[Ink]:
        for number in range(len(self._document)):
            page = self._document[number]
            try:
                yield self._ink(page, number + 1)
            finally:
                page.close()

    def _ink(self, page: pypdfium2.PdfPage, number: int) -> Ink:
        ink = ink_of(page, number)
        ink.marked = self._ours
        if ink.glyphs or not _has_picture(page):
            return ink
        recognise = recogniser()
        if recognise is None:
            self.pictures.append(number)
            return ink
        self.recognised = True
        return recognise(page.render(scale=SCAN_DPI / 72).to_numpy(), number, dpi=SCAN_DPI)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def ink_of(page: pypdfium2.PdfPage, number: int) -> Ink:
    """Everything on a page that a reader of tables needs."""
    upright = _Upright(page)
    ink = Ink(number, upright.width, upright.height)
    ink.glyphs = list(_glyphs(page, upright))
    for box in _drawn(page, upright):
        if box.height <= _THIN < box.width:
            ink.across.append(Stroke((box.top + box.bottom) / 2, box.left, box.right))
        elif box.width <= _THIN < box.height:
            ink.down.append(Stroke((box.left + box.right) / 2, box.top, box.bottom))
    return ink


class _Upright:
    """Turns the page's own coordinates (from the lower left, perhaps rotated) the right way up."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.turn = page.get_rotation() % 360
        # A page without extent is still a page, with nothing on it.
        wide, high = max(self.right - self.left, 1.0), max(self.top - self.bottom, 1.0)
        self.width, self.height = (high, wide) if self.turn in {90, 270} else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        right, up = x - self.left, y - self.bottom
        match self.turn:
            case 90:
                return up, right
            case 180:
                return self.width - right, up
            case 270:
                return self.width - up, self.height - right
        return right, self.height - up

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _glyphs(page: pypdfium2.PdfPage, upright: _Upright) -> Iterator[Glyph]:
    """The signs of the text layer, without the blanks that the library adds."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > _MOST_GLYPHS_A_PAGE:
            raise UnreadableDocument(
                say("PDF 第 {page} 页文字过多", page=page.get_label() or "?")
            )
        box, origin = raw.FS_RECTF(), (ctypes.c_double(), ctypes.c_double())
        seen: set[tuple[str, int, int]] = set()
        for index in range(count):
            sign = _sign(text.raw, index)
            if sign is None or not raw.FPDFText_GetLooseCharBox(text.raw, index, box):
                continue
            raw.FPDFText_GetCharOrigin(text.raw, index, *map(ctypes.byref, origin))
            place = upright.box(box.left, box.bottom, box.right, box.top)
            # Bold print is sometimes faked by printing twice.
            mark = (sign, round(place.left), round(place.top))
            if mark in seen and not sign.isspace():
                continue
            seen.add(mark)
            yield Glyph(sign, place, upright.point(origin[0].value, origin[1].value)[1])
    finally:
        text.close()


def _sign(text: Any, index: int) -> str | None:
    """The sign at a place of the text; None for what is no ink of the document."""
    code = raw.FPDFText_GetUnicode(text, index)
    sign = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
    if not sign or sign in _INVISIBLE or sign in "\r\n":
        return None
    if sign == " " and raw.FPDFText_IsGenerated(text, index) == 1:
        return None
    return sign


def _drawn(page: pypdfium2.PdfPage, upright: _Upright) -> Iterator[Box]:
    """The boxes of straight strokes and of the edges of drawn rectangles."""
    for count, (item, matrix) in enumerate(_paths(page)):
        if count > _MOST_OBJECTS_A_PAGE:
            return
        yield from _edges(item, matrix, upright)


def _paths(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, pypdfium2.PdfMatrix]]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST_FORM):
        matrix = item.get_matrix()
        holder = item.container
        while holder is not None:
            matrix = matrix.multiply(holder.get_matrix())
            holder = holder.container
        yield item.raw, matrix


def _edges(item: Any, matrix: pypdfium2.PdfMatrix, upright: _Upright) -> Iterator[Box]:
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroked))
    for corners in _outlines(item, matrix, upright):
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        whole = Box(min(xs), min(ys), max(xs), max(ys))
        thin = min(whole.width, whole.height) <= _THIN
        if thin and (fill.value or stroked.value):
            yield whole
        elif stroked.value:
            for (x0, y0), (x1, y1) in pairwise(corners):
                edge = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if min(edge.width, edge.height) <= _STRAIGHT:
                    yield edge


def _outlines(
    item: Any, matrix: pypdfium2.PdfMatrix, upright: _Upright
) -> Iterator[list[tuple[float, float]]]:
    """The corners of each outline of a path; curves end an outline, they are no table."""
    corners: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and len(corners) > 1:
            yield corners
        if kind != raw.FPDF_SEGMENT_LINETO:
            corners = []
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        corners.append(upright.point(*matrix.on_point(x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment) and len(corners) > 1:
            corners.append(corners[0])
    if len(corners) > 1:
        yield corners
