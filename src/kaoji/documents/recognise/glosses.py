"""Captions that a form prints in two languages: 项目名称 Project Name. The Chinese half is the caption."""

from __future__ import annotations

import re
from dataclasses import replace

from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.captions import is_any_caption, is_title
from kaoji.documents.recognise.labels import is_label

_LONGEST = 120
# (B/A) and the like are part of a caption: three letters in a row make a word; .doc is the end of a file's name.
_GLOSS = re.compile(r"(?<!\.)\s*[(（/]?\s*[A-Za-z]{3}[A-Za-z0-9 .,'’&/\-]*[)）]?")
_LATIN, _CHINESE = re.compile(r"[A-Za-z]{3}"), re.compile(r"[\u4e00-\u9fff]{2}")


def without_gloss(row: Row) -> Row:
    """The row whose captions, classes and title have no second language."""
    if not any(_LATIN.search(cell.text[:_LONGEST]) for cell in row.cells):
        return row
    return replace(row, cells=tuple(map(_without, row.cells)))


def _without(cell: Cell) -> Cell:
    if not _LATIN.search(cell.text[:_LONGEST]):
        return cell
    own = "|".join(map(_caption_in, cell.text.split("|")))  # a line with one pipe is one cell
    return replace(cell, text=own.strip()) if own != cell.text else cell


def _caption_in(text: str) -> str:
    """The Chinese half of a caption; any other text as it is."""
    plain = text.strip()
    if len(plain) > _LONGEST or not (_LATIN.search(plain) and _CHINESE.match(plain)):
        return text
    own = _GLOSS.sub("", plain).strip()
    return own if is_any_caption(own) or is_label(own) or is_title(own) else text
