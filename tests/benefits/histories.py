"""Random lives under a benefit, for the laws: facts heard late, corrected and withdrawn, laws changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier, Fact
from kaoji.benefits.law import Dated, Status
from kaoji.benefits.months import Month, first_day, month
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.run import Granted, Item, Run, differences

FIRST, LAST = month(2023, 4), month(2024, 1)
BORN = date(2012, 5, 9)
GRANT = Fact(1, "birth", BORN, BORN), Fact(3, "grant", "given", date(2021, 1, 1))

days = st.integers(0, 300).map(lambda n: date(2023, 4, 1) + timedelta(days=n))
valid = st.integers(0, 640).map(lambda n: date(2022, 3, 1) + timedelta(days=n))


@cache
def children(*, lower_from: Month | None = None, claims: bool = False) -> Programme:
    """Children's money, perhaps with a lower amount from a month on, known from its first day."""
    made = programmes()["child_living"]
    if lower_from is None:
        return made
    value = Dated(
        lower_from,
        100_000,
        "改",
        Status.SEEN,
        first_day(lower_from) + timedelta(days=95),
        claims,
    )
    law = made.law
    for name, values in law.amounts.items():
        if any(before.since < lower_from for before in values):  # else it would be no lower one
            law = law.with_amount(name, value)
    return Programme(law, made.rule)


@st.composite
def lives(draw: st.DrawFn, *, status_only: bool = False) -> Dossier:
    """A child known from the start, and up to six things told later."""
    start = draw(st.sampled_from(["orphan_in_community", "orphan_in_institution"]))
    facts = [*GRANT, Fact(2, "category", start, date(2021, 1, 1))]
    for number in range(10, 10 + draw(st.integers(0, 6))):
        known = draw(days)
        kind = draw(st.sampled_from(_STATUS if status_only else _STATUS + _DECIDED))
        earlier = [
            f for f in facts if f.kind == kind and f.told < (known, number) and f.number > 3
        ]
        if earlier and draw(st.integers(0, 3)):
            replaced = draw(st.sampled_from(earlier))
            value = None if draw(st.booleans()) else draw(_VALUES[kind])
            facts.append(
                replace(
                    replaced, number=number, value=value, since=draw(valid), known_at=known,
                    received_on=known, replaces=replaced.number,
                )
            )  # fmt: skip
        else:
            since = draw(valid)
            facts.append(
                Fact(
                    number, kind, draw(_VALUES[kind]), since, known_at=known, received_on=known
                )
            )
    return Dossier("甲", tuple(facts)).checked()


_STATUS = ["death", "left_city", "excluded_by"]
_DECIDED = ["category", "grant", "school"]
_VALUES = {
    "death": st.just(date(2023, 1, 1)),
    "left_city": st.just(date(2023, 1, 1)),
    "excluded_by": st.just("tekun"),
    "category": st.sampled_from(
        ["orphan_in_community", "orphan_in_institution", "child_in_temporary_guardianship"]
    ),
    "grant": st.sampled_from(["given", "ended"]),
    "school": st.sampled_from(["senior_secondary", "finished"]),
}
skipped = st.sets(st.integers(FIRST, LAST - 1).map(Month), max_size=5)


def lived(
    programme: Programme,
    dossier: Dossier,
    *,
    skipping: frozenset[Month] | set[Month] = frozenset(),
) -> tuple[dict[Month, Granted], list[tuple[Run, tuple[Item, ...]]]]:
    """Every run of the time, but those skipped: what was granted, and the items of each run."""
    granted: dict[Month, Granted] = {}
    runs = []
    for period in range(FIRST, LAST + 1):
        if period in skipping:
            continue
        run = run_of(Month(period))
        items = differences(programme, dossier, granted, run).items
        add(granted, items, run)
        runs.append((run, items))
    return granted, runs


def run_of(period: Month) -> Run:
    return Run(period, first_day(period).replace(day=10))


def add(granted: dict[Month, Granted], items: tuple[Item, ...], run: Run) -> None:
    for item in items:
        before = granted.get(item.month, Granted(0, run.as_known_at))
        granted[item.month] = replace(before, fen=before.fen + item.fen)
