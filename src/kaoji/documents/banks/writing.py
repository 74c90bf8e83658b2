"""Write what goes to the bank: files of at most so many lines, each with its sums and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaoji.core.speech import Sentence, say
from kaoji.documents.banks.fields import Cell, UnfitCell, written_line
from kaoji.documents.banks.layout import Column, FileLayout


@dataclass(frozen=True)
class OutgoingLine:
    """One try: our reference, who receives it where, and how much in fen."""

    reference: str
    account: str
    holder: str
    fen: int
    note: str = ""
    in_bank: str = ""
    bank_name: str = ""
    clearing_number: str = ""


@dataclass(frozen=True)
class WrittenFile:
    """One file for the bank; *lines* tells which reference stands on which line."""

    content: bytes
    count: int
    fen: int
    sha256: str
    lines: tuple[tuple[int, str], ...]


class UnableToWrite(ValueError):
    """Lines that cannot be sent: every one with its number and a sentence; nothing was written."""

    def __init__(self, faults: Sequence[tuple[int, Sentence]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{number}: {fault}" for number, fault in faults))


def unfit_lines(
    layout: FileLayout, lines: Sequence[OutgoingLine]
) -> list[tuple[int, Sentence]]:
    """Which lines, counted from 1, the bank's file cannot hold, and why."""
    return list(_written(layout, lines)[1])


def write_files(
    layout: FileLayout,
    lines: Sequence[OutgoingLine],
    *,
    batch_reference: str,
    first_part: int = 1,
) -> list[WrittenFile]:
    """Write all lines, in as many files as the bank asks for. Raises UnableToWrite before any.

    *first_part* goes on counting where files of the batch were refused before.
    """
    bodies, unfit = _written(layout, lines)
    faults = [*_doubled(lines), *unfit]
    if faults:
        raise UnableToWrite(sorted(faults, key=lambda fault: fault[0]))
    starts = range(0, len(lines), layout.lines_most)
    return [
        _file(
            layout,
            lines[start : start + layout.lines_most],
            bodies[start : start + layout.lines_most],
            f"{batch_reference}-{part}",
        )
        for part, start in enumerate(starts, start=first_part)
    ]


def _written(
    layout: FileLayout, lines: Sequence[OutgoingLine]
) -> tuple[list[bytes], list[tuple[int, Sentence]]]:
    """Each line as the file holds it, and those that it cannot hold."""
    bodies: list[bytes] = []
    faults: list[tuple[int, Sentence]] = []
    for number, line in enumerate(lines, start=1):
        place = (number - 1) % layout.lines_most + 1
        try:
            bodies.append(written_line(layout, layout.columns, _values(line, place)))
        except UnfitCell as unfit:
            faults.append((number, unfit.sentence))
    return bodies, faults


def _doubled(lines: Sequence[OutgoingLine]) -> Iterator[tuple[int, Sentence]]:
    first: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if line.reference in first:
            yield (
                number,
                say("业务参考号与第 {first} 行相同，每笔须唯一", first=first[line.reference]),
            )
        first.setdefault(line.reference, number)


def _file(
    layout: FileLayout, lines: Sequence[OutgoingLine], bodies: Sequence[bytes], batch: str
) -> WrittenFile:
    fen = sum(line.fen for line in lines)
    sums: dict[str, Cell] = {"count": len(lines), "total": fen, "batch_reference": batch}
    around = [_line(layout, part, sums) for part in (layout.head, layout.tail)]
    whole = [*around[0], *bodies, *around[1]]
    content = b"".join(line + b"\r\n" for line in whole)
    numbered = tuple((place, line.reference) for place, line in enumerate(lines, start=1))
    return WrittenFile(content, len(lines), fen, hashlib.sha256(content).hexdigest(), numbered)


def _line(
    layout: FileLayout, columns: tuple[Column, ...], sums: dict[str, Cell]
) -> list[bytes]:
    return [written_line(layout, columns, sums)] if columns else []


def _values(line: OutgoingLine, place: int) -> dict[str, Cell]:
    return {
        "line_no": place,
        "reference": line.reference,
        "account": line.account,
        "holder": line.holder,
        "amount": line.fen,
        "note": line.note,
        "in_bank": line.in_bank,
        "bank_name": line.bank_name,
        "clearing_number": line.clearing_number,
    }
