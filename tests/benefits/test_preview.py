"""Before a value is changed, everybody sees what it would do; what lies out of reach is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier, Fact
from kaoji.benefits.law import Dated, LateFact, NotInForce, Status
from kaoji.benefits.months import Month, month
from kaoji.benefits.preview import Change, preview
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.reckoning import UnknownLateness
from kaoji.benefits.run import Granted, Run, differences, out_of_reach

CHILD = programmes()["child_living"]
BORN = date(2014, 3, 2)
FACTS = (
    Fact(1, "birth", BORN, BORN),
    Fact(2, "category", "child_in_hardship", date(2019, 5, 1)),
    Fact(3, "grant", "given", date(2019, 5, 1)),
)
PEOPLE = [Dossier(who, FACTS) for who in "甲乙"]
GRANTED = {
    Month(of): Granted(250_000 if of >= month(2023, 6) else 190_000, date(2023, 8, 10))
    for of in range(month(2021, 1), month(2023, 9))
}
SEPTEMBER = Run(month(2023, 9), date(2023, 9, 10))


def changed(fen: int, *, claims: bool = False) -> list[Change]:
    value = Dated(month(2023, 8), fen, "通知", Status.SEEN, date(2023, 9, 1), claims, "第三条")
    law = CHILD.law.with_amount("child_in_hardship", value)
    return preview(CHILD, law, PEOPLE, lambda who: GRANTED, SEPTEMBER)


def test_a_higher_amount_reaches_back_to_its_first_month():
    assert changed(260_000) == [
        Change(month(2023, 8), people=2, plus=20_000, minus=0),
        Change(month(2023, 9), people=2, plus=20_000, minus=0),
    ]


def test_a_lower_amount_holds_for_the_first_month_not_yet_granted():
    assert changed(240_000) == [Change(month(2023, 9), people=2, plus=0, minus=20_000)]


def test_a_lower_amount_with_its_article_reaches_back_too():
    assert [change.month for change in changed(240_000, claims=True)] == [
        month(2023, 8),
        month(2023, 9),
    ]


def test_what_lies_beyond_the_look_back_is_counted_and_not_paid():
    holes = {of: value for of, value in GRANTED.items() if of != month(2021, 3)}
    paid_twice = {**holes, month(2021, 4): Granted(380_000, date(2021, 4, 1))}

    unequal = out_of_reach(CHILD, PEOPLE[0], paid_twice, SEPTEMBER)

    assert unequal[month(2021, 3)] == 190_000
    assert unequal[month(2021, 4)] == -190_000
    items = differences(CHILD, PEOPLE[0], paid_twice, SEPTEMBER).items
    assert {item.month for item in items} == {month(2023, 9)}


def test_a_fact_whose_lateness_the_law_does_not_settle_is_an_error():
    late = CHILD.law.settings["late"][0]
    less = {kind: reach for kind, reach in late.value.items() if kind != "category"}
    settings = {**CHILD.law.settings, "late": (replace(late, value=less),)}
    programme = Programme(replace(CHILD.law, settings=settings), CHILD.rule)

    with pytest.raises(UnknownLateness, match="child_living 的 late 没有写“类别”"):
        differences(programme, PEOPLE[0], {}, SEPTEMBER)
    assert isinstance(late.value["category"], LateFact)


def test_a_run_before_the_law_is_said_to_be_so():
    with pytest.raises(NotInForce, match="没有收录 2017-01"):
        differences(CHILD, PEOPLE[0], {}, Run(month(2017, 1), date(2017, 1, 10)))


def test_what_the_law_does_not_name_is_asked_not_guessed():
    minor = (FACTS[0], replace(FACTS[1], value="child_in_temporary_guardianship"), FACTS[2])
    run = Run(month(2023, 5), date(2023, 5, 10))

    found = differences(CHILD, Dossier("丙", minor), {}, run)

    assert found.items == ()
    assert "没有收录 2021-05 的“临时监护未成年人每月标准”" in str(found.questions[0].sentence)
