"""Guessing passwords: the door closes for the guesser, not for the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from support.people import PASSWORD, person

pytestmark = pytest.mark.django_db


def attempt(password: str, *, username: str = "tian", address: str = "10.0.0.1"):
    return Client(REMOTE_ADDR=address).post(
        "/account/sign-in/", {"username": username, "password": password}
    )


def guess_five_times() -> list[int]:
    return [attempt(f"wrong {number}").status_code for number in range(5)]


def test_the_fifth_wrong_password_closes_the_door_even_to_the_right_one():
    person("填报")

    statuses = guess_five_times()
    refused = attempt(PASSWORD)

    assert statuses == [200, 200, 200, 200, 429]
    assert refused.status_code == 429
    assert "请 15 分钟后再试" in refused.content.decode()


def test_the_owner_at_another_machine_still_gets_in():
    person("填报")
    guess_five_times()

    assert attempt(PASSWORD, address="10.0.0.2").status_code == 302


def test_after_a_quarter_of_an_hour_the_door_is_open_again():
    person("填报")
    guess_five_times()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    assert attempt(PASSWORD).status_code == 302


def test_four_mistakes_are_forgotten_once_the_password_is_right():
    person("填报")

    for _ in range(2):
        for number in range(4):
            assert attempt(f"wrong {number}").status_code == 200
        assert attempt(PASSWORD).status_code == 302


def test_an_account_that_there_is_not_is_refused_in_the_same_words():
    person("填报")

    known = attempt("wrong").content.decode()
    unknown = attempt("wrong", username="nobody").content.decode()

    assert "账号或密码不对" in known
    assert "账号或密码不对" in unknown
