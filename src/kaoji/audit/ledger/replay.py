"""V2: let everything happen to the money again that the rows tell of: what moves, and what was paid besides when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kaoji.audit.ledger.export import Export, Told, moment
from kaoji.audit.ledger.tables import TryRow
from kaoji.benefits import purses
from kaoji.benefits.movements import sending_cause
from kaoji.benefits.payments import BankLine, Outcome, TryState

BY_ANSWERS = ("twice", "late")
Booking = tuple[str, str, bool, int, int]
"""What money is booked under: cause, kind, whether it takes back, budget year, town."""
Grown = tuple[str, int, int]
"""A cause, a sending (a try by our number for it, or below zero what the bank paid on its word) and a month."""


@dataclass
class Replay:
    """What the rows come to.

    *moved* is what they move by what it is booked under; *grown* by how much each cause let grow, or shrink, what
    was paid besides.
    """

    moved: Counter[Booking] = field(default_factory=Counter)
    grown: Counter[Grown] = field(default_factory=Counter)


def sending_of(row: Told) -> int:
    """By what the replay tells an overpayment of a line of ours apart."""
    return int(row["answers"] if row["why"] in BY_ANSWERS else -row["id"])


def replay(export: Export) -> Replay:
    """Replay it, once for all checks. Raises KeyError or ValueError where the rows contradict each other."""
    if export.replayed is None:
        export.replayed = _replay(export)
    found: Replay = export.replayed
    return found


def _replay(export: Export) -> Replay:
    """Of one cause only what a month came to is booked, not there and back."""
    money: defaultdict[purses.Key, purses.Money] = defaultdict(purses.Money)
    seen: Counter[tuple[purses.Key, int]] = Counter()
    besides: defaultdict[tuple[purses.Key, int], dict[int, int]] = defaultdict(dict)
    net: Counter[tuple[purses.Key, str, str, int, int]] = Counter()
    found = Replay()
    for event in purses.replayed(_happened(export), money):
        for month, _fen in event.months:
            key = (event.person, month)
            for granted_by, purse in money[key].purses.items():
                for moved in purse.account.moved[seen[key, granted_by] :]:
                    kind = moved.kind.value
                    net[key, event.cause, kind, purse.year, purse.town] += moved.fen
                seen[key, granted_by] = len(purse.account.moved)
                before = besides[key, granted_by]
                for sending in before.keys() | purse.besides.keys():
                    grown = purse.besides.get(sending, 0) - before.get(sending, 0)
                    found.grown[event.cause, sending, month] += grown
                besides[key, granted_by] = dict(purse.besides)
    for (_key, cause, kind, year, town), fen in net.items():
        if fen:
            found.moved[cause, kind, fen < 0, year, town] += abs(fen)
    return found


def _happened(export: Export) -> Iterator[purses.Told]:
    yield from _grants(export)
    yield from _sendings(export)
    yield from _on_a_word(export)


def _on_a_word(export: Export) -> Iterator[purses.Told]:
    """What the bank paid besides of our lines on its own word, and what came back of money paid besides."""
    tries = {row.key: row for row in export.tries}
    told = {row["id"]: row for row in export.vouched["benefit_overpayments"]}

    def happened(of: Told, row: Told, rank: int, step: str, cause: str) -> purses.Told:
        tried = tries[of["answers"]]
        months = tuple((month, fen) for month, fen in row["months"])
        return purses.Told(
            moment(row["made_at"]), rank, tried.person, tried.payment_run, months, (step,),
            sending=sending_of(of), cause=cause,
        )  # fmt: skip

    for key in sorted(told):
        row = told[key]
        if row["why"] not in BY_ANSWERS and row["answers"] is not None:
            yield happened(row, row, 3, "pay_besides", f"return:{row['file']}")
    for back in sorted(export.vouched["benefit_regained"], key=lambda row: int(row["id"])):
        of = told[back["overpayment"]]
        if of["answers"] is not None and back["how"] == "reversed":
            yield happened(of, back, 4, "reverse", f"return:{back['file']}")
        elif of["answers"] is not None:
            yield happened(of, back, 4, "recover", f"regained:{back['id']}")


def _grants(export: Export) -> Iterator[purses.Told]:
    for key, run in export.runs.items():
        year = date.fromisoformat(run["due_on"]).year
        for item in export.items_of[key]:
            if (key, item.person, item.month) not in export.not_granted:
                yield purses.Told(
                    moment(run["approved_at"]), 0, item.person, key, ((item.month, item.fen),),
                    town=item.town, year=year, cause=f"run:{key}",
                )  # fmt: skip


def _sendings(export: Export) -> Iterator[purses.Told]:
    first = first_parts(export)
    for row in export.tries:
        file = export.files[row.file]
        # A clock that was set back sends nothing ungranted.
        granted_at = moment(export.runs[row.payment_run]["approved_at"])
        sent_at = max(moment(file["made_at"]), granted_at)

        def told(
            at: object, rank: int, steps: tuple[str, ...], cause: str, row: TryRow = row
        ) -> purses.Told:
            return purses.Told(
                at, rank, row.person, row.payment_run, row.months, steps,
                sending=row.key, cause=cause,
            )  # fmt: skip

        yield told(sent_at, 1, ("send",), sending_cause(file["run"], first[row.file]))
        refusal, state = export.refused.get(row.file), TryState.SENT
        if refusal is not None:
            at, state = moment(refusal["made_at"]), TryState.FAILED
            yield told(max(at, sent_at), 2, ("fail",), f"refuse:{row.file}")
        for (at, key), steps in purses.answered(_lines(export, row), state=state):
            # A clock that was set back does not let a bank answer what was not sent.
            yield told(max(at, sent_at), 2, steps, f"return:{key}")


def first_parts(export: Export) -> dict[int, int]:
    """By file the number of the first of those that were made together with it."""
    made: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for file in export.files.values():
        made[file["run"], file["made_at"]].append(file["part"])
    return {key: min(made[file["run"], file["made_at"]]) for key, file in export.files.items()}


def _lines(export: Export, row: TryRow) -> Iterable[tuple[tuple[object, int], BankLine]]:
    for line in export.lines_of[row.reference]:
        at = moment(export.returns[line.file]["made_at"])
        yield (at, line.file), BankLine(line.on, Outcome(line.outcome), "", line.fen)
