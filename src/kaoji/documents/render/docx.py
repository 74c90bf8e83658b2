"""Forms as a Word document: the official table on A4, each form beginning a page.

Word repeats only rows at the very top of a table on each page; the heading of the indicators
stands in the middle, so it is repeated in PDF and Excel, not here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.simpletypes import ST_Merge
from docx.shared import Mm, Pt
from docx.table import _Cell

from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Printable, Sheet, lay_out

_A4_SHORT, _A4_LONG, _MARGIN = 210, 297, 15
# Equal forms give equal bytes: no clock, no random names.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ALIGNMENT = {
    "amount": WD_ALIGN_PARAGRAPH.RIGHT,
    "text": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "value": WD_ALIGN_PARAGRAPH.LEFT,
}


def render_docx(
    forms: Iterable[Printable], *, preface: Callable[[Any], None] | None = None
) -> bytes:
    """Write the forms as one .docx, each beginning a page; *preface* writes what stands before them."""
    document = docx.Document()
    set_up(document, title="财政项目支出绩效目标申报表")
    if preface:
        _turn(document.sections[0], landscape=False)
        preface(document)
    for number, form in enumerate(forms):
        sheet = lay_out(form)
        section = document.add_section() if number or preface else document.sections[0]
        _turn(section, landscape=sheet.landscape)
        _write_form(document, sheet)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def set_up(document: Any, *, title: str) -> None:
    """Song letters, page numbers, no clock."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.author, properties.title = "kaoji", title
    properties.created = properties.modified = _NO_TIME.replace(tzinfo=None)
    _number_pages(document.sections[0].footer.paragraphs[0])


def _turn(section: Any, *, landscape: bool) -> None:
    """A4, upright or on its side."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    short, long = Mm(_A4_SHORT), Mm(_A4_LONG)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(18)


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _write_form(document: Any, sheet: Sheet) -> None:
    title = document.add_paragraph(sheet.title)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size, title.runs[0].bold = Pt(18), True
    document.add_paragraph(sheet.year_line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=len(sheet.rows), cols=len(sheet.widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(sheet.widths)
    room = (_A4_LONG if sheet.landscape else _A4_SHORT) - 2 * _MARGIN
    widths = [Mm(room * width / whole) for width in sheet.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows = table._tbl.tr_lst
    cells = [list(row.tc_lst) for row in rows]
    gone: list[Any] = []
    for y, x, cell in sheet.placed():
        cells[y][x].width = sum(widths[x : x + cell.colspan])
        _span(cells, y, x, cell, gone)
        _write_cell(_Cell(cells[y][x], table), cell)
    for covered in gone:
        covered.getparent().remove(covered)


def _span(cells: list[list[Any]], y: int, x: int, cell: SheetCell, gone: list[Any]) -> None:
    """Let a cell reach over rows and columns; python-docx's own merge recurses once for each row."""
    for below in range(cell.rowspan):
        first = cells[y + below][x]
        if cell.colspan > 1:
            first.grid_span = cell.colspan
            gone += cells[y + below][x + 1 : x + cell.colspan]
        if cell.rowspan > 1:
            first.vMerge = ST_Merge.CONTINUE if below else ST_Merge.RESTART


def _write_cell(target: Any, cell: SheetCell) -> None:
    target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = cell.text.split("\n")
    for number, line in enumerate(lines):
        paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
        paragraph.text = line
        paragraph.alignment = _ALIGNMENT.get(cell.role, WD_ALIGN_PARAGRAPH.CENTER)


def without_clock(content: bytes) -> bytes:
    """The same archive with a fixed time for every entry."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            copy = zipfile.ZipInfo(entry.filename, _NO_TIME.timetuple()[:6])
            copy.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(copy, old.read(entry.filename))
    return buffer.getvalue()
