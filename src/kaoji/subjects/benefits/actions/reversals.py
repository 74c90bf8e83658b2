"""Set apart the lines by which the bank takes back what it had paid besides, whole or in part.

What of a line takes back the payment with it stays an answer to our line. Who gave something back on a paper before
has less than the bank takes: the replay of the money owes them that again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kaoji.benefits.fen import written_fen
from kaoji.benefits.payments import BankLine, Outcome
from kaoji.core.speech import Sentence, say
from kaoji.platform.sealing import keyed_hash
from kaoji.subjects.benefits.models import Overpayment, Regained, Run, Try
from kaoji.subjects.benefits.queries.money import Months
from kaoji.subjects.benefits.queries.overpaid import Overpaid, first_months, overpaid_of

BACK = {Outcome.RETURNED, Outcome.FAILED}
Placed = tuple[int, BankLine]
"""A line with its place in the file."""


@dataclass(frozen=True)
class Besides:
    """A line that credits so many fen which nobody was to get; *answers* is the try that it is said of.

    *is_answer* says that it is the first to credit what was sent, too.
    """

    number: int
    line: BankLine
    why: Overpayment.Why
    answers: Try | None
    fen: int
    is_answer: bool = False


@dataclass(frozen=True)
class Back:
    """A line by which the bank takes back so many fen of what it had paid besides, in an earlier file or in this."""

    number: int
    line: BankLine
    of: Overpayment | Besides
    fen: int
    months: Months


class StillOpen:
    """What of money paid besides is still with somebody, by the line that told of it."""

    def __init__(self, run: Run) -> None:
        self._by_line: defaultdict[str, list[Overpaid]] = defaultdict(list)
        for each in overpaid_of(run):
            if each.open:
                self._by_line[reference_hash_of(each.row)].append(each)

    def __bool__(self) -> bool:
        return bool(self._by_line)

    def of(self, line: BankLine) -> list[Overpaid]:
        """What a line that takes something back may be about."""
        return self._by_line.get(hash_of_reference(line), []) if line.outcome in BACK else []

    def taken(self, line: BankLine, of: Overpaid, fen: int, months: Months) -> None:
        """So much of it is open no longer."""
        mine = self._by_line[hash_of_reference(line)]
        mine.remove(of)
        if fen < of.open:
            less = dict(months)
            rest = [(month, open_ - less.get(month, 0)) for month, open_ in of.months]
            mine.append(
                Overpaid(
                    of.row, of.open - fen, [(month, open_) for month, open_ in rest if open_]
                )
            )


def hash_of_reference(line: BankLine) -> str:
    """By what a line of somebody else's reference is found again."""
    return _hash(line.reference or f"#{line.file_line}")


def _hash(reference: str) -> str:
    return keyed_hash(reference, purpose="benefits.reference")


def reference_hash_of(row: Overpayment) -> str:
    """The same of the line that told of it."""
    return row.reference_hash or _hash(row.reference)


def taken_back(
    run: Run, lines: Iterable[Placed], tries: Mapping[str, Try], *, confirmed: bool
) -> tuple[list[Back], list[Placed], list[Sentence]]:
    """What takes back money of earlier files, what is left to be matched, and what is at fault.

    A part is taken back only where it is *confirmed* on the bank's word: it may be a line that was worked upon.
    """
    still, back = StillOpen(run), list[Back]()
    left, refusals = list[Placed](), list[Sentence]()
    for number, line in lines:
        mine = still.of(line)
        sent = tries[line.reference].fen if line.reference in tries else 0
        found = next(_ways(line, mine, sent, confirmed=confirmed), None)
        if found is not None:
            of, fen, months, rest = found
            back.append(Back(number, line, of.row, fen, months))
            still.taken(line, of, fen, months)
            if rest:
                left.append((number, replace(line, fen=rest)))
        elif mine and line.fen != sent and (not sent or line.fen < mine[0].open):
            refusals.append(_other_sum(number, line, mine[0]))
        else:
            left.append((number, line))
    return back, left, refusals


_Way = tuple[Overpaid, int, Months, int]
"""Of what so many fen of which months are taken back, and so many of the payment with it."""


def _ways(
    line: BankLine, mine: list[Overpaid], sent: int, *, confirmed: bool
) -> Iterator[_Way]:
    """What the line may take back, the most likely first."""
    on_word = [each for each in mine if not each.row.by_answers]
    for each in on_word:
        if line.fen in {each.open, each.open + sent}:
            yield each, each.open, each.months, line.fen - each.open
    for each in on_word:
        row = each.row
        # Part of it came back on a paper, and the bank takes all of it.
        whole = line.fen == row.fen != sent or line.fen == row.fen + sent
        if row.answers is not None and whole and not _was_reversed(row):
            months = [(month, fen) for month, fen in row.months]
            yield each, row.fen, months, line.fen - row.fen
    for each in mine if confirmed and line.fen != sent else ():
        if line.fen < each.open:
            yield each, line.fen, first_months(each.months, line.fen), 0


def _was_reversed(row: Overpayment) -> bool:
    return row.regained.filter(how=Regained.How.REVERSED).exists()


def taken_back_here(
    placed: Placed, besides: Iterable[Besides], tries: Mapping[str, Try], used: set[int]
) -> tuple[Back, int] | None:
    """What a line takes back that another line of the same file had paid besides; how much of the payment with it."""
    number, line = placed
    if line.outcome not in BACK:
        return None
    sent = tries[line.reference].fen if line.reference in tries else 0
    for each in besides:
        same = hash_of_reference(each.line) == hash_of_reference(line)
        if same and each.number not in used and line.fen in {each.fen, each.fen + sent}:
            used.add(each.number)
            return Back(number, line, each, each.fen, []), line.fen - each.fen
    return None


def _other_sum(number: int, line: BankLine, of: Overpaid) -> Sentence:
    return say(
        "第 {line} 行：登记的多付还有 {open} 元没有收回，这里冲回 {said} 元，对不上；请向银行核实。"
        "银行确认只冲回一部分的，写明依据后再读入",
        line=number,
        open=written_fen(of.open),
        said=written_fen(line.fen),
    )
