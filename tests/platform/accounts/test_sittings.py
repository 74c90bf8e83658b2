"""When a sitting ends, what has to be done first in one, and what asks once more who one is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from kaoji.platform.accounts.models import GivenPassword
from kaoji.platform.accounts.pages.sittings import sittings_of
from support.people import PASSWORD, person, place

pytestmark = pytest.mark.django_db
NEW = "another long secret"


def signed_in(name: str, password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post("/account/sign-in/", {"username": name, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def is_in(client: Client) -> bool:
    return client.get("/todo/").status_code == 200


@pytest.fixture
def filer() -> User:
    return person("填报")


@pytest.mark.parametrize(
    ("later", "still"), [(timedelta(minutes=50), True), (timedelta(minutes=70), False)]
)
def test_a_sitting_that_was_idle_for_an_hour_is_over(filer, monkeypatch, later, still):
    client = signed_in("tian")
    assert is_in(client)
    then = timezone.now() + later
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)

    assert is_in(client) is still


def test_a_sitting_that_never_opened_a_page_is_idle_listed_and_ended_like_any_other(
    filer, monkeypatch
):
    silent, other = signed_in("tian"), signed_in("tian")
    assert len(sittings_of(filer)) == 2
    other.post("/account/security/sittings/end/")
    assert not is_in(silent)

    silent = signed_in("tian")
    then = timezone.now() + timedelta(minutes=70)
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)
    assert not is_in(silent)


def test_who_clicks_is_never_idle_however_short_a_sitting_may_be(filer, settings, monkeypatch):
    settings.SITTING_IDLE = timedelta(minutes=1)
    client, began = signed_in("tian"), timezone.now()
    for seconds in range(20, 200, 20):
        then = began + timedelta(seconds=seconds)
        monkeypatch.setattr("django.utils.timezone.now", lambda then=then: then)
        assert is_in(client), seconds


def test_a_sitting_in_use_is_over_after_twelve_hours(filer, monkeypatch):
    client = signed_in("tian")
    began = timezone.now()
    lasted = []
    for half_hours in range(1, 27):
        then = began + timedelta(minutes=30 * half_hours)
        monkeypatch.setattr("django.utils.timezone.now", lambda then=then: then)
        lasted.append(is_in(client))

    assert lasted[:23] == [True] * 23
    assert not lasted[24]


def test_a_new_password_ends_the_other_sittings_and_not_this_one(filer):
    here, there = signed_in("tian"), signed_in("tian")
    assert is_in(there)

    given = {"old": PASSWORD, "new": NEW}
    here.post("/account/security/password/", given)

    assert is_in(here)
    assert not is_in(there)
    assert is_in(signed_in("tian", NEW))


def test_a_password_that_somebody_else_set_is_changed_before_anything_else():
    boss = Client()
    boss.force_login(person("管理员"))
    given = {
        "role": "filer", "username": "qiao", "full_name": "乔", "password": PASSWORD,
        "since": "2026-01-01",
    }  # fmt: skip
    boss.post(f"/places/{place().pk}/appoint/", given)
    client = signed_in("qiao")

    assert client.get("/todo/").headers["Location"] == "/account/security/"
    again = {"old": PASSWORD, "new": PASSWORD}
    client.post("/account/security/password/", again)
    assert GivenPassword.objects.filter(person__username="qiao").exists()
    given = {"old": PASSWORD, "new": NEW}
    client.post("/account/security/password/", given)
    assert is_in(client)


def test_a_role_may_need_a_second_factor(settings, filer):
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    boss = Client()
    boss.force_login(person("管理员"))

    assert boss.get("/places/").headers["Location"] == "/account/security/"
    assert boss.get("/account/security/").status_code == 200
    assert is_in(signed_in("tian"))


def test_a_key_asks_once_more_who_one_is_and_goes_on_with_what_was_filled_in(
    settings, filer, monkeypatch
):
    settings.PROOF_LASTS = timedelta(minutes=15)
    client = signed_in("tian")
    then = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)
    wish = {"name": "国库接口", "until": str(timezone.localdate() + timedelta(days=60))}

    asked = client.post("/account/keys/", wish)
    wrong = client.post("/account/keys/", {**wish, "proof": "not this one"})

    assert asked.status_code == 403
    assert 'name="name" value="国库接口"' in asked.content.decode()
    assert wrong.status_code == 403
    assert filer.access_keys.count() == 0
    client.post("/account/keys/", {**wish, "proof": PASSWORD})
    assert filer.access_keys.count() == 1
