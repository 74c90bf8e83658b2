"""The one subtraction: what every month in reach should be by all that is known, minus what was granted.

    new month, nothing granted       → due
    old month, more than granted     → arrear
    any month, less than granted     → reduction

A second run on the same knowledge has no items, and nobody enters arrears by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaoji.benefits.entitlement import Entitlement, Programme
from kaoji.benefits.facts import ALWAYS_KNOWN, Dossier
from kaoji.benefits.fen import written_fen
from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import LookBack
from kaoji.benefits.months import Month, month_of, months_between, quarter_of, written_month
from kaoji.benefits.reckoning import Reading, Reckoning, best_of_versions
from kaoji.core.speech import Sentence, say


class ItemKind(StrEnum):
    """What a difference is."""

    DUE = "due"
    ARREAR = "arrear"
    REDUCTION = "reduction"


ITEM_NAMES = {ItemKind.DUE: "应发", ItemKind.ARREAR: "补发", ItemKind.REDUCTION: "核减"}


@dataclass(frozen=True, slots=True)
class Granted:
    """What was granted of one month so far, in fen, and by the knowledge of which day at first."""

    fen: int
    first_known_at: date


GrantedMonths = Mapping[Month, Granted]
"""What one beneficiary was granted so far, by month."""


@dataclass(frozen=True, slots=True)
class Item:
    """One difference: fen ≠ 0, below zero exactly when it is a reduction."""

    component: str
    beneficiary: str
    month: Month
    fen: int
    kind: ItemKind
    town: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the run will not decide: whom it is about, which month, how much hangs on it."""

    beneficiary: str
    month: Month
    sentence: Sentence
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """For which month something is paid, and by the knowledge of which day."""

    period: Month
    as_known_at: date


@dataclass(frozen=True, slots=True)
class Differences:
    """What a run found: items that change money, questions that only a person settles."""

    items: tuple[Item, ...]
    questions: tuple[Question, ...] = ()


def last_month(programme: Programme, run: Run) -> Month:
    """The last month a run pays: its own, or the last of the quarter that is paid ahead."""
    law = programme.law.at(run.period, known_at=run.as_known_at)
    return quarter_of(run.period)[1] if law.word("pay_every") == "quarter" else run.period


def first_month(programme: Programme, *, asked_on: date, decided_on: date) -> Month:
    """The first month that a grant names: by the application, or by the decision."""
    asked, decided = month_of(asked_on), month_of(decided_on)
    law = programme.law.at(asked, known_at=decided_on)
    back: LookBack = law.setting("look_back")
    return {
        "look_back": back.start(asked),
        "application_month": asked,
        "month_after_decision": Month(decided + 1),
        "decided": decided,
    }[law.word("starts")]


def months_in_reach(reckoning: Reckoning, granted: GrantedMonths, run: Run) -> Iterator[Month]:
    """Every month that a run asks about.

    Beyond the look-back of the run stand only months never granted that lay within reach when
    they were asked for: that the office was slow cuts off nobody. What an older system granted
    is on record as always known and reaches no further than the run.
    """
    start = _reach(reckoning.programme, run.period, run)
    for of in range(_asked_from(reckoning, run, start), start):
        if Month(of) not in granted:
            yield Month(of)
    yield from months_between(start, last_month(reckoning.programme, run))


def _asked_from(reckoning: Reckoning, run: Run, start: Month) -> Month:
    programme = reckoning.programme
    asked = [
        max(month_of(grant.since), _reach(programme, month_of(grant.asked), run))
        for grant in reckoning.grants
        if month_of(grant.since) < start and grant.known_at > ALWAYS_KNOWN
    ]
    return min([start, *asked])


def _reach(programme: Programme, period: Month, run: Run) -> Month:
    settings = programme.law.at(period, known_at=run.as_known_at).settings
    back: LookBack | None = settings["look_back"].value if "look_back" in settings else None
    return back.start(period) if back else period


def differences(
    programme: Programme,
    dossier: Dossier,
    granted: GrantedMonths,
    run: Run,
    *,
    months: Iterable[Month] | None = None,
) -> Differences:
    """Subtract what was granted from what should be, for one beneficiary.

    *months* narrows the look: for who is untouched since the last run the new months suffice.
    """
    reckoning = Reckoning(programme, dossier, run.as_known_at)
    items: list[Item] = []
    questions: list[Question] = []
    for of in months if months is not None else months_in_reach(reckoning, granted, run):
        reading = reading_of(reckoning, of, granted.get(of), run)
        fen = _difference(reckoning, of, reading.entitlement, granted.get(of), run)
        if fen:
            town = reckoning.facts.text("town", of)
            items.append(
                Item(programme.name, dossier.beneficiary, of, fen, _kind(fen, of, run), town)
            )
        if reading.entitlement.asks or reading.waiting:
            questions += _questions(dossier.beneficiary, of, reading)
    return Differences(tuple(items), _once_each(questions) if questions else ())


