"""A spreadsheet with one row for each entry, read by the captions of its columns.

Every field knows the captions that it usually stands under; where a sheet names a column
otherwise, somebody says once which one it is, and *columns* keeps it. What cannot be read is
refused row by row, with its line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow, squeeze
from kaoji.documents.manuscript import Row

# A cell that says no more than this marks a row that adds others up.
_SUM = re.compile(r"^(?:本[页月季年])?(?:合计|总计|小计|总额)(?:金额|数)?(?:\(.*\))?:?$")
_MOST_ROWS = 20_000


@dataclass(frozen=True)
class LedgerField:
    """One field of an entry: its name, the captions it stands under, whether it must be there."""

    name: str
    captions: tuple[str, ...]
    needed: bool = False

    @property
    def title(self) -> str:
        """What it is called to people."""
        return self.captions[0]


class Refused(Exception):
    """A cell that cannot be read; the sentence says which and what to write."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Ledger:
    """A sheet read: its captions, which column each field was found in, lines, sums, refusals.

    *lines* pair a line's number with its texts by field; *sums* are the rows that add others up.
    """

    captions: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[tuple[int, Mapping[str, str]], ...] = ()
    sums: tuple[tuple[int, Mapping[str, str]], ...] = ()
    refusals: tuple[Sentence, ...] = ()


def read_ledger(
    rows: Iterable[Row],
    fields: Sequence[LedgerField],
    *,
    columns: Mapping[str, str] | None = None,
    has_sums: bool = True,
) -> Ledger:
    """Find the row of captions and read what stands below it.

    *columns* says by field under which caption it stands, where that was settled before; without
    *has_sums* every row is an entry, whatever it says.
    """
    lines = [(line_number(row, at), texts_of(row)) for at, row in enumerate(rows, start=1)]
    settled = dict(columns or {})
    head = next(
        (at for at, (_, texts) in enumerate(lines) if len(_found(texts, fields, settled)) >= 2),
        None,
    )
    if head is None:
        wanted = "、".join(item.title for item in fields)
        return Ledger(refusals=(say("没有找到表头；第一行请写：{captions}", captions=wanted),))
    captions = tuple(text for text in lines[head][1] if text)
    found = _found(lines[head][1], fields, settled)
    missing = [item.title for item in fields if item.needed and item.name not in found]
    if missing:
        reason = say("没有认出这些列：{names}；请在下面指定", names="、".join(missing))
        return Ledger(captions, found, refusals=(reason,))
    at = {name: lines[head][1].index(caption) for name, caption in found.items()}
    body = [
        (number, {name: _cell(texts, place) for name, place in at.items()})
        for number, texts in lines[head + 1 :]
        if any(texts)
    ]
    if len(body) > _MOST_ROWS:
        return Ledger(captions, found, refusals=(say("一次不超过 {most} 行", most=_MOST_ROWS),))
    sums = tuple(line for line in body if has_sums and _adds_up(line[1]))
    kept = tuple(line for line in body if not (has_sums and _adds_up(line[1])))
    refusals = () if kept else (say("表头下面没有内容"),)
    return Ledger(captions, found, kept, sums, refusals)


def amount_in(text: str, title: str) -> Decimal:
    """An amount of money or a count, thousands separators allowed. Raises Refused."""
    number = number_in_cell(text)
    if number is None:
        raise Refused(say("“{title}”“{text}”不是数", title=title, text=text))
    return number


def number_in_cell(text: str) -> Decimal | None:
    """The number of a cell; None for a text that is none."""
    plain = narrow(text).replace(",", "").replace("¥", "").replace("元", "").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None


def day_in(text: str) -> date:
    """A day. Raises Refused."""
    try:
        return read_date(text)
    except UnreadableDate as refusal:
        raise Refused(refusal.sentence) from refusal


def _found(
    texts: Sequence[str], fields: Sequence[LedgerField], settled: Mapping[str, str]
) -> dict[str, str]:
    """By field the caption it stands under in this row."""
    plain = {squeeze(narrow(text)): text for text in texts if text}
    found: dict[str, str] = {}
    for item in fields:
        wanted = [settled[item.name]] if item.name in settled else item.captions
        for caption in wanted:
            text = plain.get(squeeze(narrow(caption)))
            if text is not None and text not in found.values():
                found[item.name] = text
                break
    return found


def _adds_up(line: Mapping[str, str]) -> bool:
    return any(_SUM.match(squeeze(narrow(text))) for text in line.values())


def line_number(row: Row, at: int) -> int:
    """The number that the row has in the file, as people see it."""
    return row.origin.line or row.origin.row or at


def texts_of(row: Row) -> list[str]:
    """The cells of a row; a few columns of CSV may have been taken for prose with commas."""
    texts = [(cell.text or "").strip() for cell in row.cells]
    if len(texts) == 1 and "," in texts[0]:
        [texts] = csv.reader(texts)
    return texts


def _cell(texts: Sequence[str], column: int) -> str:
    return texts[column].strip() if column < len(texts) else ""
