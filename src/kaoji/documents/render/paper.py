"""A paper of an office as Word: a title, headed sections of text and tables, who signs and when."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from kaoji.documents.render.docx import set_up, without_clock

_WIDE, _LONG, _MARGIN = 210, 297, 26
_AMOUNT = re.compile(r"[\d,]+\.\d\d%?")


@dataclass(frozen=True)
class Table:
    """A table of the paper: its caption, headings, relative widths, rows of text."""

    caption: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of the paper; of a letter the first one has no heading."""

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """The whole: *title* by lines, *signed* the lines at its end, *annexes* on pages of their own.

    A letter has its *reference* under the title, and whom it goes to before its first line.
    """

    title: tuple[str, ...]
    sections: Sequence[Section]
    signed: tuple[str, ...] = ()
    annexes: Sequence[Section] = ()
    reference: str = ""
    addressee: str = ""


def render_paper(paper: Paper) -> bytes:
    """The paper as .docx; equal papers give equal bytes."""
    document: Any = docx.Document()
    set_up(document, title="".join(paper.title))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_WIDE), Mm(_LONG)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    title = document.add_paragraph("\n".join(paper.title))
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.runs[0].font.size, title.runs[0].bold = Pt(18), True
    title.paragraph_format.space_after = Pt(14)
    if paper.reference:
        document.add_paragraph(paper.reference).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if paper.addressee:
        _text(document.add_paragraph(f"{paper.addressee}："))
    for part in paper.sections:
        _write(document, part)
    for line in paper.signed:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for part in paper.annexes:
        document.add_page_break()
        _write(document, part)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _write(document: Any, part: Section) -> None:
    if part.heading:
        heading = document.add_paragraph(part.heading)
        heading.runs[0].bold, heading.runs[0].font.size = True, Pt(14)
        heading.paragraph_format.space_before = Pt(10)
        heading.paragraph_format.keep_with_next = True
    for text in part.paragraphs:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Pt(24)
        _text(paragraph)
    for told in part.tables:
        _write_table(document, told)


def _text(paragraph: Any) -> None:
    paragraph.paragraph_format.line_spacing = 1.5
    for run in paragraph.runs:
        run.font.size = Pt(12)


def _write_table(document: Any, told: Table) -> None:
    if told.caption:
        caption = document.add_paragraph(told.caption)
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(8)
    table = document.add_table(rows=1 + len(told.rows), cols=len(told.headings))
    table.style, table.autofit = "Table Grid", False
    room = Mm(_WIDE - 2 * _MARGIN) / sum(told.widths)
    # Both, because LibreOffice reads the grid and Word the cells.
    for column, width in zip(table.columns, told.widths, strict=True):
        column.width = int(room * width)
    for number, texts in enumerate((told.headings, *told.rows)):
        for cell, text, width in zip(table.rows[number].cells, texts, told.widths, strict=True):
            cell.text, cell.width = text, int(room * width)
            paragraph = cell.paragraphs[0]
            if number == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.runs[0].bold = True
            elif _AMOUNT.fullmatch(text):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
