"""What a declaration brings along when asked, and every indicator as a row."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.accounts.actions.access_key import open_key
from kaoji.platform.rooms import brought
from kaoji.subjects.declarations.api.expand import PARTS
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def key_for(user: User) -> str:
    return open_key("平台", until=NOON.date(), acting_user=user, now=NOON)[1]


def asked(token: str, address: str):
    return Client().get(f"/api/1{address}", headers={"authorization": f"Bearer {token}"})


def test_every_part_is_brought_by_some_room():
    assert set(brought("api.expanded", "EXPANDED")) == set(PARTS)


def test_what_is_not_asked_for_is_not_told(approved, filer):
    told = asked(key_for(filer), f"/declarations/{approved.pk}").json()

    assert not set(told) & set(PARTS)
    assert told["publication"] is None


def test_results_scores_and_events_come_along(evaluation, approved, filer):
    """The Putuo form of 2022: 98.62 points, 86.18 % spent."""
    token = key_for(filer)

    told = asked(token, f"/declarations/{approved.pk}?expand=results,scores,events").json()

    assert told["results"] == asked(token, f"/declarations/{approved.pk}/results").json()
    assert told["results"]["total"] == "98.62"
    [score] = told["scores"]
    assert (score["number"], score["total"], score["grade"]) == (1, "98.62", "优")
    assert score["rechecks"] == []
    types = [event["type"] for event in told["events"]]
    assert types[-1] == "declaration.recorded"
    assert "evaluation.filed" in types
    assert "批复了第 1 版" in [event["told"] for event in told["events"]]
    assert "财政绩效" not in json.dumps(told["events"], ensure_ascii=False)  # nobody's name


def test_a_form_that_is_not_approved_has_no_results(clerk):
    token = key_for(User.objects.get(username="tian"))
    first = asked(token, "/declarations").json()["items"][0]["id"]

    told = asked(token, f"/declarations/{first}?expand=results,scores").json()

    assert (told["results"], told["scores"]) == (None, [])


@pytest.mark.parametrize("expand", ["all", "results,", "results;events", "Results"])
def test_a_part_that_there_is_not_is_refused_in_words(approved, filer, expand: str):
    answer = asked(key_for(filer), f"/declarations/{approved.pk}?expand={expand}")

    assert answer.status_code == 422
    assert answer.json()["faults"] == ["query.expand：只能写 results / scores / events"]


def test_every_indicator_is_a_row(approved, filer):
    token = key_for(filer)

    told = asked(token, "/indicators?year=2023&state=approved").json()

    assert told["next"] is None
    assert told["items"][0] == {
        "declaration": approved.pk, "revision": 1, "year": 2023, "project_name": "甲",
        "unit_name": approved.organisation.name, "state": "approved", "indicator": 1, "scope": "year",
        "level1": "产出指标", "level2": "数量指标", "level3": "养护里程", "target": "≥ 35公里",
        "comparison": ">=", "value": "35", "value_high": None, "unit": "公里",
        "kind": "quantitative", "weight": None,
    }  # fmt: skip
    assert [row["level3"] for row in told["items"]] == [
        "养护里程", "验收合格率", "修补时限", "每公里成本", "好路率", "居民满意度",
    ]  # fmt: skip
    later = NOON + timedelta(seconds=1)
    for query in (
        "year=2022",
        "state=draft",
        f"changed_since={later:%Y-%m-%dT%H:%M:%SZ}",
        "place=nowhere",
    ):
        assert asked(token, f"/indicators?{query}").json()["items"] == []


def test_pages_and_lines_tell_all_177_of_the_sample(clerk, monkeypatch):
    monkeypatch.setattr("kaoji.subjects.declarations.api.indicators._PER_PAGE", 7)
    token = key_for(User.objects.get(username="tian"))

    rows, after = [], 0
    while after is not None:
        page = asked(token, f"/indicators?after={after}").json()
        rows += page["items"]
        after = page["next"]
    lines = b"".join(asked(token, "/indicators/lines").streaming_content).decode()

    assert sum(row["scope"] == "year" for row in rows) == 177
    assert rows == [json.loads(line) for line in lines.splitlines()]


def test_a_place_is_asked_for_with_all_below_it(approved, filer):
    token, unit = key_for(filer), approved.organisation

    for name in (unit.name, place().name):
        assert asked(token, f"/indicators?place={name}").json()["items"], name
        assert asked(token, f"/declarations?place={name}").json()["items"], name
    type(unit).objects.filter(pk=unit.pk).update(code="101003")
    assert asked(token, "/indicators?place=101003").json()["items"]


def test_nothing_of_another_place_is_a_row(approved):
    token = key_for(person("填报", "feng", place("奉贤区财政局")))

    for query in ("", f"place={approved.organisation.name}"):
        assert asked(token, f"/indicators?{query}").json()["items"] == []
