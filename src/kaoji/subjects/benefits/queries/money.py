"""The money of persons month by month, replayed from what was granted, sent and answered.

Nothing is kept twice: a month's account is what its items, tries and the bank's lines come to, by the
kernel's own steps, which also say what is to be booked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from kaoji.benefits.movements import Dimensions, MovementKind, Part
from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.benefits.purses import Key, Money, Told, answered, replayed
from kaoji.subjects.benefits.models import (
    Item,
    Overpayment,
    Payment,
    Regained,
    ReturnFile,
    ReturnLine,
    Run,
    Try,
)
from kaoji.subjects.benefits.queries.dossiers import granted_items

_BLOCK = 900
Months = list[tuple[int, int]]


def money_of(
    run: Run,
    months: Collection[int],
    people: Collection[int],
    *,
    without: ReturnFile | None = None,
) -> dict[Key, Money]:
    """How the money of these people stands in these months, replayed; *without* what one file said."""
    told: list[Told] = []
    for some in _blocks(people):
        items = granted_items(run).filter(month__in=months, person__in=some)
        tries = Try.objects.filter(payment__run__in=items.values("run"))
        told += [
            *_grants(items),
            *_sendings(tries.filter(payment__person__in=some), without),
        ]
    found: defaultdict[Key, Money] = defaultdict(Money)
    for _event in replayed(told, found, months=months):
        pass
    return found


def _blocks(people: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(people)
    for start in range(0, len(listed), _BLOCK):
        yield listed[start : start + _BLOCK]


def _grants(items: QuerySet[Item]) -> Iterator[Told]:
    names = (
        "run__approved_at", "person_id", "run_id", "month", "fen", "town_id", "run__due_on",
    )  # fmt: skip
    for at, person, run, month, fen, town, due in (
        items.order_by("id").values_list(*names).iterator()
    ):
        yield Told(at, 0, person, run, ((month, fen),), town=town, year=due.year)


def _sendings(tries: QuerySet[Try], without: ReturnFile | None) -> Iterator[Told]:
    lines: defaultdict[int, list[tuple[datetime, BankLine]]] = defaultdict(list)
    said = ReturnLine.objects.filter(answers__in=tries)
    if without is not None:
        said = said.exclude(file=without)
    for line in said.values_list("answers", "file__made_at", "on", "outcome", "fen"):
        key, at, on, outcome, fen = line
        lines[key].append((at, BankLine(on, Outcome(outcome), "", fen)))
    for key, person, run, made_at, months, granted_at, refused_at in tries.annotate(
        granted_at=F("payment__run__approved_at")
    ).values_list(
        "id", "payment__person", "payment__run", "file__made_at", "months", "granted_at",
        "file__turned_down__made_at",
    ):  # fmt: skip
        parts = tuple((month, fen) for month, fen in months)
        sent_at = max(made_at, granted_at)  # a clock that was set back sends nothing ungranted
        yield Told(sent_at, 1, person, run, parts, ("send",), sending=key)
        state = TryState.SENT
        if (
            refused_at is not None
        ):  # whatever the bank says of such a line, it had failed before
            yield Told(max(refused_at, sent_at), 2, person, run, parts, ("fail",), sending=key)
            state = TryState.FAILED
        for at, steps in answered(lines.get(key, []), state=state):
            # A clock that was set back does not let a bank answer what was not sent.
            yield Told(max(at, sent_at), 2, person, run, parts, steps, sending=key)
    yield from _on_a_word(tries, without)


def _on_a_word(tries: QuerySet[Try], without: ReturnFile | None) -> Iterator[Told]:
    """What the bank paid besides on its own word, and what came back of money paid besides, once it had answered."""
    on_word = Overpayment.objects.filter(answers__in=tries, why__in=Overpayment.ON_WORD)
    back = Regained.objects.filter(overpayment__answers__in=tries)
    if without is not None:
        on_word, back = on_word.exclude(file=without), back.exclude(file=without)
    for row in on_word.select_related("answers__payment").order_by("id"):
        yield _told_of(row, row.made_at, 3, row.months, "pay_besides")
    for each in back.select_related("overpayment__answers__payment").order_by("id"):
        reversed_ = each.how == Regained.How.REVERSED
        of, step = each.overpayment, "reverse" if reversed_ else "recover"
        yield _told_of(of, each.made_at, 4, each.months, step)


def _told_of(of: Overpayment, at: datetime, rank: int, months: Months, step: str) -> Told:
    payment, parts = of.tried.payment, tuple((month, fen) for month, fen in months)
    return Told(at, rank, payment.person_id, payment.run_id, parts, (step,), sending=of.sending)


Moved = Counter[tuple[Key, MovementKind, Dimensions]]
"""How many fen of each month of a person were moved by which kind of movement, and where they are booked."""


def moved_in(run: Run, money: dict[Key, Money]) -> Moved:
    """What was moved of each month so far."""
    found: Moved = Counter()
    for key, each in money.items():
        for purse in each.purses.values():
            where = Dimensions(run.programme, purse.year, town=str(purse.town))
            for moved in purse.account.moved:
                found[key, moved.kind, where] += moved.fen
    return found


def parts_since(run: Run, money: dict[Key, Money], before: Moved) -> list[Part]:
    """What was moved since: the parts of a booking. Sums are compared, in whatever order the steps came."""
    after = moved_in(run, money)
    changed = {key: after[key] - before[key] for key in (*after, *before)}
    return [Part(kind, fen, where) for (_, kind, where), fen in changed.items() if fen]


def besides_in(money: dict[Key, Money]) -> dict[int, dict[Key, int]]:
    """By sending how many fen of each month the bank paid besides, and has not taken back."""
    found: defaultdict[int, dict[Key, int]] = defaultdict(dict)
    for key, each in money.items():
        for purse in each.purses.values():
            for sending, fen in purse.besides.items():
                found[sending][key] = fen
    return found


def entangled(run: Run, months: Collection[int]) -> set[int]:
    """Whose money in these months went another way than granted once, sent once, answered once.

    Only theirs is replayed; everybody else's is added up.
    """
    items = granted_items(run).filter(month__in=months)
    tries = Try.objects.filter(payment__run__in=items.values("run"))
    several = items.order_by().values("person", "month").annotate(n=Count("id")).filter(n__gt=1)
    answers = ReturnLine.objects.filter(answers__in=tries).order_by().values("answers")
    besides = Overpayment.objects.filter(answers__in=tries)
    often = answers.annotate(n=Count("id")).filter(n__gt=1)
    return {
        *items.filter(fen__lt=0).values_list("person", flat=True),
        *several.values_list("person", flat=True),
        *tries.filter(number__gt=1).values_list("payment__person", flat=True),
        *tries.filter(pk__in=often.values("answers")).values_list("payment__person", flat=True),
        *tries.filter(file__turned_down__isnull=False).values_list(
            "payment__person", flat=True
        ),
        *besides.values_list("answers__payment__person", flat=True),
    }


def where_of(run: Run) -> dict[Key, Dimensions]:
    """By person and month of a run's items by what its money is told apart: town and budget year."""
    of = run.resends or run
    kept = Item.objects.filter(run=of, computation=of.computation, left_out__isnull=True)
    towns = {
        town: Dimensions(of.programme, of.year, town=str(town))
        for town in kept.order_by().values_list("town", flat=True).distinct()
    }
    rows = kept.filter(fen__gt=0).values_list("person_id", "month", "town_id")
    return {(person, month): towns[town] for person, month, town in rows.iterator()}


