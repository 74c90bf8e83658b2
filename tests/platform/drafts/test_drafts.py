"""What somebody types is kept for them alone, never written over by another page, and gone when it is filed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.drafts.actions import keep_draft as keeping
from kaoji.platform.drafts.actions.drop_draft import drop_draft
from kaoji.platform.drafts.actions.keep_draft import DraftIsNewer, keep_draft
from kaoji.platform.drafts.models import Draft
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import UnableToAct
from support.people import NOON, person

pytestmark = pytest.mark.django_db
SHEET = "judge:5:general"


@pytest.fixture
def reviewer() -> User:
    return person("主管部门审核")


def kept(user: User, text: str, seen: int, *, form: str = SHEET, later: int = 0) -> Draft:
    return keep_draft(
        form,
        [["remark.0", text]],
        seen=seen,
        acting_user=user,
        now=NOON + timedelta(days=later),
    )


def test_a_draft_counts_its_versions_and_is_no_matter_of_record(reviewer):
    before = Event.objects.count()

    kept(reviewer, "成本", 0)
    draft = kept(reviewer, "成本偏高", 1)

    assert (draft.version, draft.content) == (2, [["remark.0", "成本偏高"]])
    assert Draft.objects.count() == 1
    assert Event.objects.count() == before


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_page_that_has_not_seen_the_latest_writes_nothing_over_it(reviewer, seen):
    kept(reviewer, "甲", 0)
    kept(reviewer, "乙", 1)

    with pytest.raises(DraftIsNewer, match="另一个窗口") as refusal:
        kept(reviewer, "丙", seen)

    assert refusal.value.held.content == [["remark.0", "乙"]]
    assert Draft.objects.get().content == [["remark.0", "乙"]]


def test_each_has_their_own(reviewer):
    colleague = person("财政绩效")
    kept(reviewer, "甲", 0)
    kept(colleague, "乙", 0)

    drop_draft(SHEET, acting_user=colleague)

    assert Draft.objects.get().person == reviewer


def test_what_nobody_touched_for_a_season_goes(reviewer):
    kept(reviewer, "旧", 0, form="judge:1:general")

    kept(reviewer, "新", 0, later=91)

    assert Draft.objects.get().form == SHEET


def test_old_drafts_of_those_who_left_go_too(reviewer):
    kept(person("财政绩效"), "旧", 0)

    kept(reviewer, "新", 0, later=91)

    assert Draft.objects.get().person == reviewer


def test_thirty_thousand_chinese_signs_are_kept(reviewer):
    assert kept(reviewer, "长" * 34_000, 0).version == 1


def test_what_is_too_long_or_too_many_is_refused_with_a_sentence(reviewer, monkeypatch):
    with pytest.raises(UnableToAct, match="太长"):
        kept(reviewer, "长" * keeping.MOST_LETTERS, 0)
    monkeypatch.setattr(keeping, "MOST_FORMS", 1)
    kept(reviewer, "甲", 0)
    with pytest.raises(UnableToAct, match="已满 1 份"):
        kept(reviewer, "乙", 0, form="opinion:5")


@pytest.fixture
def client(reviewer: User) -> Client:
    client = Client()
    client.force_login(reviewer)
    return client


def sent(client: Client, text: str, version: int):
    content = json.dumps([["remark.0", text]])
    return client.post("/drafts/", {"form": SHEET, "version": version, "content": content})


def test_a_page_keeps_and_finds_its_draft(client):
    assert client.get("/drafts/", {"form": SHEET}).json() == {"version": 0}

    assert sent(client, "甲", 0).json()["version"] == 1

    assert client.get("/drafts/", {"form": SHEET}).json()["content"] == [["remark.0", "甲"]]


def test_the_second_page_is_told_and_shown_what_the_first_kept(client):
    sent(client, "第一页", 0)

    answer = sent(client, "第二页", 0)

    assert answer.status_code == 409
    assert "另一个窗口" in answer.json()["sentence"]
    assert answer.json()["content"] == [["remark.0", "第一页"]]


def test_nobody_elses_draft_is_shown(client):
    kept(person("财政绩效"), "别人的", 0)

    assert client.get("/drafts/", {"form": SHEET}).json() == {"version": 0}


def test_who_is_not_signed_in_keeps_nothing():
    assert Client().get("/drafts/").status_code == 302
    assert sent(Client(), "甲", 0).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "content", ["", "{", "{}", "[1]", '[["a"]]', '[["a", 1]]', "[" * 90_000]
)
def test_nonsense_is_refused(client, content):
    answer = client.post("/drafts/", {"form": SHEET, "version": 0, "content": content})

    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_signs_that_no_keyboard_writes_are_left_out_though_they_came_escaped(client):
    content = '[["remark.0", "成\\u0000本\\ud800"]]'

    assert client.post("/drafts/", {"form": SHEET, "content": content}).status_code == 200

    assert Draft.objects.get().content == [["remark.0", "成本"]]
