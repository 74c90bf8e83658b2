"""Lines and cells that carry no content: side labels in pieces, rules, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaoji.core.speech import say
from kaoji.core.width import squeeze, without_unfit
from kaoji.documents.manuscript import Row
from kaoji.documents.reading import Problem
from kaoji.documents.recognise.notes import Notes
from kaoji.standards.layouts import Layout, bare

_RULE = re.compile(r"[-=:_—–―|+*\s]+$")
_PAGE_NUMBER = re.compile(
    r"[-—\s]*(?:\d{1,3}$|第?\s*\d{1,4}\s*页|\d{1,4}\s*/\s*\d{1,4}|[-—]\s*\d{1,4}\s*[-—])[\s,，共页\d]*$"
)


def is_side_label(text: str, layout: Layout) -> bool:
    """Is it a label that runs down the side of the table, or a piece of one?"""
    piece = bare(text)
    return bool(piece) and any(piece in label for label in layout.side_labels)


def without_noise(rows: Sequence[Row], notes: Notes) -> list[Row]:
    """The rows that carry content; drawn lines and page numbers are told as repairs."""
    content = []
    for row in rows:
        if is_rule(row):
            notes.repair("form", say("跳过了分隔线"), row.origin)
        elif is_page_number(row):
            notes.repair("form", say("跳过了页码“{text}”", text=row.filled[0].text), row.origin)
        else:
            content.append(row)
    return content


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


def without_contents(rows: Sequence[Row]) -> list[Row]:
    """The rows before the first form without a table of contents, which says nothing of its own."""
    texts = [squeeze("".join(cell.text for cell in row.filled)) for row in rows]
    if "目录" not in texts:
        return list(rows)
    begin = texts.index("目录")
    end = begin + 1
    while end < len(rows) and (_CONTENTS_ENTRY.search(texts[end]) or is_page_number(rows[end])):
        end += 1
    return [*rows[:begin], *rows[end:]]


# 残疾人福利 .......... 2
_CONTENTS_ENTRY = re.compile(r"(?<![.…·])[.…·]{3,}+\d+$")


def is_footer(text: str, layout: Layout) -> bool:
    """Does it begin a line below the table: a signature, a note, an opinion?"""
    begin = bare(text)
    return any(begin.startswith(word) for word in layout.footers)


def is_rule(row: Row) -> bool:
    """Is it a drawn line such as `-- | ---`?"""
    return bool(row.filled) and all(
        _RULE.match(cell.text) and len(cell.text) > 1 for cell in row.filled
    )


def is_page_number(row: Row) -> bool:
    """Is it the number of a page, alone in its row?"""
    texts = [cell.text for cell in row.filled]
    return len(texts) == 1 and len(texts[0]) <= 40 and bool(_PAGE_NUMBER.match(texts[0]))