def payable_of(run: Run) -> dict[int, list[tuple[int, int]]]:
    """By person the months of a run, or of the run that it resends, that are granted and not paid: month, fen."""
    of = run.resends or run
    mine = Item.objects.filter(
        run=of, computation=of.computation, left_out__isnull=True, fen__gt=0
    ).order_by("person_id", "month")
    if Try.objects.filter(payment__run=of).exists():
        # Whom the bank's file could not hold has no payment yet.
        unpaid = Q(person__in=_unpaid(of).values("person"))
        mine = mine.filter(unpaid | ~Q(person__in=of.payments.values("person")))
        replayed = set(mine.values_list("person_id", flat=True))
    else:
        replayed = entangled(
            of, set(mine.order_by().values_list("month", flat=True).distinct())
        )
    months = set(mine.order_by().values_list("month", flat=True).distinct())
    money = money_of(of, months, replayed)
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for person, month, fen in mine.values_list("person_id", "month", "fen").iterator():
        payable = min(fen, money[person, month].payable(of.pk)) if person in replayed else fen
        if payable > 0:
            found[person].append((month, payable))
    return dict(found)


def _unpaid(run: Run) -> QuerySet[Payment]:
    """The payments of a run that the bank never credited, or may have taken back."""
    lines = ReturnLine.objects.filter(answers__payment__run=run)
    credited = lines.filter(outcome=Outcome.CREDITED).values("answers__payment")
    back = (Outcome.RETURNED, Outcome.FAILED)
    returned = lines.filter(outcome__in=back).values("answers__payment")
    return run.payments.filter(~Q(pk__in=credited) | Q(pk__in=returned))


def all_answered(run: Run) -> bool:
    """Has every line of the files that the bank took an answer that stands?"""
    heard: defaultdict[int, list[BankLine]] = defaultdict(list)
    lines = ReturnLine.objects.filter(answers__file__run=run)
    for key, on, outcome, fen in lines.values_list("answers", "on", "outcome", "fen"):
        heard[key].append(BankLine(on, Outcome(outcome), "", fen))
    sent = Try.objects.filter(file__run=run, file__turned_down=None).values_list(
        "id", flat=True
    )
    return all(state_of_try(heard.get(key, ())) is not TryState.SENT for key in sent)


def has_failed(run: Run) -> bool:
    """Did the bank fail to pay something, take it back, or refuse a whole file?"""
    outcomes = (Outcome.FAILED, Outcome.RETURNED)
    if run.bank_files.filter(turned_down__isnull=False).exists():
        return True
    return ReturnLine.objects.filter(answers__payment__run=run, outcome__in=outcomes).exists()
