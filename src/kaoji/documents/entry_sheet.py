"""A spreadsheet with one row for each entry, read by the captions of its columns.

Every field knows the captions that it usually stands under; where a sheet names a column
otherwise, somebody says once which one it is, and *columns* keeps it. What cannot be read is
refused row by row, with its line; what was left out is told.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow, squeeze
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.sheet_values import adds_others_up, sheet_number

_MOST_ROWS = 20_000


@dataclass(frozen=True)
class SheetColumn:
    """One field of an entry: its name, the captions it stands under, whether it must be there.

    What *spans* several rows in one merged cell holds for each of them; an amount never does.
    *alike* tells of a caption that is not among the usual ones whether it is the field's all the same.
    """

    name: str
    captions: tuple[str, ...]
    needed: bool = False
    spans: bool = False
    alike: Callable[[str], bool] | None = None

    @property
    def title(self) -> str:
        """What it is called to people."""
        return self.captions[0]


class Refused(Exception):
    """A cell that cannot be read; the sentence says which and what to write."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


Line = tuple[int, Mapping[str, str]]


@dataclass(frozen=True)
class Unread:
    """A column that no field was found for, and what stands in it, by line. It is never passed over in silence."""

    caption: str
    cells: tuple[tuple[int, str], ...]

    @property
    def told(self) -> Sentence:
        """That it was left out, with an example."""
        return say(
            "“{caption}”这一列没有导入（{count} 格，例如“{first}”）",
            caption=self.caption,
            count=len(self.cells),
            first=self.cells[0][1][:40],
        )


@dataclass(frozen=True)
class EntrySheet:
    """A sheet read: its captions, which column each field was found in, lines, sums, refusals.

    *lines* pair a line's number with its texts by field; *sums* are the rows that add others up.
    *around* are the texts above the captions and the sheet's name, *left_out* is what was not
    taken and why that is right, *unread* are columns that say something and belong to no field.
    """

    captions: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    sums: tuple[Line, ...] = ()
    refusals: tuple[Sentence, ...] = ()
    around: tuple[str, ...] = ()
    left_out: tuple[Sentence, ...] = ()
    unread: tuple[Unread, ...] = ()


def read_entries(
    rows: Iterable[Row],
    fields: Sequence[SheetColumn],
    *,
    columns: Mapping[str, str] | None = None,
    has_sums: bool = True,
    least: int = 2,
) -> EntrySheet:
    """Find the row of captions, at least so many of which are known, and read what stands below it.

    *columns* says by field under which caption it stands, where that was settled before; without
    *has_sums* every row is an entry, whatever it says.
    """
    lines = list(rows)
    texts = [texts_of(row) for row in lines]
    settled = dict(columns or {})
    head = next(
        (at for at, line in enumerate(texts) if len(_found(line, fields, settled)) >= least),
        None,
    )
    if head is None:
        wanted = "、".join(item.title for item in fields)
        return EntrySheet(
            refusals=(say("没有找到表头；第一行请写：{captions}", captions=wanted),)
        )
    captions = tuple(text for text in texts[head] if text)
    found = _found(texts[head], fields, settled)
    missing = [item.title for item in fields if item.needed and item.name not in found]
    if missing:
        reason = say("没有认出这些列：{names}；请在下面指定", names="、".join(missing))
        return EntrySheet(captions, found, refusals=(reason,))
    if len(lines) - head > _MOST_ROWS:
        return EntrySheet(
            captions, found, refusals=(say("一次不超过 {most} 行", most=_MOST_ROWS),)
        )
    table = _Table(fields, settled, {n: texts[head].index(c) for n, c in found.items()})
    for at in range(head + 1, len(lines)):
        table.take(lines[at], texts[at], line_number(lines[at], at + 1), has_sums=has_sums)
    if not table.lines and not table.refusals:
        table.refusals.append(say("表头下面没有内容"))
    return EntrySheet(
        captions,
        found,
        tuple(table.lines),
        tuple(table.sums),
        tuple(table.refusals),
        tuple(_around(lines[: head + 1], texts[:head])),
        tuple(table.left_out),
        tuple(table.unread(texts[head])),
    )


