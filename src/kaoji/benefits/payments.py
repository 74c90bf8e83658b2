"""What became of a payment: each try is one line to one account, and the bank answers in lines.

The state of a try follows from the *set* of its lines, by the bank's own day and kind, so files
may come in any order, in pieces and twice. Two credited tries are a double credit: as one set,
{failed on the 2nd, credited on the 3rd but told late, the next try credited on the 5th} would read
“credited”, and the second credit would vanish.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What the bank says of one line."""

    FAILED = "failed"
    CREDITED = "credited"
    RETURNED = "returned"
    PENDING = "pending"


class TryState(StrEnum):
    """Where one try stands."""

    SENT = "sent"
    FAILED = "failed"
    CREDITED = "credited"
    RETURNED = "returned"


class PaymentState(StrEnum):
    """Where a payment stands, all its tries together."""

    OPEN = "open"
    PAID = "paid"
    DOUBLE_CREDIT = "double_credit"


class Verdict(StrEnum):
    """What a returned line is to us."""

    MATCHED = "matched"
    UNKNOWN = "unknown"
    REPEATED = "repeated"
    AMOUNT = "amount"


VERDICT_OF_LINE_NAMES = {
    Verdict.MATCHED: "对上",
    Verdict.UNKNOWN: "查无此笔",
    Verdict.REPEATED: "重复",
    Verdict.AMOUNT: "金额不符",
}


@dataclass(frozen=True, slots=True)
class Try:
    """One line to one account: its reference is ours and unique for ever."""

    reference: str
    payment: str
    fen: int
    file_line: int = 0


@dataclass(frozen=True, slots=True, order=True)
class BankLine:
    """One answer of the bank; *on* is the bank's day, never ours."""

    on: date
    outcome: Outcome
    reference: str
    fen: int
    file_line: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A returned line, the try it answers if any, and the verdict."""

    line: BankLine
    answers: Try | None
    verdict: Verdict


_RANK = {Outcome.PENDING: 0, Outcome.FAILED: 1, Outcome.CREDITED: 2, Outcome.RETURNED: 3}
_STEPS = {
    (TryState.SENT, Outcome.FAILED): TryState.FAILED,
    (TryState.SENT, Outcome.CREDITED): TryState.CREDITED,
    (TryState.SENT, Outcome.RETURNED): TryState.RETURNED,
    (TryState.FAILED, Outcome.CREDITED): TryState.CREDITED,
    (TryState.RETURNED, Outcome.CREDITED): TryState.CREDITED,
    (TryState.CREDITED, Outcome.RETURNED): TryState.RETURNED,
    # A bank that says “failed” on a day after “credited” took it back, whatever it calls that.
    (TryState.CREDITED, Outcome.FAILED): TryState.RETURNED,
}


def state_of_try(lines: Iterable[BankLine]) -> TryState:
    """The state that the set of a try's lines says, whatever their order and number."""
    told = {(line.on, _RANK[line.outcome], line.outcome) for line in lines}
    state = TryState.SENT
    for _on, _rank, outcome in sorted(told):
        state = _STEPS.get((state, outcome), state)
    return state


def credited_again(lines: Iterable[BankLine]) -> int:
    """How often the lines of one try say that it was credited, on another day, while it stood credited.

    The set of them says “credited” all the same; whether the bank paid again is to be asked of it.
    """
    told = {(line.on, _RANK[line.outcome], line.outcome) for line in lines}
    state, times = TryState.SENT, 0
    for _on, _rank, outcome in sorted(told):
        times += outcome is Outcome.CREDITED and state is TryState.CREDITED
        state = _STEPS.get((state, outcome), state)
    return times


def state_of_payment(tries: Iterable[TryState]) -> PaymentState:
    """Paid by one credited try; by two of them it is a doubt that blocks closing."""
    credited = sum(state is TryState.CREDITED for state in tries)
    return (PaymentState.OPEN, PaymentState.PAID, PaymentState.DOUBLE_CREDIT)[min(credited, 2)]


def credited_fen(tries: Iterable[Try], lines: Mapping[str, Sequence[BankLine]]) -> int:
    """What stands credited of these tries, in fen."""
    return sum(
        attempt.fen
        for attempt in tries
        if state_of_try(lines.get(attempt.reference, ())) is TryState.CREDITED
    )


def judge(
    lines: Iterable[BankLine], tries: Iterable[Try], *, seen: Iterable[BankLine] = ()
) -> list[Judged]:
    """Match returned lines: by reference, else by line and amount; each answers at most one try.

    What is unknown, repeated or of another amount is kept apart, never booked.
    """
    sent = list(tries)
    by_reference = {attempt.reference: attempt for attempt in sent}
    by_place = {
        (attempt.file_line, attempt.fen): attempt for attempt in sent if attempt.file_line
    }
    known = {(line.reference, line.on, line.outcome) for line in seen}
    judged = []
    for line in lines:
        found = by_reference.get(line.reference)
        if found is None and not line.reference:
            found = by_place.get((line.file_line, line.fen))
        key = (found.reference if found else line.reference, line.on, line.outcome)
        if found is None:
            judged.append(Judged(line, None, Verdict.UNKNOWN))
        elif key in known:
            judged.append(Judged(line, found, Verdict.REPEATED))
        elif line.fen != found.fen:
            judged.append(Judged(line, found, Verdict.AMOUNT))
        else:
            judged.append(Judged(line, found, Verdict.MATCHED))
            known.add(key)
    return judged
