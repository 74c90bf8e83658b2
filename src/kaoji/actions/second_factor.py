"""A person's second factor: a phone that shows one-time codes, and codes for when it is lost."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from kaoji.actions.permission import UnableToAct, require_manages
from kaoji.core.declaration_json import digest
from kaoji.core.speech import say
from kaoji.records.event_log import record_event

_EMERGENCY_CODES, _CODE_BYTES = 10, 5


class WrongCode(UnableToAct):
    """The code is not the one that the phone shows now."""

    def __init__(self) -> None:
        super().__init__(say("验证码不对，或刚试过几次错的；请稍候再输入手机上现在的验证码"))


def has_second_factor(person: User) -> bool:
    """Does the person need a code beside the password?"""
    return bool(TOTPDevice.objects.filter(user=person, confirmed=True).exists())


def secured_among(people: Iterable[int]) -> set[int]:
    """Which of these people (keys) have a second factor."""
    found = TOTPDevice.objects.filter(user__in=list(people), confirmed=True)
    return set(found.values_list("user_id", flat=True))


def begin_second_factor(person: User) -> TOTPDevice:
    """The device that is being set up: one for each person until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=person, confirmed=False, defaults={"name": person.get_username()}
    )
    return device


def confirm_second_factor(code: str, *, acting_user: User, now: datetime) -> list[str]:
    """Turn the second factor on with a first code; gives the emergency codes, shown only once.

    Raises WrongCode.
    """
    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True).get(pk=acting_user.pk)
        if has_second_factor(person):
            raise UnableToAct(say("两步验证已经开启"))
        device = begin_second_factor(person)
        if not device.verify_token(code.strip()):
            raise WrongCode
        device.confirmed = True
        device.save()
        StaticDevice.objects.filter(user=person).delete()
        emergency = StaticDevice.objects.create(user=person, name="emergency")
        codes = [secrets.token_hex(_CODE_BYTES) for _ in range(_EMERGENCY_CODES)]
        StaticToken.objects.bulk_create(
            StaticToken(device=emergency, token=item) for item in codes
        )
        record_event(
            "account.secured",
            at=now,
            actor=acting_user,
            payload={
                "username": person.username,
                "tokens": [digest(item.encode()) for item in codes],
            },
            rows=[device],
        )
    return codes


def remove_second_factor(
    person: User, *, code: str = "", acting_user: User, now: datetime
) -> None:
    """Turn it off: oneself with a code, an administrator for somebody who lost the phone."""
    if person.pk != acting_user.pk:
        require_manages(acting_user, person)
    elif match_token(person, code.strip()) is None:
        raise WrongCode
    with transaction.atomic():
        devices = TOTPDevice.objects.filter(user=person)
        gone = list(devices.filter(confirmed=True))
        StaticDevice.objects.filter(user=person).delete()
        record_event(
            "account.unsecured",
            at=now,
            actor=acting_user,
            payload={"username": person.username},
            gone=gone,
        )
        devices.delete()
