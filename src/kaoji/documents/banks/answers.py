"""Read what comes back from the bank: every fault at its line and column, and nothing half taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kaoji.benefits.fen import written_fen
from kaoji.benefits.payments import BankLine, Outcome
from kaoji.core.speech import Sentence, say
from kaoji.documents.banks.fields import Cell, UnfitCell, cells_of, read_cell
from kaoji.documents.banks.layout import Column, FileLayout


@dataclass(frozen=True)
class CellFault:
    """What is wrong at a line of the file, in a column where one is meant."""

    line: int
    column: int | None
    sentence: Sentence


@dataclass(frozen=True)
class ReturnReading:
    """A returned file as read. Its lines may be booked only when there are no *faults*.

    *numbers* are the lines' places in the file, as people count them.
    """

    lines: tuple[BankLine, ...]
    texts: tuple[str, ...]
    faults: tuple[CellFault, ...]
    sha256: str
    numbers: tuple[int, ...] = ()

    @property
    def usable(self) -> bool:
        """May its lines be booked?"""
        return not self.faults


def read_return(layout: FileLayout, content: bytes) -> ReturnReading:
    """Read a returned file by its layout, collecting every fault."""
    rows = [row for row in enumerate(content.splitlines(), start=1) if row[1].strip()]
    reader = _ReturnReader(layout)
    if not rows:
        reader.faults.append(CellFault(1, None, say("文件是空的，请重新下载")))
    head = rows[: bool(layout.head)]
    tail = rows[-1:] if layout.tail and len(rows) > len(head) else []
    for number, row in rows[len(head) : len(rows) - len(tail)]:
        reader.take(number, row)
    for columns, part in ((layout.head, head), (layout.tail, tail)):
        reader.compare(columns, part)
    digest = hashlib.sha256(content).hexdigest()
    return ReturnReading(
        tuple(reader.lines),
        tuple(reader.texts),
        tuple(reader.faults),
        digest,
        tuple(reader.numbers),
    )


class _ReturnReader:
    """Collects the lines and faults of one file."""

    def __init__(self, layout: FileLayout) -> None:
        self.layout = layout
        self.lines: list[BankLine] = []
        self.texts: list[str] = []
        self.numbers: list[int] = []
        self.faults: list[CellFault] = []

    def take(self, number: int, row: bytes) -> None:
        values = self._values(number, self.layout.columns, row)
        if values is None:
            return
        on, outcome, fen = values["day"], values["outcome"], values["amount"]
        if isinstance(on, date) and isinstance(outcome, Outcome) and isinstance(fen, int):
            place = int(str(values.get("line_no") or 0))
            reference = str(values.get("reference", ""))
            self.lines.append(BankLine(on, outcome, reference, fen, place))
            self.texts.append(str(values.get("outcome_text", "")))
            self.numbers.append(number)

    def compare(self, columns: tuple[Column, ...], part: list[tuple[int, bytes]]) -> None:
        """The summary must add up to the lines, as far as these could be read."""
        for number, row in part:
            values = self._values(number, columns, row)
            if values is not None and not self.faults:
                self.faults += self._off(number, values)

    def _off(self, number: int, values: dict[str, Cell]) -> Iterator[CellFault]:
        count, total = int(str(values["count"])), values["total"]
        fen = sum(line.fen for line in self.lines)
        if count != len(self.lines):
            sentence = say("汇总为 {said} 笔，实有 {found} 笔；文件可能不完整",
                           said=count, found=len(self.lines))  # fmt: skip
            yield CellFault(number, None, sentence)
        if total != fen:
            said = written_fen(total) if isinstance(total, int) else str(total)
            sentence = say("汇总为 {said} 元，各行合计 {found} 元；文件可能不完整",
                           said=said, found=written_fen(fen))  # fmt: skip
            yield CellFault(number, None, sentence)

    def _values(
        self, number: int, columns: tuple[Column, ...], row: bytes
    ) -> dict[str, Cell] | None:
        try:
            cells = cells_of(self.layout, columns, row)
        except UnfitCell as unfit:
            self.faults.append(CellFault(number, None, unfit.sentence))
            return None
        values: dict[str, Cell] = {}
        before = len(self.faults)
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
            try:
                values[column.field] = read_cell(self.layout, column, cell)
            except UnfitCell as unfit:
                self.faults.append(CellFault(number, place, unfit.sentence))
        return values if len(self.faults) == before else None
