"""Plain text becomes rows: tabs, commas, Markdown pipes, or columns aligned with blanks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.manuscript import (
    MOST_CELLS_IN_ROW,
    Cell,
    Manuscript,
    Omission,
    Row,
    Source,
    within_limit,
)
from kaoji.documents.read.carried import uncarried
from kaoji.documents.read.commas import comma_rows, is_comma_separated
from kaoji.documents.read.encoding import decoded
from kaoji.documents.read.previews import preview_parts, without_mark
from kaoji.documents.read.refusals import DocumentTooLarge, EmptyDocument
from kaoji.documents.read.torn_rows import torn_rows

MAX_BYTES = 32_000_000

_LONGEST_ALIGNED_LINE = 4_000
_MOST_COLUMNS = 40
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060 \t\r\n\f\v\xa0\u3000"
_GAP = re.compile(r"(?: {2,}|\u3000+ *)+")
_PIPE = re.compile(r"(?<!\\)[|｜]")


@dataclass(frozen=True)
class _Line:
    """One line of text and where it stands."""

    text: str
    page: int | None
    number: int
    fragment: int


def read_text(content: bytes, *, name: str) -> Manuscript:
    """Read plain text. Raises UnreadableDocument when the bytes are no text or too many."""
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(len(content), MAX_BYTES)
    if not content.strip():
        raise EmptyDocument
    found = decoded(content)
    text, omissions = found.text, tuple(map(_strange, found.strange))
    if not text.strip("\ufeff \t\r\n\f\v\u3000"):
        raise EmptyDocument
    text, carried = uncarried(text)
    omissions += carried
    if is_comma_separated(text):
        source = Source(name, hashlib.sha256(content).hexdigest(), "text/csv")
        rows = tuple(_comma_rows(text))
        broken = (
            row.origin for row in rows if any("\ufffd" in cell.text for cell in row.cells)
        )
        return Manuscript(source, rows, tuple(broken), omissions=omissions)
    parts = preview_parts([line for _, line in numbered_lines(text)])
    lines = list(_lines(text, parts))
    omissions += tuple(map(_put_together, parts))
    source = Source(name, hashlib.sha256(content).hexdigest(), "text/plain")
    damaged = tuple(Origin(line.page, line.number) for line in lines if "\ufffd" in line.text)
    return Manuscript(source, tuple(_rows(lines)), damaged, omissions=omissions)


def _strange(line: int) -> Omission:
    """Tells of a line in another encoding."""
    return Omission(
        say("该行的编码与全文不同，已按它自己的编码读取，请核对"), Origin(line=line)
    )


def _put_together(parts: list[int]) -> Omission:
    """Tells of a text that a preview had cut into numbered parts."""
    told = say("一段文字被分成 {count} 段（“1、”“2、”……），已接成一段", count=len(parts))
    return Omission(told, Origin())


def _comma_rows(text: str) -> Iterator[Row]:
    """Records become rows; a blank record begins a fragment."""
    fragment, after_gap = 0, False
    for number, texts in comma_rows(text.lstrip("\ufeff")):
        cells = tuple(
            Cell(_clean(text or ""), Origin(line=number, column=column))
            for column, text in enumerate(within_limit(texts), start=1)
        )
        if not any(cell.text for cell in cells):
            after_gap = True
            continue
        fragment += after_gap
        after_gap = False
        yield Row(cells, fragment)


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with the numbers by which places refer to them."""
    yield from enumerate(re.split(r"\r\n|\r|\n", text), start=1)


