"""Forms as a PDF: the official table on A4 with a text layer, bookmarks and page numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal

import typst

from kaoji.documents.reading import FormReading
from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Printable, Sheet, lay_out

_TEMPLATE = files("kaoji.documents.render").joinpath("form.typ")
# Millimetres: between the margins, at both sides of a cell, the widest Latin sign.
_ROOM_PORTRAIT, _ROOM_LANDSCAPE = 180, 267
_PADDING, _WIDEST_SIGN = 2.8, 3.3
# The end of a page parts no row, and no label from its rows, that have not more lines than this.
_MOST_LINES_OF_A_ROW, _MOST_LINES_TOGETHER = 40, 24
_WIDER_CHINESE = 1.2
# Readers of PDF files take blanks for gaps and gaps for blanks; an invisible sign behind each
# blank says that it is one: INVISIBLE SEPARATOR, and INVISIBLE PLUS for a wide blank. Only a
# blank at which a line ends is cut off with its sign.
_MARKED = str.maketrans({" ": " \u2063", "\u3000": "\u3000\u2064"})
_HAN = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
# The end of one piece of Chinese, what cannot be parted, the beginning of the next.
_UNBROKEN = re.compile(rf"[{_HAN}]?(?:[^{_HAN}\s]+[{_HAN}]?)+")
# Song-style faces that hold all Chinese signs, the free ones first.
_FAMILIES = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "SimSun")
# The face that comes with us: enough for every form, wherever it runs (fonts/OFL.txt).
_OUR_OWN = "Kaoji Song"
_OUR_FONTS = files("kaoji.documents.render").joinpath("fonts")


def render_pdf(
    forms: Iterable[Printable],
    *,
    contents: bool = False,
    cover: Mapping[str, Any] | None = None,
) -> bytes:
    """Write the forms as one PDF, each beginning a page; equal forms give equal bytes.

    *contents* puts a page in front that lists the forms with their pages, *cover* a letter
    (see letter.py).

    """
    families, forms = fonts(), list(forms)
    sheets = [_sheet(lay_out(form)) for form in forms]
    data = {
        "title": cover["title"] if cover else sheets[0]["title"] if sheets else "",
        "author": cover["sender"] if cover else _office(forms),
        "fonts": families,
        "sheets": sheets,
        "contents": contents,
        "cover": cover,
    }
    return compiled(_TEMPLATE.read_bytes(), {"data": json.dumps(data)})


def _office(forms: Sequence[Printable]) -> str:
    """Whose forms they are: the unit that all of them name, else its department, else our own name."""
    declared = [
        form.form if isinstance(form, FormReading) else form
        for form in forms
        if not isinstance(form, Sheet)
    ]
    for name in ("implementing_unit", "department"):
        named = {getattr(form, name) for form in declared}
        if len(named) == 1 and (office := named.pop()):
            return str(office)
    return "kaoji"


def compiled(
    template: bytes,
    inputs: dict[str, str],
    *,
    form: Literal["pdf", "png"] = "pdf",
    **more: Any,
) -> bytes:
    """A page set by typst, with the installed faces and our own."""
    with as_file(_OUR_FONTS) as folder:
        made = typst.compile(
            template, format=form, sys_inputs=inputs, font_paths=[str(folder)], **more
        )
    return bytes(made)


def fonts() -> list[str]:
    """The faces that have Chinese signs: the installed ones, the preferred first, then our own."""
    return [*(name for name in _FAMILIES if name in _installed_families()), _OUR_OWN]


@cache
def _installed_families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def _sheet(sheet: Sheet) -> dict[str, Any]:
    """The sheet in three parts; the heading of the indicator table is printed on every page."""
    heading, below = sheet.repeated, sheet.repeated + sheet.headings
    rows: list[list[dict[str, Any]]] = [[] for _ in sheet.rows]
    lines = [1] * len(sheet.rows)
    for y, x, cell in sheet.placed():
        if cell.rowspan == 1:
            lines[y] = max(lines[y], _lines(cell.text, _room(sheet, x, cell)))
    for y, x, cell in sheet.placed():
        most = _MOST_LINES_OF_A_ROW if cell.rowspan == 1 else _MOST_LINES_TOGETHER
        together = sum(lines[y : y + cell.rowspan]) <= most
        rows[y].append(_cell(cell, _room(sheet, x, cell), together=together))
    side = rows[heading][0]
    body = [cell for row in rows[below:] for cell in row]
    if side["rowspan"] > sheet.headings:
        # A heading that is printed on every page cannot reach into the rows below it: the label
        # down the side is cut in two, without a line between.
        rest = {**side, "text": "", "rowspan": side["rowspan"] - sheet.headings, "open": "top"}
        body.insert(0, rest)
        rows[heading][0] = {**side, "rowspan": sheet.headings, "open": "bottom"}
    return {
        "title": sheet.title,
        "year_line": sheet.year_line,
        "bookmark": sheet.name or "—",
        "widths": sheet.widths,
        "landscape": sheet.landscape,
        "head": [cell for row in rows[:heading] for cell in row],
        "heading": [cell for row in rows[heading:below] for cell in row],
        "body": body,
    }


def _room(sheet: Sheet, x: int, cell: SheetCell) -> int:
    """How many Latin signs surely fit into a line of the cell."""
    page = _ROOM_LANDSCAPE if sheet.landscape else _ROOM_PORTRAIT
    width = page * sum(sheet.widths[x : x + cell.colspan]) / sum(sheet.widths)
    return max(2, int((width - _PADDING) / _WIDEST_SIGN))


def _lines(text: str, room: int) -> int:
    """How many lines a text takes at most, where a line holds *room* Latin signs."""
    return sum(1 + int(_WIDER_CHINESE * len(line)) // room for line in text.split("\n"))


def _fitted(text: str, room: int) -> str:
    """The text with leave to break (ZERO WIDTH SPACE) where it might outgrow its cell.

    A line breaks between two Chinese signs and at blanks, hardly within Latin words and never
    before most punctuation: a piece without such a place may be wider than the cell.
    """
    return _UNBROKEN.sub(
        lambda piece: (
            "\u200b".join(piece[0]) if _WIDER_CHINESE * len(piece[0]) > room else piece[0]
        ),
        text,
    )


def _cell(cell: SheetCell, room: int, *, together: bool) -> dict[str, Any]:
    return {
        "open": None,
        "text": _fitted(cell.text, room).translate(_MARKED),
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "role": cell.role,
        "breakable": cell.role in {"text", "side"} or not together,
    }
