"""Whatever is asked: never a fault of ours, always a status that the contract names, and an answer of its shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaoji.platform.accounts.actions.access_key import open_key
from kaoji.subjects.review.actions.move_declaration import move_declaration
from support.people import NOON

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
CONTRACT = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text("utf-8"))
READS = sorted(path for path, methods in CONTRACT["paths"].items() if "get" in methods)
# What may be meant for some parameter or other, and what never is.
VALUES = [
    "", "0", "1", "2", "-1", "2023", "1999", "99999999999999999999", "1.5", "true", "maybe", "优", "甲", "松江区财政局",
    "approved", "lost", "results", "scores,events", "results,results", "results,", "gestern", "2023-12-31", "20231231",
    "2026-11-24T04:00:00Z", "2026-11-24T04:00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
    "\x00", "\n", "%", "'; --", "x" * 600,
]  # fmt: skip


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    monkeypatch.setattr(
        "kaoji.subjects.publication.api.routes.spend", lambda request, *limits: None
    )


@pytest.fixture
def token(evaluation, approved, finance) -> str:
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    filer = User.objects.get(username="tian")
    return open_key("平台", until=NOON.date(), acting_user=filer, now=NOON)[1]


def answers_to(path: str, token: str, number: str, query: dict[str, str]) -> Any:
    address = path.replace("{number}", number) + "?" + urlencode(query)
    return Client(raise_request_exception=True).get(
        address, headers={"authorization": f"Bearer {token}"}
    )


@pytest.mark.parametrize("path", READS)
def test_every_answer_is_one_that_the_contract_names(path: str, token: str, approved):
    operation = CONTRACT["paths"][path]["get"]
    names = [item["name"] for item in operation["parameters"] if item["in"] == "query"]
    queries = st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(VALUES) | st.text(max_size=20) for name in names}
    )
    numbers = st.sampled_from([str(approved.pk), "0", "987654"])
    worked = set()

    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(number=numbers, query=queries)
    def try_it(number: str, query: dict[str, str]) -> None:
        answer = answers_to(path, token, number, query)
        told = (path, number, query, answer.status_code)
        assert str(answer.status_code) in operation["responses"], told
        if answer.streaming:
            b"".join(answer.streaming_content)
            return
        media = operation["responses"][str(answer.status_code)]["content"]
        schema = {**media["application/json"]["schema"], "components": CONTRACT["components"]}
        jsonschema.validate(answer.json(), schema)
        worked.add(answer.status_code)

    try_it()
    plain = answers_to(path, token, str(approved.pk), {})
    assert plain.status_code in {200, 404}


@pytest.mark.parametrize("path", [path for path in READS if "/public/" not in path])
def test_without_a_key_nothing_is_told(path: str, token: str, approved):
    assert answers_to(path, "kaoji_none", str(approved.pk), {}).status_code == 401
