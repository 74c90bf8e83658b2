"""Grades and warning lights: where each of them begins, to the hundredth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kaoji.scoring.lights import (
    Light,
    budget_light,
    grade_of,
    progress_light,
    self_evaluation_light,
    worst,
)
from kaoji.standards.scoring import scoring_policy

POLICY = scoring_policy(on=date(2023, 1, 1), region=None)


def test_a_grade_begins_with_its_least_score():
    totals = ("90", "89.99", "80", "79.99", "60", "59.99", "0", "-1")

    assert [grade_of(Decimal(total), POLICY) for total in totals] == [*"优良良中中差差差"]


@pytest.mark.parametrize(
    ("rate", "light"),
    [
        ("59.99", "red"),
        ("60", "yellow"),
        ("79.99", "yellow"),
        ("80", "green"),
        ("130", "green"),
    ],
)
def test_spending_is_held_against_the_part_of_the_year_that_is_over(rate: str, light: str):
    assert budget_light(Decimal(rate), POLICY, month=12).value == light
    assert budget_light(Decimal(rate) / 2, POLICY, month=6).value == light


@pytest.mark.parametrize(
    ("reached", "light"),
    [("59.99", "red"), ("60", "yellow"), ("79.99", "yellow"), ("80", "green"),
     ("119.99", "green"), ("120", "blue")],
)  # fmt: skip
def test_progress_is_held_against_what_is_due(reached: str, light: str):
    assert progress_light(Decimal(100), Decimal(reached), POLICY).value == light
    assert progress_light(Decimal(50), Decimal(reached) / 2, POLICY).value == light


def test_a_region_sets_where_its_lights_change():
    strict = replace(
        POLICY, lights=replace(POLICY.lights, yellow=Decimal(70), blue=Decimal(150))
    )

    assert budget_light(Decimal(65), strict, month=12) is Light.RED
    assert progress_light(Decimal(100), Decimal(120), strict) is Light.GREEN


def test_where_nothing_is_due_yet_progress_is_green():
    assert progress_light(Decimal(0), Decimal(0), POLICY) is Light.GREEN


@pytest.mark.parametrize(
    ("indicators", "execution", "executed", "light"),
    [
        ("90", "10", "100", "green"),
        ("90", "9.5", "95", "green"),  # 5 % apart are not yet too much
        ("90", "9.49", "95", "red"),
        ("72", "8", "80", "green"),  # a fifth unspent is not yet too much
        ("72", "8", "79.99", "yellow"),
        ("0", "10", "100", "green"),
        ("45", "10", "100", "green"),  # better spent than done is no sign of gloss
    ],
)
def test_a_self_evaluation_that_looks_better_than_its_spending_is_red(
    indicators: str, execution: str, executed: str, light: str
):
    found = self_evaluation_light(
        POLICY,
        indicators=Decimal(indicators), execution=Decimal(execution), of_execution=Decimal(10),
        budget=Decimal(100), executed=Decimal(executed),
    )  # fmt: skip

    assert found.value == light


def test_without_a_budget_a_self_evaluation_is_yellow():
    nothing = dict.fromkeys(("indicators", "execution", "budget", "executed"), Decimal(0))

    found = self_evaluation_light(POLICY, of_execution=Decimal(10), **nothing)

    assert found is Light.YELLOW


@pytest.mark.parametrize(
    ("of_execution", "indicators", "execution", "light"),
    [
        ("20", "80", "20", "green"),  # all of 80 and all of 20
        ("20", "80", "17", "red"),  # all of 80 and 85 % of 20: 15 % apart
        ("20", "76", "19", "green"),  # 95 % of each
        ("1", "99", "0", "red"),
        ("10", "1", "0", "red"),  # a little of 90, and nothing of 10
        ("0", "100", "0", "green"),  # spending has no points to be behind in
        ("100", "0", "90", "green"),
    ],
)
def test_spending_is_held_against_the_points_that_the_form_gives_it(
    of_execution: str, indicators: str, execution: str, light: str
):
    found = self_evaluation_light(
        POLICY,
        indicators=Decimal(indicators), execution=Decimal(execution),
        of_execution=Decimal(of_execution), budget=Decimal(100), executed=Decimal(85),
    )  # fmt: skip

    assert found.value == light


def test_a_projects_light_is_its_worst():
    assert worst([Light.GREEN, Light.RED, Light.BLUE]) is Light.RED
    assert worst([Light.GREEN, Light.YELLOW]) is Light.YELLOW
    assert worst([Light.BLUE, Light.GREEN]) is Light.GREEN
    assert worst([]) is Light.GREEN
