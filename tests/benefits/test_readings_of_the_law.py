"""Where the paper can be read in two ways, each reading is a value, and both are tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier, Fact
from kaoji.benefits.law import Dated, Status
from kaoji.benefits.months import Month, month
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.run import Granted, Run, differences

BORN = date(2007, 8, 20)  # 16 in August 2023
SINCE = date(2022, 1, 1)
GRANT = Fact(1, "grant", "given", SINCE)


def reading(name: str, setting: str, value: object) -> Programme:
    made = programmes()[name]
    since = min(dated.since for dated in made.law.settings["starts"])
    other = (Dated(since, value, "另一种读法", Status.UNVERIFIED),)
    settings = {**made.law.settings, setting: other}
    return Programme(replace(made.law, settings=settings), made.rule)


@pytest.mark.parametrize(
    ("until", "july", "august", "september", "later"),
    [
        ("before_16th_birthday", 197_000, 151_000, 151_000, 151_000),
        ("month_of_16th_birthday", 197_000, 197_000, 151_000, 151_000),
        ("end_of_16th_year", 197_000, 197_000, 197_000, 197_000),
    ],
)
def test_until_when_a_member_has_the_childs_standard(until, july, august, september, later):
    programme = reading("dibao", "child_until", until)
    household = Dossier("王家", (GRANT, Fact(2, "member", BORN, SINCE, about="大宝")))
    run = Run(month(2024, 6), date(2024, 6, 10))

    found = {i.month: i.fen for i in differences(programme, household, {}, run).items}

    months = (month(2023, 7), month(2023, 8), month(2023, 9), month(2024, 6))
    assert tuple(found[of] for of in months) == (july, august, september, later)


@pytest.mark.parametrize(("kept", "taken"), [("claim", [-18_000, -18_000]), ("keep", [])])
def test_whether_months_paid_ahead_are_taken_back_after_a_death(kept, taken):
    programme = reading("old_age_allowance", "prepaid_after_end", kept)
    died = date(2023, 7, 3)
    facts = (
        GRANT,
        Fact(2, "birth", date(1940, 1, 1), date(1940, 1, 1)),
        Fact(3, "death", died, died, known_at=date(2023, 8, 2)),
    )
    granted = {
        Month(of): Granted(18_000, date(2023, 7, 5))
        for of in range(month(2022, 1), month(2023, 10))
    }

    found = differences(
        programme, Dossier("甲", facts), granted, Run(month(2023, 9), date(2023, 9, 5))
    )

    assert [item.fen for item in found.items] == taken


@pytest.mark.parametrize(
    ("leaves", "last"), [("next_month", month(2023, 7)), ("same_month", month(2023, 6))]
)
def test_which_month_is_the_last_after_a_death(leaves, last):
    programme = reading("old_age_allowance", "leaves", leaves)
    died = date(2023, 7, 3)
    facts = (
        GRANT,
        Fact(2, "birth", date(1940, 1, 1), date(1940, 1, 1)),
        Fact(3, "death", died, died),
    )

    found = differences(
        programme, Dossier("甲", facts), {}, Run(month(2023, 9), date(2023, 9, 5))
    )

    assert max(item.month for item in found.items) == last
