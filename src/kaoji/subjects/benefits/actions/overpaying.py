"""Keep what a returned file pays besides and takes back of that, and say what of it is to be booked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User

from kaoji.benefits.identity import veiled_reference
from kaoji.benefits.movements import Dimensions, MovementKind, Part
from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.benefits.purses import Key, spread
from kaoji.subjects.benefits.actions.reversals import Back, Besides, hash_of_reference
from kaoji.subjects.benefits.models import Overpayment, Regained, ReturnFile, ReturnLine, Try
from kaoji.subjects.benefits.queries.money import Months, where_of

Why = Overpayment.Why
OfTries = Mapping[int, Mapping[Key, int]]
"""By sending how many fen of each person's month the bank paid besides."""


@dataclass
class PaidBesides:
    """What of a file was kept, and what it moves."""

    overpayments: list[Overpayment] = field(default_factory=list)
    regained: list[Regained] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def kept_besides(
    file: ReturnFile,
    besides: Iterable[Besides],
    back: Iterable[Back],
    *,
    acting_user: User,
    now: datetime,
) -> PaidBesides:
    """Keep what the bank is said to have paid besides, and what it took back of that."""
    kept = PaidBesides()
    rows: dict[int, Overpayment] = {}
    for each in besides:
        rows[each.number] = Overpayment.objects.create(
            run=file.run,
            file=file,
            line=each.number,
            why=each.why,
            answers=each.answers,
            fen=each.fen,
            said=each.line.fen,
            months=[list(part) for part in _months(each)],
            on=each.line.on,
            reference=veiled_reference(each.line.reference)[:40],
            reference_hash=hash_of_reference(each.line),
            made_at=now,
            made_by=acting_user,
        )
    kept.overpayments = [*rows.values()]
    for line in back:
        here = isinstance(line.of, Besides)
        of = rows[line.of.number] if isinstance(line.of, Besides) else line.of
        kept.regained.append(
            Regained.objects.create(
                overpayment=of,
                how=Regained.How.REVERSED,
                fen=line.fen,
                months=of.months if here else [list(part) for part in line.months],
                on=line.line.on,
                file=file,
                line=line.number,
                said=line.line.fen,
                made_at=now,
                made_by=acting_user,
            )
        )
    # What is of a line of ours moves with the money of its months.
    strange = [row for row in kept.overpayments if row.answers is None]
    back_of = [line for line in kept.regained if line.overpayment.answers is None]
    kept.parts = [
        *(part for row in strange for part in parts_of(row, row.months, row.fen)),
        *(part for line in back_of for part in parts_of(line.overpayment, [], -line.fen)),
    ]
    return kept


def _months(each: Besides) -> Months:
    """Of which months it is."""
    if each.answers is None:
        return []
    return spread(each.fen, [(month, fen) for month, fen in each.answers.months])


def parts_of(
    row: Overpayment,
    months: Iterable[Iterable[int]],
    fen: int,
    kind: MovementKind = MovementKind.OVERPAY,
) -> Iterator[Part]:
    """So many fen of it as parts of a booking: where its months were granted, else at the office. Below zero: back."""
    run = row.run.resends or row.run
    if row.answers is None:
        where = Dimensions(run.programme, run.year, town=str(run.place_id))
        yield Part(kind, fen, where)
        return
    granted, person = where_of(run), row.answers.payment.person_id
    sign = 1 if fen > 0 else -1
    for month, part in months:
        yield Part(kind, sign * part, granted[person, month])


def kept_of_answers(
    file: ReturnFile,
    before: OfTries,
    after: OfTries,
    *,
    acting_user: User,
    now: datetime,
) -> list[Overpayment]:
    """Keep what follows from the file's answers to our lines: a credit of what is no longer to be paid."""
    more = {key: _grown(before.get(key, {}), months) for key, months in after.items()}
    more = {key: months for key, months in more.items() if months}
    lines = {
        line.answers_id: line
        for line in ReturnLine.objects.filter(
            file=file, answers__in=list(more), outcome="credited"
        )
    }
    rows = []
    for key, attempt in Try.objects.in_bulk(list(lines)).items():
        line, months = lines[key], more[key]
        rows.append(
            Overpayment(
                run=file.run,
                file=file,
                line=line.line,
                why=why_paid_besides(attempt),
                answers=attempt,
                fen=sum(months.values()),
                said=line.fen,
                months=[[month, fen] for (_, month), fen in sorted(months.items())],
                on=line.on,
                reference=attempt.reference,
                reference_hash="",
                made_at=now,
                made_by=acting_user,
            )
        )
    return Overpayment.objects.bulk_create(rows)


def why_paid_besides(attempt: Try) -> Overpayment.Why:
    """Twice, where another line of the payment was credited or is under way; else nothing was to be paid any more."""
    others = attempt.payment.tries.filter(file__turned_down=None).exclude(pk=attempt.pk)
    heard: defaultdict[int, list[BankLine]] = defaultdict(list)
    lines = ReturnLine.objects.filter(answers__in=others)
    for key, on, outcome, fen in lines.values_list("answers", "on", "outcome", "fen"):
        heard[key].append(BankLine(on, Outcome(outcome), "", fen))
    open_ = {TryState.SENT, TryState.CREDITED}
    twice = any(state_of_try(heard.get(each.pk, ())) in open_ for each in others)
    return Why.TWICE if twice else Why.LATE


def _grown(before: Mapping[Key, int], after: Mapping[Key, int]) -> dict[Key, int]:
    grown = Counter(after)
    grown.subtract(before)
    return {key: fen for key, fen in grown.items() if fen > 0}
