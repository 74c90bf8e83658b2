"""What the API leaves out when asked, and everything at once, a line each."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.accounts.actions.access_key import open_key
from support.people import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def key_for(user: User) -> str:
    _, token = open_key("平台", until=NOON.date(), may_write=False, acting_user=user, now=NOON)
    return token


def asked(token: str, address: str):
    return Client().get(f"/api/1{address}", headers={"authorization": f"Bearer {token}"})


def test_lists_are_narrowed_by_state_and_by_what_changed(approved, filer):
    token = key_for(filer)

    def found(query: str) -> list[str]:
        return [
            row["project_name"]
            for row in asked(token, f"/declarations?{query}").json()["items"]
        ]

    assert found("state=approved") == [approved.project_name]
    assert found("state=draft") == []
    assert found(f"changed_since={NOON:%Y-%m-%dT%H:%M:%SZ}") == [approved.project_name]
    later = NOON + timedelta(seconds=1)
    assert found(f"changed_since={later:%Y-%m-%dT%H:%M:%SZ}") == []


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("state=lost", "query.state：只能写"),
        (
            "changed_since=gestern",
            "query.changed_since：要写成带时区的时刻，例如 2026-11-28T08:00:00Z",
        ),
        ("changed_since=2026-11-28T08:00:00", "要写成带时区的时刻"),
        ("changed_since=9999-12-31T23:59:59-12:00", "要在 2000 年到 2100 年之间"),
        ("changed_since=0001-01-01T00:00:00%2B14:00", "要在 2000 年到 2100 年之间"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused_in_words(filer, query: str, why: str):
    answer = asked(key_for(filer), f"/declarations?{query}")

    assert answer.status_code == 422
    assert why in answer.json()["faults"][0]


def test_all_at_once_come_as_lines_that_say_what_each_says_alone(clerk, monkeypatch):
    monkeypatch.setattr("kaoji.subjects.declarations.api.routes._PER_PAGE", 5)
    token = key_for(User.objects.get(username="tian"))

    answer = asked(token, "/declarations/lines?year=2023")

    assert answer.headers["Content-Type"] == "application/jsonl"
    lines = b"".join(answer.streaming_content).decode().splitlines()
    told = [json.loads(line) for line in lines]
    assert len(told) == 17
    assert told[0] == asked(token, f"/declarations/{told[0]['id']}").json()
    assert asked("kaoji_none", "/declarations/lines").status_code == 401
