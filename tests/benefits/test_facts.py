"""Which fact holds in a month."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.facts import Counting, Dossier, Fact, FactsInForce, in_force
from kaoji.benefits.kinds import UnusableFact, kind_called, kinds
from kaoji.benefits.months import month
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.run import Run, differences

MAY, JUNE, JULY = month(2023, 5), month(2023, 6), month(2023, 7)


def grade(number: int, value: int | None, since: date, **more: object) -> Fact:
    return Fact(number, "disability_grade", value, since, **more)


def holds(*facts: Fact, of: int = JUNE, counting: Counting | None = None) -> object:
    return FactsInForce(facts, counting or Counting()).value("disability_grade", of)


def test_the_level_that_began_last_holds_though_an_older_one_is_told_later():
    new = grade(1, 2, date(2023, 3, 1), known_at=date(2023, 3, 5))
    old = grade(2, 3, date(2018, 1, 1), known_at=date(2023, 5, 5))

    assert holds(new, old) == 2
    assert holds(new, old, of=month(2023, 2)) == 3


def test_of_two_that_began_together_the_one_known_last_holds():
    one = grade(1, 2, date(2023, 3, 1), known_at=date(2023, 3, 5))
    two = grade(2, 3, date(2023, 3, 9), known_at=date(2023, 3, 20))

    assert holds(one, two) == holds(two, one) == 3


def test_only_a_fact_that_replaces_overrules_a_named_one():
    wrong = grade(1, 1, date(2023, 3, 1))
    right = grade(2, 2, date(2020, 1, 1), known_at=date(2023, 4, 1), replaces=1)

    assert holds(wrong, right) == 2


def test_what_is_withdrawn_holds_again_when_the_withdrawal_is_withdrawn():
    said = grade(1, 1, date(2023, 3, 1))
    withdrawn = grade(2, None, date(2023, 3, 1), known_at=date(2023, 4, 1), replaces=1)
    kept = grade(3, None, date(2023, 3, 1), known_at=date(2023, 5, 1), replaces=2)

    assert holds(said, withdrawn) is None
    assert holds(said, withdrawn, kept) == 1
    assert [fact.number for fact in in_force([said, withdrawn, kept])] == [1]


def test_a_level_that_has_ended_wakes_no_older_one():
    old = grade(1, 3, date(2018, 1, 1))
    limited = grade(2, 1, date(2023, 3, 1), until=date(2023, 6, 10))

    assert holds(old, limited, of=JUNE) == 1
    assert holds(old, limited, of=JULY) is None


@pytest.mark.parametrize(
    ("enters", "may", "june", "july"),
    [("any_day", None, 2, 2), ("first_day", None, None, 2), ("next_month", None, None, 2)],
)
def test_when_a_fact_of_mid_june_begins_to_count(enters, may, june, july):
    fact, counting = grade(1, 2, date(2023, 6, 15)), Counting(enters)

    assert [holds(fact, of=of, counting=counting) for of in (MAY, JUNE, JULY)] == [
        may,
        june,
        july,
    ]


def test_a_fact_of_the_first_day_counts_on_it():
    assert holds(grade(1, 2, date(2023, 6, 1)), counting=Counting("first_day")) == 2


@pytest.mark.parametrize(("leaves", "june"), [("next_month", None), ("same_month", True)])
def test_when_a_death_of_mid_june_begins_to_count(leaves, june):
    death = Fact(1, "death", date(2023, 6, 15), date(2023, 6, 15))
    facts = FactsInForce([death], Counting("any_day", leaves))

    assert (facts.holding("death", JUNE) is not None) is bool(june)
    assert facts.holding("death", JULY) is not None
    assert facts.holding("death", MAY) is None


@pytest.mark.parametrize(
    ("born", "of", "age"),
    [
        (date(1958, 6, 30), JUNE, 65),
        (date(1958, 7, 1), JUNE, 64),
        (date(1960, 2, 29), month(2025, 2), 65),
        (date(1960, 2, 29), month(2025, 1), 64),
        (date(1923, 6, 1), JUNE, 100),
    ],
)
def test_the_age_reached_in_a_month(born, of, age):
    assert FactsInForce([Fact(1, "birth", born, born)], Counting()).age(of) == age


def test_exclusions_stand_beside_each_other():
    facts = FactsInForce(
        [
            Fact(1, "excluded_by", "tekun", date(2023, 5, 1)),
            Fact(2, "excluded_by", "work_injury_nursing", date(2023, 6, 1)),
        ],
        Counting(),
    )

    assert facts.holding("excluded_by tekun", JULY) is not None
    assert facts.holding("excluded_by work_injury_nursing", JULY) is not None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((grade(1, 1, date(2023, 1, 1)), grade(1, 2, date(2023, 1, 1))), "编号相同"),
        ((Fact(1, "mood", "x", date(2023, 1, 1)),), "不认识事实“mood”"),
        ((grade(1, None, date(2023, 1, 1)),), "残疾等级没有值"),
        ((grade(1, None, date(2023, 1, 1), replaces=7),), "不在此前的记录中"),
        ((grade(1, 2, date(2023, 1, 2), until=date(2023, 1, 1)),), "早于开始"),
    ],
)
def test_a_fact_that_contradicts_itself_is_refused(facts, said):
    with pytest.raises(UnusableFact, match=said):
        Dossier("甲", facts).checked()


def test_every_kind_reads_what_it_writes():
    for kind in kinds().values():
        assert kind_called(kind.title) is kind
        for code, title in kind.words.items():
            assert kind.read(title) == code
            assert str(kind.written(code)) == title


def test_a_month_belongs_to_the_town_of_its_first_day_and_is_paid_once():
    told = date(2023, 6, 20)
    facts = (
        Fact(1, "birth", date(1950, 1, 1), date(1950, 1, 1)),
        Fact(2, "grant", "given", date(2016, 5, 1)),
        Fact(3, "town", "泗泾镇", date(2016, 5, 1)),
        Fact(4, "town", "九亭镇", date(2023, 6, 2), known_at=told, received_on=told),
    )
    run = Run(JULY, date(2023, 7, 5))

    items = differences(programmes()["old_age_allowance"], Dossier("甲", facts), {}, run).items

    by_month = {item.month: item.town for item in items}
    assert len(by_month) == len(items)
    assert (by_month[JUNE], by_month[JULY]) == ("泗泾镇", "九亭镇")