def _whole_rows(text: str, previews: Sequence[Sequence[int]]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; what was torn over several is one, at its first."""
    lines = list(numbered_lines(text))
    torn = torn_rows([line for _, line in lines]) if "|" in text or "｜" in text else {}
    for first, *more in previews:
        parts = [without_mark(lines[place][1]) for place in (first, *more)]
        lines[first] = (lines[first][0], "".join(parts))
        for place in more:
            lines[place] = (lines[place][0], "")
    place = 0
    while place < len(lines):
        last = torn.get(place, place)
        number = lines[place][0]
        yield number, " ".join(line for _, line in lines[place : last + 1])
        place = last + 1


def _lines(text: str, previews: Sequence[Sequence[int]]) -> Iterator[_Line]:
    """The lines that hold text, with their page (None where no page break occurs)."""
    paged = "\f" in text
    page, fragment, after_gap = 1, 0, False
    for number, line in _whole_rows(text, previews):
        for place, piece in enumerate(line.split("\f")):
            page += place > 0
            after_gap = after_gap or place > 0
            bare = piece.replace("\v", " ").lstrip("\ufeff")
            if not _clean(bare).strip("|｜ "):
                after_gap = True
                continue
            fragment += after_gap
            after_gap = False
            yield _Line(bare, page if paged else None, number, fragment)


def _rows(lines: list[_Line]) -> Iterator[Row]:
    aligned = {line: cells for block in _aligned_blocks(lines) for line, cells in block}
    for line in lines:
        texts = aligned.get(line) or _split(line.text)
        cells = tuple(
            Cell(_clean(text), Origin(line.page, line.number, column))
            for column, text in enumerate(texts, start=1)
        )
        yield Row(cells, line.fragment)


def _clean(text: str) -> str:
    """Without white space at both ends, invisible signs included."""
    return text.strip(_INVISIBLE).strip()


def _split(text: str) -> list[str]:
    if "\t" in text:
        return text.split("\t", MOST_CELLS_IN_ROW)
    if len(_PIPE.findall(text)) >= 2:
        outer = re.sub(r"^\s*[|｜]|[|｜]\s*$", "", text)
        return [cell.replace("\\|", "|") for cell in _PIPE.split(outer, MOST_CELLS_IN_ROW)]
    return [text]


def _aligned_blocks(lines: list[_Line]) -> Iterator[list[tuple[_Line, list[str]]]]:
    """Runs of lines whose cells are separated by two blanks or more, put into columns."""
    run: list[_Line] = []
    for line in [*lines, None]:
        if (
            line is not None
            and _is_aligned(line)
            and (not run or run[-1].fragment == line.fragment)
        ):
            run.append(line)
            continue
        # One line alone is prose with a gap in it: columns need a second line to be seen.
        if len(run) > 1:
            yield _into_columns(run)
        run = [line] if line is not None and _is_aligned(line) else []


def _is_aligned(line: _Line) -> bool:
    inner = line.text.strip()
    if len(inner) > _LONGEST_ALIGNED_LINE:
        return False
    return "\t" not in line.text and not _PIPE.search(line.text) and bool(_GAP.search(inner))


def _into_columns(run: list[_Line]) -> list[tuple[_Line, list[str]]]:
    pieces = {line: _pieces(line.text) for line in run}
    starts = sorted({start for parts in pieces.values() for start, _ in parts})
    columns = [start for i, start in enumerate(starts) if i == 0 or start - starts[i - 1] > 1]
    if len(columns) > _MOST_COLUMNS:  # prose with wide gaps, no table
        return [(line, [text for _, text in pieces[line]]) for line in run]
    result = []
    for line in run:
        texts = [""] * len(columns)
        for start, text in pieces[line]:
            column = max(bisect_right(columns, start + 1) - 1, 0)
            while column < len(texts) and texts[column]:
                column += 1
            if column == len(texts):
                texts.append("")
            texts[column] = text
        result.append((line, texts))
    return result


def _pieces(text: str) -> list[tuple[int, str]]:
    """The cells of an aligned line with the screen column at which each begins."""
    found, position, column = [], 0, 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        piece = text[position:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            found.append((column + lead, piece.strip()))
        column += _width(text[position : gap.end() if gap else end])
        position = gap.end() if gap else end
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
