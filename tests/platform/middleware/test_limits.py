"""How often the open doors may be used, by whom, and what stays out of caches."""

from __future__ import annotations

import pytest
from django.test import Client

from kaoji.platform.middleware.client_address import forwarded_for
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.import_document import import_document
from support.people import NOON, PASSWORD, person, place

pytestmark = pytest.mark.django_db


def wrong_password(client: Client, name: str, **where: str):
    given = {"username": name, "password": "not this one"}
    return client.post("/account/sign-in/", given, **where)


@pytest.mark.parametrize(
    ("said", "proxies", "address"),
    [
        ("10.1.1.1", 1, "10.1.1.1"),
        ("6.6.6.6, 10.1.1.1", 1, "10.1.1.1"),
        ("6.6.6.6, 10.1.1.1, 10.0.0.9", 2, "10.1.1.1"),
        ("6.6.6.6", 0, None),
        ("6.6.6.6", 2, None),
        ("unknown", 1, None),
        ("", 1, None),
        ("[2001:db8::1]", 1, "2001:db8::1"),
    ],
)
def test_an_address_is_what_the_outermost_of_our_proxies_saw(said, proxies, address):
    assert forwarded_for(said, proxies) == address


def test_behind_a_proxy_one_persons_mistakes_do_not_close_the_door_to_others(settings):
    settings.TRUSTED_PROXIES = 1
    person("填报")
    for _ in range(6):
        wrong_password(Client(), "tian", HTTP_X_FORWARDED_FOR="10.1.1.1")

    given = {"username": "tian", "password": PASSWORD}
    there = Client().post("/account/sign-in/", given, HTTP_X_FORWARDED_FOR="10.1.1.1")
    elsewhere = Client().post("/account/sign-in/", given, HTTP_X_FORWARDED_FOR="10.1.1.2")

    assert there.status_code == 429
    assert elsewhere.status_code == 302


def test_nobody_gets_a_new_address_by_writing_one(settings):
    """Without proxies of our own the header is what anybody writes."""
    settings.TRUSTED_PROXIES = 0
    person("填报")
    for number in range(6):
        wrong_password(Client(), "tian", HTTP_X_FORWARDED_FOR=f"10.1.1.{number}")

    given = {"username": "tian", "password": PASSWORD}
    assert Client().post("/account/sign-in/", given).status_code == 429


def test_an_address_that_tries_many_names_is_closed_for_a_while():
    for number in range(50):
        wrong_password(Client(), f"name-{number}")

    answer = wrong_password(Client(), "another")

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_a_public_search_may_be_made_sixty_times_a_minute():
    answers = [Client().get("/public/?q=路").status_code for _ in range(121)]

    assert answers[:60] == [200] * 60
    assert 429 in answers
    assert Client().get("/public/").status_code == 200


def test_private_pages_are_kept_by_no_cache():
    client = Client()
    client.force_login(person("填报"))

    for address in ("/todo/", "/declarations/", "/account/security/"):
        assert client.get(address).headers["Cache-Control"] == "no-store"
    for address in ("/api/1/declarations", "/api/1/nothing", "/api/nothing"):
        assert Client().get(address).headers["Cache-Control"] == "no-store", address


@pytest.mark.parametrize("name", ["tian\u200bbao", "tian\u202ebao", "\ufeffboss"])
def test_a_name_with_invisible_signs_is_refused(name: str):
    boss = Client()
    boss.force_login(person("管理员"))
    given = {
        "role": "filer", "username": name, "full_name": "乔", "password": PASSWORD,
        "since": "2026-01-01",
    }  # fmt: skip
    answer = boss.post(f"/places/{place().pk}/appoint/", given)

    assert answer.status_code in {409, 422}


def test_a_form_of_ten_thousand_rows_is_refused_in_a_sentence_of_ours():
    client = Client()
    client.force_login(person("填报"))
    rows = {f"indicators.{name}": ["x"] * 10_000 for name in ("origin", "class", "level3")}

    answer = client.post("/declarations/1/edit/", rows)

    assert answer.status_code == 400
    assert "一次送来的内容超过 20000 项，没有保存" in answer.content.decode()


@pytest.mark.parametrize(
    ("number", "status"),
    [("9" * 5_000, 400), ("-1", 400), ("１", 200), ("0x1", 400), ("99", 200)],
)
def test_a_form_that_an_import_has_not_is_refused(number: str, status: int):
    user = person("填报")
    client = Client()
    client.force_login(user)
    intake = import_document("项目: 甲".encode(), name="a.txt", acting_user=user, now=NOON)

    answer = client.post(f"/intake/{intake.pk}/confirm/", {"form": [number]}, follow=True)

    assert answer.status_code == status
    assert ("请至少选择一份表" in answer.content.decode()) == (status == 200)
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("address", ["/declarations/{}/", "/intake/{}/", "/uploads/{}/"])
def test_a_number_of_five_thousand_digits_is_not_found(address: str):
    client = Client()
    client.force_login(person("填报"))

    assert client.get(address.format("9" * 5_000)).status_code == 404