def reading_of(reckoning: Reckoning, of: Month, before: Granted | None, run: Run) -> Reading:
    """What a month should be, by the law that its first grant entitles it to."""
    law = reckoning.programme.law
    if before is None:
        return reckoning.month(of, law.at(of, known_at=run.as_known_at))
    versions = law.versions(of, granted=before.first_known_at, known_at=run.as_known_at)
    return best_of_versions(reckoning, of, versions)


def _difference(
    reckoning: Reckoning, of: Month, should: Entitlement, before: Granted | None, run: Run
) -> int:
    fen = should.fen - (before.fen if before else 0)
    return 0 if fen < 0 and _kept(reckoning, of, run) else fen


def _kept(reckoning: Reckoning, of: Month, run: Run) -> bool:
    """Was this month paid ahead when somebody died or left, and does the law let it be kept?"""
    law = reckoning.programme.law.at(of, known_at=run.as_known_at)
    if law.word("prepaid_after_end", "claim") != "keep" or law.word("pay_every") != "quarter":
        return False
    ends = [
        fact
        for kind in kinds().values()
        if kind.ends
        for fact in reckoning.facts.of_kind(kind.name)
    ]
    return any(month_of(end.since) < of <= quarter_of(month_of(end.since))[1] for end in ends)


def _kind(fen: int, of: Month, run: Run) -> ItemKind:
    if fen < 0:
        return ItemKind.REDUCTION
    return ItemKind.ARREAR if of < run.period else ItemKind.DUE


def _questions(beneficiary: str, of: Month, reading: Reading) -> Iterator[Question]:
    yield from (Question(beneficiary, of, asked) for asked in reading.entitlement.asks)
    for fact, fen in reading.waiting:
        kind = kinds()[fact.kind]
        sentence = say(
            "{kind}有变，每月相差 {amount} 元，须人工决定",
            kind=kind.said,
            amount=written_fen(fen),
        )
        yield Question(beneficiary, of, sentence, fen)


def _once_each(questions: Iterable[Question]) -> tuple[Question, ...]:
    first: dict[tuple[str, str], Question] = {}
    for question in questions:
        first.setdefault((question.beneficiary, question.sentence.template), question)
    return tuple(first.values())


def compute(
    programme: Programme,
    dossiers: Iterable[Dossier],
    granted: Callable[[str], GrantedMonths],
    run: Run,
    *,
    touched: Callable[[Dossier], bool] = lambda dossier: True,
) -> Iterator[Differences]:
    """The items of a run, one beneficiary after another: a run of any size needs no more memory.

    Who is not *touched* (no fact and no law since the last run that granted everything) is only
    asked about the months from the run's own on.
    """
    new = tuple(months_between(run.period, last_month(programme, run)))
    for dossier in dossiers:
        months = None if touched(dossier) else new
        found = differences(
            programme, dossier, granted(dossier.beneficiary), run, months=months
        )
        if found.items or found.questions:
            yield found


def out_of_reach(
    programme: Programme, dossier: Dossier, granted: GrantedMonths, run: Run
) -> dict[Month, int]:
    """Months before the look-back that are still unequal, and by how many fen: a doubt, no items."""
    reckoning = Reckoning(programme, dossier, run.as_known_at)
    reached = set(months_in_reach(reckoning, granted, run))
    begun = [*granted, *(month_of(grant.since) for grant in reckoning.grants)]
    unequal = {}
    for of in months_between(min(begun, default=run.period), Month(run.period - 1)):
        if of not in reached:
            reading = reading_of(reckoning, of, granted.get(of), run)
            before = granted[of].fen if of in granted else 0
            if reading.entitlement.fen != before:
                unequal[of] = reading.entitlement.fen - before
    return unequal


def items_digest(items: Iterable[Item]) -> str:
    """SHA-256 over the items in canonical order: whoever recomputes a run gets the same."""
    lines = sorted(
        f"{i.component}\t{i.beneficiary}\t{written_month(i.month)}\t{i.fen}\t{i.kind}\t{i.town or ''}"
        for i in items
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
