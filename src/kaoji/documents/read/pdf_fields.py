"""What was filled into a PDF: its form fields and typed notes, as signs where they stand on the page."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from kaoji.core.speech import say
from kaoji.documents.read.page.ink import Box, Glyph
from kaoji.documents.read.pdf_page import Upright
from kaoji.documents.read.refusals import UnreadableDocument

_MOST_FIELDS_A_PAGE = 5_000
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_TICKED, _OPEN = "☑", "□"
_USUAL_SIZE = 12.0
_SMALLEST_SIZE = 4.0
_MOST_SIGNS, _MOST_SIGNS_A_PAGE = 20_000, 40_000
_BOXES = "□☐○◯▢■"


@dataclass
class Filled:
    """The signs of all fields of a page, the boxes that are ticked or not, and what is hidden."""

    glyphs: list[Glyph]
    ticks: list[Box]
    hidden: list[str]


def filled_in(page: pypdfium2.PdfPage, form: Any, upright: Upright) -> Filled:
    """What a person or a program has filled into a page; *form* is the document's, if it has one."""
    found = Filled([], [], [])
    for number in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_FIELDS_A_PAGE)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        if not note:
            continue
        try:
            _take(note, form, upright, found)
        finally:
            raw.FPDFPage_CloseAnnot(note)
        if len(found.glyphs) > _MOST_SIGNS_A_PAGE:
            raise UnreadableDocument(
                say("PDF 第 {page} 页文字过多", page=page.get_label() or "?")
            )
    return found


def _take(note: Any, form: Any, upright: Upright, found: Filled) -> None:
    kind = raw.FPDFAnnot_GetSubtype(note)
    is_field = kind == raw.FPDF_ANNOT_WIDGET and form is not None
    if not is_field and kind != raw.FPDF_ANNOT_FREETEXT:
        return
    text = _value(note, form) if is_field else _text(note)
    if not text:
        return
    if raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
        found.hidden.append("" if text in {_TICKED, _OPEN} else text)
        return
    edges = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, edges)
    box = upright.box(edges.left, edges.bottom, edges.right, edges.top)
    if text in {_TICKED, _OPEN}:
        found.ticks.append(box)
    found.glyphs += _set(text[:_MOST_SIGNS], box)


def _value(note: Any, form: Any) -> str:
    """What a field shows; buttons, signatures and passwords show nothing of their own."""
    match raw.FPDFAnnot_GetFormFieldType(form, note):
        case raw.FPDF_FORMFIELD_CHECKBOX | raw.FPDF_FORMFIELD_RADIOBUTTON:
            return _TICKED if raw.FPDFAnnot_IsChecked(form, note) else _OPEN
        case raw.FPDF_FORMFIELD_COMBOBOX | raw.FPDF_FORMFIELD_LISTBOX:
            return "、".join(_chosen(note, form)) or _asked(
                lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, note, buffer, size)
            )
        case raw.FPDF_FORMFIELD_TEXTFIELD:
            if raw.FPDFAnnot_GetFormFieldFlags(form, note) & _PASSWORD:
                return ""
            return _asked(
                lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, note, buffer, size)
            )
    return ""


_PASSWORD = 1 << 13


def _chosen(note: Any, form: Any) -> Iterator[str]:
    for number in range(max(raw.FPDFAnnot_GetOptionCount(form, note), 0)):
        if raw.FPDFAnnot_IsOptionSelected(form, note, number):
            yield _asked(
                lambda buffer, size, at=number: raw.FPDFAnnot_GetOptionLabel(  # type: ignore[misc]
                    form, note, at, buffer, size
                )
            )


def _text(note: Any) -> str:
    return _asked(
        lambda buffer, size: raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size)
    )


def _asked(ask: Callable[[Any, int], int]) -> str:
    """A text of the library: asked for its length first."""
    size = ask(None, 0)
    if not 2 < size <= 4 * _MOST_SIGNS:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    ask(buffer, size)
    text = bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _set(text: str, box: Box) -> Iterator[Glyph]:
    """The signs of a text set into a box, line by line, so small that all of them fit."""
    lines = text.split("\n")
    longest = max(sum(map(_width, line)) for line in lines)
    size = min(_USUAL_SIZE, box.height / len(lines), box.width / max(longest, 1))
    size = max(size, _SMALLEST_SIZE)
    top = box.centre[1] - size * len(lines) / 2
    for number, line in enumerate(lines):
        left, upper = box.left + 1, top + size * number
        for sign in line:
            wide = size * _width(sign)
            place = Box(left, upper, left + wide, upper + size)
            yield Glyph(sign, place, upper + 0.85 * size)
            left += wide


def _width(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.55


def without_printed_boxes(glyphs: list[Glyph], ticks: list[Box]) -> list[Glyph]:
    """The signs of a page without the boxes printed under its tick boxes."""
    return [
        glyph
        for glyph in glyphs
        if glyph.text not in _BOXES or not any(_covers(box, glyph.box) for box in ticks)
    ]


def _covers(box: Box, other: Box) -> bool:
    x, y = other.centre
    return box.left - 1 <= x <= box.right + 1 and box.top - 1 <= y <= box.bottom + 1
