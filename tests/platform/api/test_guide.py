"""Every line of curl in the guide to the API is asked, of the site itself, and answered as it says."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.accounts.actions.access_key import open_key
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.actions.move_declaration import move_declaration
from support.people import NOON, person

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
GUIDES = ROOT / "docs" / "guide"


def curls() -> list[list[str]]:
    """The commands in words, each with its lines joined."""
    text = (GUIDES / "api.md").read_text("utf-8")
    found = re.findall(r"^    (curl .*(?:\n     +.*)*)", text, re.MULTILINE)
    return [shlex.split(line.replace("\\\n", " ")) for line in found]


def asked(words: list[str], token: str) -> tuple[int, object]:
    """What the site answers to a command of curl."""
    method, body, headers, address = "GET", "", {}, ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-d":
            body = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name.lower()] = value.replace("kaoji_…", token)
        else:
            address = word
    parts = urlsplit(address)
    content_type = headers.pop("content-type", "application/json")
    answer = Client().generic(
        method, f"{parts.path}?{parts.query}", body, content_type=content_type, headers=headers
    )
    return answer.status_code, json.loads(answer.content)


def test_every_line_of_curl_is_answered_as_the_guide_says(clerk, monkeypatch):
    """On the 17 forms of the sample; the one that spending is reported of is approved."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    filer = User.objects.get(username="tian")
    made = Declaration.objects.get(project_name="残疾人福利")
    made.revisions.get(number=1).finding_rows.update(severity="warning")
    Declaration.objects.filter(pk=made.pk).update(errors=0)
    made.refresh_from_db()
    doers = {"submit": filer, "forward": person("主管部门审核"), "approve": person("财政绩效")}
    monkeypatch.setattr(
        "kaoji.subjects.review.actions.move_declaration.check_again", lambda held: None
    )
    for verb, user in doers.items():
        move_declaration(made, verb, revision=1, acting_user=user, now=NOON)
    token = open_key("国库", until=NOON.date(), may_write=True, acting_user=filer, now=NOON)[1]

    listed, reported, public = (asked(words, token) for words in curls())

    assert listed[0] == 200
    assert len(listed[1]["items"]) == 17
    assert reported == (200, {"entries": 1, "total": "12500.00", "already_known": 0})
    assert public == (200, {"items": [], "next": None})


def test_the_message_that_the_guide_shows_is_what_the_contract_describes():
    import jsonschema

    contract = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text("utf-8"))
    text = (GUIDES / "webhooks.md").read_text("utf-8")
    [shown] = re.findall(r'^    (\{"type":.*(?:\n     +.*)*)', text, re.MULTILINE)
    body = json.loads(shown)

    described = contract["webhooks"][body["type"]]["post"]["requestBody"]["content"]
    schema = described["application/json"]["schema"]
    jsonschema.validate(body, {**schema, "components": contract["components"]})
    line = contract["components"]["schemas"]["DeclarationLine"]["properties"]
    assert set(body["data"]["declaration"]) == set(line)