@dataclass
class _Table:
    """The rows below the captions, sorted as they come: entries, sums, refusals."""

    fields: Sequence[SheetColumn]
    settled: Mapping[str, str]
    places: Mapping[str, int]
    lines: list[Line] = field(default_factory=list)
    sums: list[Line] = field(default_factory=list)
    refusals: list[Sentence] = field(default_factory=list)
    left_out: list[Sentence] = field(default_factory=list)
    _spanning: dict[str, str] = field(default_factory=dict)
    _whole: list[tuple[int, Sequence[str]]] = field(default_factory=list)

    def take(self, row: Row, texts: Sequence[str], number: int, *, has_sums: bool) -> None:
        """Sort one row."""
        if not any(texts):
            return
        if self._repeats_captions(texts, number):
            return
        line = {name: self._text(name, row, texts) for name in self.places}
        if has_sums and any(adds_others_up(text) for text in line.values()):
            self.sums.append((number, line))
            return
        flaws = list(self._flaws(row))
        for title, flaw in flaws:
            told = say("第 {line} 行“{title}”：{why}", line=number, title=title, why=flaw)
            self.refusals.append(told)
        if not flaws:
            self.lines.append((number, line))
            self._whole.append((number, texts))

    def unread(self, captions: Sequence[str]) -> list[Unread]:
        """The columns beside those of the fields in which some entry says something."""
        return unread_columns([(0, captions), *self._whole], set(self.places.values()))

    def _text(self, name: str, row: Row, texts: Sequence[str]) -> str:
        """The text of a field; a merged cell holds for all the rows that it spans."""
        item = next(item for item in self.fields if item.name == name)
        cell = _cell(row, self.places[name])
        if item.spans and cell is not None and cell.covered and cell.from_above:
            return self._spanning.get(name, "")
        at = self.places[name]
        text = texts[at].strip() if at < len(texts) else ""
        self._spanning[name] = text
        return text

    def _flaws(self, row: Row) -> Iterator[tuple[str, Sentence]]:
        for item in self.fields:
            cell = _cell(row, self.places[item.name]) if item.name in self.places else None
            if cell is not None and cell.flaw is not None:
                yield item.title, cell.flaw

    def _repeats_captions(self, texts: Sequence[str], number: int) -> bool:
        """Is it the heading again, as sheets print it on each page? Another order is another table."""
        found = _found(texts, self.fields, self.settled)
        if len(found) < max(min(2, len(self.places)), len(self.places) - 1):
            return False
        if all(texts.index(caption) == self.places.get(n) for n, caption in found.items()):
            self.left_out.append(say("第 {line} 行是重复的表头", line=number))
        else:
            self.refusals.append(
                say("第 {line} 行又是一个表头，各列次序不同；请分成两张表导入", line=number)
            )
        return True


def amount_in(text: str, title: str) -> Decimal:
    """A count or another number, thousands separators allowed. Raises Refused."""
    number = sheet_number(text)
    if number is None:
        raise Refused(say("“{title}”“{text}”不是数", title=title, text=text))
    return number


def day_in(text: str) -> date:
    """A day. Raises Refused."""
    try:
        return read_date(text)
    except UnreadableDate as refusal:
        raise Refused(refusal.sentence) from refusal


def _found(
    texts: Sequence[str], fields: Sequence[SheetColumn], settled: Mapping[str, str]
) -> dict[str, str]:
    """By field the caption it stands under in this row."""
    plain = {squeeze(narrow(text)): text for text in texts if text}
    found: dict[str, str] = {}
    for item in fields:
        wanted = (settled[item.name],) if item.name in settled else item.captions
        if item.name in settled and squeeze(narrow(settled[item.name])) not in plain:
            wanted = item.captions  # it stood elsewhere in the last sheet
        for caption in wanted:
            text = plain.get(squeeze(narrow(caption)))
            if text is not None and text not in found.values():
                found[item.name] = text
                break
        else:
            free = (text for text in plain.values() if text not in found.values())
            text = next((text for text in free if item.alike and item.alike(text)), None)
            if text is not None:
                found[item.name] = text
    return found


def unread_columns(
    lines: Sequence[tuple[int, Sequence[str]]], known: Container[int]
) -> list[Unread]:
    """The columns beside the *known* ones that say something; the first line holds the captions."""
    (_, captions), *entries = lines
    found: dict[int, list[tuple[int, str]]] = {}
    for number, texts in entries:
        for at, text in enumerate(texts):
            if text.strip() and at not in known:
                found.setdefault(at, []).append((number, text.strip()))
    named = {at: text for at, text in enumerate(captions) if text}
    return [
        Unread(named.get(at) or column_name(at), tuple(cells))
        for at, cells in sorted(found.items())
    ]


def column_name(at: int) -> str:
    """What a spreadsheet calls its column: A, B … Z, AA …"""
    name, left = "", at + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _around(rows: Sequence[Row], texts: Sequence[Sequence[str]]) -> Iterator[str]:
    """What stands above the captions, and the name of the sheet: where the unit of money is told."""
    for line in texts:
        yield from filter(None, line)
    if rows and rows[-1].origin.sheet:
        yield rows[-1].origin.sheet


def line_number(row: Row, at: int) -> int:
    """The number that the row has in the file, as people see it."""
    return row.origin.line or row.origin.row or at


def texts_of(row: Row) -> list[str]:
    """The cells of a row; a few columns of CSV may have been taken for prose with commas."""
    texts = [(cell.text or "").strip() for cell in row.cells]
    if len(texts) == 1 and "," in texts[0]:
        [texts] = csv.reader(texts)
    return texts


def _cell(row: Row, column: int) -> Cell | None:
    return row.cells[column] if column < len(row.cells) else None
