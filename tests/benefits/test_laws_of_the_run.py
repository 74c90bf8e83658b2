"""What must hold of every run, whatever is told, when, and in which order."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benefits.histories import (
    BORN,
    FIRST,
    LAST,
    add,
    children,
    days,
    lived,
    lives,
    run_of,
    skipped,
    valid,
)
from kaoji.benefits.facts import Dossier, Fact
from kaoji.benefits.months import Month, first_day, month, month_of
from kaoji.benefits.run import ItemKind, Run, compute, differences, items_digest, last_month

fast = settings(max_examples=30)


def should_be(dossier: Dossier, of: Month, known_at: date) -> int:
    """Children's money of a month by the plain words of the law, for facts that reach back without limit.

    1,900 (in institutions 2,100), from June 2023 on 2,500 for all, once the notice of 29 June is
    known; nothing after the month of death or leaving, nor from the month in which 特困 begins.
    """
    known = [fact for fact in dossier.facts if fact.known_at <= known_at]
    final = _overruled(known)
    for fact in known:
        if fact.number in final or fact.value is None:
            continue
        if fact.kind in {"death", "left_city"} and of > month_of(fact.since):
            return 0
        if fact.kind == "excluded_by" and of >= month_of(fact.since):
            return 0
    category = next(fact.value for fact in dossier.facts if fact.number == 2)
    before = 190_000 if category == "orphan_in_community" else 210_000
    raised = of >= month(2023, 6) and known_at >= date(2023, 6, 29)
    return 250_000 if raised else before


def _overruled(known: list[Fact]) -> set[int]:
    """Numbers of facts that a fact replaces which stands itself."""

    def stands(fact: Fact) -> bool:
        return not any(other.replaces == fact.number and stands(other) for other in known)

    return {fact.number for fact in known if not stands(fact)}


@fast
@given(lives(status_only=True), skipped)
def test_i1_what_was_granted_is_what_should_be_by_all_that_is_known(life, skipping):
    granted, runs = lived(children(), life, skipping=skipping)

    last = runs[-1][0]
    for of in range(last.period - 24, last.period + 1):
        fen = granted[Month(of)].fen if Month(of) in granted else 0
        assert fen == should_be(life, Month(of), last.as_known_at)


@fast
@given(lives(), skipped)
def test_i1_what_was_granted_does_not_depend_on_which_runs_there_were(life, skipping):
    often, _ = lived(children(), life)
    seldom, _ = lived(children(), life, skipping=skipping)

    reach = range(LAST - 24, LAST + 1)
    assert {of: g.fen for of, g in often.items() if g.fen and of in reach} == {
        of: g.fen for of, g in seldom.items() if g.fen and of in reach
    }


@fast
@given(lives(), st.randoms())
def test_i1_rows_may_come_in_any_order(life: Dossier, chance: Random):
    shuffled = list(life.facts)
    chance.shuffle(shuffled)
    run = run_of(LAST)

    assert differences(children(), life, {}, run) == differences(
        children(), Dossier("甲", tuple(shuffled)), {}, run
    )


@fast
@given(lives(), skipped)
def test_i2_a_second_run_on_the_same_knowledge_has_no_items(life, skipping):
    granted, runs = lived(children(), life, skipping=skipping)

    assert differences(children(), life, granted, runs[-1][0]).items == ()


@fast
@given(lives())
def test_no_month_is_ever_granted_less_than_nothing(life):
    granted, runs = lived(children(), life)

    assert all(g.fen >= 0 for g in granted.values())
    for _run, items in runs:
        assert all(item.fen != 0 for item in items)
        assert all((item.fen < 0) is (item.kind is ItemKind.REDUCTION) for item in items)


@fast
@given(lives())
def test_i7_a_run_recomputes_to_the_same_digest(life):
    granted: dict = {}
    for period in range(FIRST, LAST + 1):
        run = run_of(Month(period))
        items = differences(children(), life, granted, run).items
        # Facts that came after the run's day are on record by now, and change nothing.
        later = Fact(99, "death", date(2023, 1, 1), date(2023, 1, 1), known_at=date(2025, 1, 1))
        known_now = Dossier("甲", (*life.facts, later))
        again = differences(children(), known_now, granted, run).items
        assert items_digest(items) == items_digest(again)
        add(granted, items, run)


@fast
@given(lives(), valid)
def test_i8_nothing_is_due_in_a_month_without_a_grant(life, since):
    facts = tuple(f for f in life.facts if f.kind != "grant")
    given_on = Fact(3, "grant", "given", since)
    granted, _ = lived(children(), Dossier("甲", (*facts, given_on)))

    assert all(of >= month_of(since) for of, g in granted.items() if g.fen > 0)


@fast
@given(lives(status_only=True))
def test_i8_two_exclusive_benefits_are_never_granted_for_one_month(life):
    granted, runs = lived(children(), life)
    known_at = runs[-1][0].as_known_at
    known = [f for f in life.facts if f.known_at <= known_at]
    overruled = _overruled(known)

    for fact in known:
        if fact.kind == "excluded_by" and fact.value and fact.number not in overruled:
            later = [g.fen for of, g in granted.items() if of >= month_of(fact.since)]
            assert not any(later)


@fast
@given(lives(), st.integers(FIRST, LAST).map(Month))
def test_i17_a_lower_amount_alone_takes_nothing_back(life, lower_from):
    lowered = children(lower_from=lower_from)
    _granted, plain = lived(children(), life)
    _granted, runs = lived(lowered, life)

    told = {fact.known_at for fact in life.facts}
    for (run, items), (_same, before) in zip(runs, plain, strict=True):
        reduced = {item.month for item in items if item.fen < 0}
        assert reduced <= {item.month for item in before if item.fen < 0}, (run, told)


def test_i17_a_lower_amount_holds_for_months_not_yet_granted_and_reaches_back_only_by_an_article():
    life = Dossier("甲", (*_ORPHAN,))
    lower_from = month(2023, 9)  # known on 5 December
    kept, _ = lived(children(lower_from=lower_from), life)
    forced, _ = lived(children(lower_from=lower_from, claims=True), life)

    assert kept[month(2023, 9)].fen == kept[month(2023, 11)].fen == 250_000
    assert kept[month(2023, 12)].fen == 100_000
    assert forced[month(2023, 9)].fen == 100_000


@fast
@given(lives(), st.sampled_from(["death", "left_city"]), valid, days, days)
def test_i18_withdrawing_a_fact_restores_the_state_before_it(
    life, kind, since, told, taken_back
):
    assume(told < taken_back)
    reported = Fact(50, kind, since, since, known_at=told, received_on=told)
    withdrawn = Fact(
        51, kind, None, since, known_at=taken_back, received_on=taken_back, replaces=50
    )
    without, _ = lived(children(), life)
    restored, _ = lived(children(), Dossier("甲", (*life.facts, reported, withdrawn)))

    assume(taken_back <= run_of(LAST).as_known_at)
    assert {of: g.fen for of, g in without.items() if g.fen} == {
        of: g.fen for of, g in restored.items() if g.fen
    }


@fast
@given(lives())
def test_i19_whoever_was_paid_and_has_no_new_fact_is_paid_again(life):
    granted: dict = {}
    for period in range(FIRST, LAST + 1):
        run, of = run_of(Month(period)), Month(period)
        items = differences(children(), life, granted, run).items
        add(granted, items, run)
        before = granted.get(Month(of - 1))
        news = [
            f for f in life.facts if f.known_at > run_of(Month(of - 1)).as_known_at - timedelta(1)
            and f.known_at <= run.as_known_at
        ]  # fmt: skip
        begins = [
            f for f in life.facts if month_of(f.since) in {of, Month(of - 1)} and f.number > 3
        ]
        delayed = [f for f in life.facts if month_of(f.decided) == Month(of - 1)]
        if before and before.fen and not news and not begins and not delayed:
            assert granted[of].fen >= before.fen


@fast
@given(st.lists(lives(), min_size=1, max_size=4), skipped)
def test_only_who_is_touched_need_be_looked_at_again(living, skipping):
    people = [Dossier(f"{n}", life.facts) for n, life in enumerate(living)]
    granted: dict = {person.beneficiary: {} for person in people}
    last: Run | None = None
    for period in range(FIRST, LAST + 1):
        if period in skipping:
            continue
        run = run_of(Month(period))
        everybody = [
            differences(children(), person, granted[person.beneficiary], run)
            for person in people
        ]

        def touched(person: Dossier, last: Run | None = last, run: Run = run) -> bool:
            issued = (
                last is not None and last.as_known_at < date(2023, 6, 29) <= run.as_known_at
            )
            missed = last is None or last.period < run.period - 1
            return (
                issued
                or missed
                or any(
                    last.as_known_at < fact.known_at <= run.as_known_at for fact in person.facts
                )
            )

        some = [*compute(children(), people, granted.__getitem__, run, touched=touched)]
        assert [d.items for d in some if d.items] == [d.items for d in everybody if d.items]
        for found in everybody:
            for item in found.items:
                add(granted[item.beneficiary], (item,), run)
        last = run


@pytest.mark.parametrize("day", [date(2023, 8, 1), date(2023, 8, 31)])
def test_the_29_june_notice_gives_600_of_arrears_in_july_and_a_late_death_takes_august(
    day: date,
):
    """The figures of the design's prototype."""
    life = Dossier(
        "甲",
        (*_ORPHAN, Fact(9, "death", day, date(2023, 7, 20), known_at=date(2023, 9, 5))),
    )
    _granted, runs = lived(children(), life)
    items = {(run.period, i.month): (i.fen, i.kind) for run, found in runs for i in found}

    assert items[month(2023, 7), month(2023, 6)] == (60_000, ItemKind.ARREAR)
    assert items[month(2023, 7), month(2023, 7)] == (250_000, ItemKind.DUE)
    assert items[month(2023, 9), month(2023, 8)] == (-250_000, ItemKind.REDUCTION)


def test_a_quarter_is_paid_ahead():
    from kaoji.benefits.programmes.catalogue import programmes

    old = programmes()["old_age_allowance"]

    assert last_month(old, run_of(month(2023, 7))) == month(2023, 9)
    assert last_month(old, run_of(month(2023, 8))) == month(2023, 9)
    assert last_month(children(), run_of(month(2023, 8))) == month(2023, 8)


_ORPHAN = (
    Fact(1, "birth", BORN, BORN),
    Fact(2, "category", "orphan_in_community", date(2021, 1, 1)),
    Fact(3, "grant", "given", first_day(month(2021, 1))),
)
