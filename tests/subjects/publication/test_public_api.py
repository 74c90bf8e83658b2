"""The HTTP API without a key: the same that the public pages and the package tell, and nothing else."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from kaoji.documents.data_package.tables import (
    DECLARATIONS,
    FUNDS,
    GRADES,
    INDICATORS,
    RESULTS,
    SPENDING,
    Table,
)
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.publication.api import shapes
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from support.people import NOON
from support.publishing import looked_at

pytestmark = pytest.mark.django_db


def asked(address: str = "", **headers: str):
    return Client().get(f"/api/1/public/declarations{address}", headers=headers)


def items(address: str = "") -> list[dict[str, Any]]:
    answer = asked(address)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def moved(held: Declaration, verb: str, finance: User) -> None:
    move_declaration(held, verb, revision=1, reason="有误", acting_user=finance, now=NOON)


@pytest.fixture
def public(approved: Declaration, evaluation: SelfEvaluation, finance: User) -> Declaration:
    """The road form, published, with results that finance has looked at."""
    moved(approved, "publish", finance)
    looked_at(evaluation, finance)
    return approved


GRADE = {
    "reviewed_on": "2026-11-24",
    "budget": "250000.00",
    "executed": "215457.60",
    "indicators": 6,
    "met": 6,
    "score": "98.62",
    "grade": "优",
}


def test_one_promise_is_told_with_its_money_and_its_indicators(public: Declaration):
    told = asked(f"/{public.pk}").json()

    assert told["project_name"] == "甲"
    assert told["start_date"] is None
    assert told["public_from"] == "2026-11-24"
    assert told["grade"] == {"declaration": public.pk, **GRADE}
    assert told["funds"][0] == {
        "declaration": public.pk, "scope": "project", "source": "total", "amount": "250000.00",
    }  # fmt: skip
    assert told["indicators"][0] == {
        "declaration": public.pk,
        "indicator": 1,
        "scope": "year",
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "养护里程",
        "target": "≥ 35公里",
        "comparison": ">=",
        "value": "35",
        "value_high": None,
        "unit": "公里",
        "kind": "quantitative",
        "weight": None,
    }
    assert len(told["indicators"]) == 6


def test_the_results_are_those_that_finance_looked_at(public: Declaration):
    told = asked(f"/{public.pk}/results").json()

    assert told["grade"] == {"declaration": public.pk, **GRADE}
    assert told["spending"] == [
        {"declaration": public.pk, "month": "2023-06", "amount": "215457.60"}
    ]
    assert told["indicators"][0] == {
        "declaration": public.pk, "indicator": 1, "actual": "36公里", "met": True,
        "evidence": None, "reason": None,
    }  # fmt: skip
    assert [row["met"] for row in told["indicators"]] == [True] * 6


def test_the_rows_are_those_of_the_package(public: Declaration, tmp_path: Path):
    call_command("export_public", str(tmp_path / "out"), stdout=io.StringIO())
    whole, results = asked(f"/{public.pk}").json(), asked(f"/{public.pk}/results").json()

    def lines(table: Table) -> list[dict[str, str]]:
        text = (tmp_path / "out" / f"{table.name}.csv").read_bytes().decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    told = {
        DECLARATIONS: [{name: whole[name] for name in DECLARATIONS.names}],
        FUNDS: whole["funds"],
        INDICATORS: whole["indicators"],
        RESULTS: results["indicators"],
        SPENDING: results["spending"],
        GRADES: [results["grade"]],
    }
    for table, rows in told.items():
        assert [as_cells(row) for row in rows] == lines(table), table.name


def as_cells(row: dict[str, Any]) -> dict[str, str]:
    words = {None: "", True: "true", False: "false"}
    return {
        name: words[value] if value is None or isinstance(value, bool) else str(value)
        for name, value in row.items()
    }


@pytest.mark.parametrize(
    ("table", "shape"),
    [
        (DECLARATIONS, shapes.PublicDeclaration),
        (FUNDS, shapes.PublicFunds),
        (INDICATORS, shapes.PublicIndicator),
        (RESULTS, shapes.PublicResult),
        (SPENDING, shapes.PublicSpending),
        (GRADES, shapes.PublicGrade),
    ],
    ids=lambda item: getattr(item, "name", ""),
)
def test_the_contract_names_the_columns_of_the_package(table: Table, shape: type):
    assert list(shape.model_fields) == list(table.names)
    for column in table.columns:
        assert shape.model_fields[column.name].is_required()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", True),
        ("?q=甲", True),
        ("?q=养护里程", True),
        ("?q=没有这个词", False),
        ("?year=2023", True),
        ("?year=2022", False),
        ("?unit=丙", True),
        ("?unit=别的单位", False),
        ("?grade=优", True),
        ("?grade=差", False),
        ("?missed=true", False),
        ("?q=甲&year=2023&unit=丙&grade=优", True),
    ],
)
def test_the_questions_are_those_of_the_public_page(public: Declaration, question, found: bool):
    assert [row["id"] for row in items(question)] == ([public.pk] if found else [])


def test_who_asks_for_the_next_ones_names_the_last(
    public: Declaration, monkeypatch: pytest.MonkeyPatch
):
    assert asked().json()["next"] is None
    assert items(f"?after={public.pk}") == []

    Declaration.objects.create(
        organisation=public.organisation, year=2023, project_name="乙", changed_at=NOON,
        publication="public", public_revision=1, public_from=date(2023, 1, 1), public_name="乙",
    ).revisions.create(
        number=1, content=public.revisions.get().content, sha256="", notes={}, made_at=NOON,
        made_by=public.revisions.get().made_by,
    )  # fmt: skip
    monkeypatch.setattr("kaoji.subjects.publication.api.routes._PER_PAGE", 1)
    first = asked().json()
    second = asked(f"?after={first['next']}").json()

    assert [row["project_name"] for row in first["items"] + second["items"]] == ["甲", "乙"]
    assert second["next"] is None


@pytest.mark.parametrize("address", ["/{pk}", "/{pk}/results"])
def test_nothing_unpublished_or_withdrawn_is_told(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, address: str
):
    looked_at(evaluation, finance)
    page = address.format(pk=approved.pk)
    assert asked(page).status_code == 404
    assert items() == []

    moved(approved, "publish", finance)
    assert asked(page).status_code == 200

    moved(approved, "withdraw", finance)
    gone = asked(page)
    assert gone.status_code == 410
    assert gone.json() == {"faults": ["这一项曾经公开，已经撤下"]}
    assert items() == []

    tomorrow = {"publication": "public", "public_from": date(2099, 1, 1)}
    Declaration.objects.filter(pk=approved.pk).update(**tomorrow)
    assert asked(page).status_code == 404
    assert items() == []


def test_there_are_no_results_before_finance_has_looked(
    approved: Declaration, evaluation: SelfEvaluation, finance: User
):
    moved(approved, "publish", finance)

    assert asked(f"/{approved.pk}/results").status_code == 404
    assert asked(f"/{approved.pk}").json()["grade"] is None


def test_no_key_is_asked_for_and_none_opens_more(public: Declaration):
    told = asked(f"/{public.pk}", authorization="Bearer kaoji_nothing")

    assert told.status_code == 200
    assert Client().get("/api/1/declarations").status_code == 401


def test_a_question_that_cannot_be_is_refused_in_words(public: Declaration):
    refused = asked("?grade=甲&year=23")

    assert refused.status_code == 422
    assert refused.json()["faults"] == [
        "query.year：不能小于 2000",
        "query.grade：只能写 优 / 良 / 中 / 差",
    ]


def test_nobody_asks_without_end(public: Declaration, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    searches = [asked("?q=甲").status_code for _ in range(61)]
    refused = asked("?q=甲", accept_language="en")

    assert searches == [200] * 60 + [429]
    assert refused["Retry-After"] == "60"
    assert refused.json() == {
        "faults": [
            "There were too many requests from where you are; please try again in 60 seconds"
        ]
    }
    assert asked().status_code == 200
    others = [asked(f"/{public.pk}").status_code for _ in range(240)]
    assert others[0] == 200
    assert others[-1] == 429
