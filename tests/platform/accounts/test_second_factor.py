"""The second factor: a code from the phone, emergency codes, and who may take it away."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from kaoji.platform.accounts.actions.second_factor import (
    begin_second_factor,
    remove_second_factor,
    require_code,
)
from kaoji.platform.accounts.models import EmergencyCode, SecondFactor
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted
from support.people import NOON, PASSWORD, person, place

pytestmark = pytest.mark.django_db


def shown_by(phone_of: User, *, steps: int = 0) -> str:
    """What the phone of the person shows, some half-minutes from now."""
    phone = TOTP(begin_second_factor(phone_of), step=30)
    phone.time = timezone.now().timestamp() + 30 * steps
    return f"{phone.token():06d}"


@pytest.fixture
def filer() -> User:
    return person("填报")


def secured(user: User) -> list[str]:
    """Turn the second factor on as a person does; gives the emergency codes."""
    client = Client()
    client.force_login(user)
    page = client.get("/account/security/").content.decode()
    assert "data:image/svg+xml" in page
    page = client.post("/account/security/", {"code": shown_by(user)}).content.decode()
    return re.findall(r"<code>([0-9a-f]{5}(?:-[0-9a-f]{5}){3})</code>", page)


def is_on(user: User) -> bool:
    return SecondFactor.objects.filter(person=user, confirmed_at__isnull=False).exists()


def password_given(client: Client) -> None:
    answer = client.post(
        "/account/sign-in/",
        {"username": "tian", "password": PASSWORD, "next": "/declarations/"},
    )
    assert answer.headers["Location"] == "/account/sign-in/code/"


def test_with_a_second_factor_the_password_alone_opens_nothing(filer):
    secured(filer)
    client = Client()
    password_given(client)

    assert client.get("/declarations/").status_code == 302
    wrong = client.post("/account/sign-in/code/", {"code": "000000"})
    assert wrong.status_code == 403
    assert "验证码不对" in wrong.content.decode()
    assert client.get("/declarations/").status_code == 302


def test_the_code_of_the_phone_opens_the_page_that_was_asked_for(filer):
    secured(filer)
    client = Client()
    password_given(client)

    answer = client.post("/account/sign-in/code/", {"code": shown_by(filer, steps=1)})

    assert answer.headers["Location"] == "/declarations/"
    assert client.get("/declarations/").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [str, str.upper, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")],
)
def test_an_emergency_code_is_taken_however_it_is_typed(filer, typed):
    codes = secured(filer)

    require_code(filer, typed(codes[0]), now=NOON)
    assert EmergencyCode.objects.filter(person=filer).count() == 9


def test_an_emergency_code_works_once(filer):
    [first, *others] = secured(filer)
    assert len(others) == 9
    for expected in (302, 403):
        client = Client()
        password_given(client)
        answer = client.post("/account/sign-in/code/", {"code": first})
        assert answer.status_code == expected


def test_after_three_wrong_codes_the_phone_waits_and_an_emergency_code_opens_at_once(filer):
    [first, *_] = secured(filer)
    client = Client()
    password_given(client)
    for _ in range(3):
        client.post("/account/sign-in/code/", {"code": "000000"})

    right = client.post("/account/sign-in/code/", {"code": shown_by(filer, steps=1)})

    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) >= 1
    opened = client.post("/account/sign-in/code/", {"code": first})
    assert opened.headers["Location"] == "/declarations/"


def test_a_code_of_the_phone_is_taken_once(filer):
    secured(filer)
    code = shown_by(filer, steps=1)
    for expected in (302, 403):
        client = Client()
        password_given(client)
        assert client.post("/account/sign-in/code/", {"code": code}).status_code == expected


def test_the_database_alone_shows_neither_the_secret_nor_the_emergency_codes(filer):
    """Whoever steals the database cannot make a code with it."""
    codes = secured(filer)
    secret = begin_second_factor(filer)
    kept = SecondFactor.objects.get(person=filer)

    assert secret not in kept.secret.encode()
    assert not EmergencyCode.objects.filter(digest__in=codes).exists()
    assert EmergencyCode.objects.filter(person=filer).count() == 10


def test_the_second_step_needs_the_first():
    answer = Client().post("/account/sign-in/code/", {"code": "123456"})

    assert answer.headers["Location"] == "/account/sign-in/"


def test_a_wrong_first_code_turns_nothing_on(filer):
    client = Client()
    client.force_login(filer)
    client.get("/account/security/")

    refused = client.post("/account/security/", {"code": "000000"})

    assert refused.status_code == 409
    assert not is_on(filer)


def test_it_is_turned_off_with_a_code_by_oneself_or_by_an_administrator(filer):
    codes = secured(filer)
    client = Client()
    client.force_login(filer)

    assert client.post("/account/security/off/", {"code": codes[0]}).status_code == 302
    assert not is_on(filer)

    secured(filer)
    with pytest.raises(NotPermitted):
        remove_second_factor(filer, acting_user=person("主管部门审核"), now=NOON)
    boss = Client()
    boss.force_login(person("管理员"))
    appointment = filer.appointments.get()
    assert "关闭两步验证" in boss.get(f"/places/{place().pk}/").content.decode()
    boss.post(f"/places/{place().pk}/appointments/{appointment.pk}/unsecure/")
    assert not is_on(filer)
    assert Event.objects.filter(type="account.unsecured").count() == 2


def test_it_stays_on_with_a_wrong_code(filer):
    secured(filer)
    client = Client()
    client.force_login(filer)

    assert client.post("/account/security/off/", {"code": "0"}).status_code == 409
    assert is_on(filer)


def test_the_admin_has_no_door_of_its_own(filer):
    """Its own page would let a superuser in by the password alone."""
    root = User.objects.create_superuser("root", password=PASSWORD)
    secured(root)
    client = Client()

    given = {"username": "root", "password": PASSWORD}
    answer = client.post("/admin/login/", given)
    assert answer.headers["Location"] == "/account/sign-in/?next=%2Fadmin%2F"
    assert client.get("/admin/").status_code == 302
    client.force_login(filer)
    assert client.get("/admin/", follow=True).status_code == 403
