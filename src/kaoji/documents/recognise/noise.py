"""Rows that carry no content: drawn lines and page numbers. They are left out and told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaoji.core.speech import Sentence, say
from kaoji.core.width import squeeze, without_unfit
from kaoji.documents.manuscript import Row
from kaoji.documents.reading import Problem
from kaoji.documents.recognise.labels import is_label
from kaoji.documents.recognise.shapes import target

_RULE = re.compile(r"[-=:_—–―+*\s]+")
_PAGE_NUMBER = re.compile(
    r"[-—\s]*(?:\d{1,3}$|第?\s*\d{1,4}\s*页|\d{1,4}\s*/\s*\d{1,4}|[-—]\s*\d{1,4}\s*[-—])[\s,，共页\d]*$"
)
_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_LONGEST = 40


def noise_in(rows: Sequence[Row]) -> dict[int, Sentence]:
    """The places of the rows without content, and what is said of each."""
    found: dict[int, Sentence] = {}
    # Where cells stand one a line a bare number is a cell; among rows of cells it numbers a page.
    in_rows = sum(len(row.cells) > 1 for row in rows) * 2 > len(rows)
    for place, row in enumerate(rows):
        if is_rule(row):
            found[place] = say("跳过了分隔线")
        elif is_page_number(rows, place, in_rows=in_rows):
            found[place] = say("跳过了页码“{text}”", text=row.filled[0].text)
    return found


def is_rule(row: Row) -> bool:
    """Is it a drawn line such as `-- | ---`? A lone sign of equality is a cell."""
    texts = [cell.text.replace("|", "").strip() for cell in row.filled]
    drawn = all(_RULE.fullmatch(text) and len(text) > 1 and text != "==" for text in texts)
    return bool(texts) and drawn


def is_page_number(rows: Sequence[Row], place: int, *, in_rows: bool = False) -> bool:
    """Is it the number of a page, alone in its row?

    A bare number only at the edge of a page or of a fragment of a text that is *in_rows*.
    """
    texts = [cell.text for cell in rows[place].filled]
    if len(texts) != 1 or len(texts[0]) > _LONGEST or not _PAGE_NUMBER.match(texts[0]):
        return False
    row = rows[place]
    if not _BARE_NUMBER.fullmatch(texts[0]):
        return True
    if row.origin.table is not None:
        return False
    around = [rows[n] for n in (place - 1, place + 1) if 0 <= n < len(rows)]
    if row.origin.page is not None:
        return len(around) < 2 or any(near.origin.page != row.origin.page for near in around)
    if place and _lacks_a_cell(rows[place - 1]):
        return False
    apart = any(near.fragment != row.fragment for near in around)
    return in_rows and (apart or len(row.cells) > 1)


def _lacks_a_cell(row: Row) -> bool:
    """A row of indicators without its target: the number below it is no number of a page."""
    texts = [cell.text for cell in row.filled]
    labelled = len(row.cells) > len(texts) > 1 and any(map(is_label, texts[:2]))
    return labelled and not any(target(text).measurable for text in texts)


def fit_to_keep(row: Row, problems: list[Problem]) -> Row:
    """The row without signs that no database and no document can hold; their loss is told."""
    cleaned = [without_unfit(cell.text) for cell in row.cells]
    count = sum(lost for _, lost in cleaned)
    if not count:
        return row
    problems.append(
        Problem(say("去掉了 {count} 个无法显示的控制字符", count=count), row.origin)
    )
    cells = (
        replace(cell, text=text.strip())
        for cell, (text, _) in zip(row.cells, cleaned, strict=True)
    )
    return replace(row, cells=tuple(cells))


def contents_in(rows: Sequence[Row]) -> range:
    """The places of a table of contents, which says nothing of its own."""
    texts = [squeeze("".join(cell.text for cell in row.filled)) for row in rows]
    if "目录" not in texts:
        return range(0)
    begin = end = texts.index("目录")
    while end + 1 < len(rows) and (
        _CONTENTS_ENTRY.search(texts[end + 1]) or is_page_number(rows, end + 1)
    ):
        end += 1
    return range(begin, end + 1)


# 残疾人福利 .......... 2
_CONTENTS_ENTRY = re.compile(r"(?<![.…·])[.…·]{3,}+\d+$")
