"""A person's second factor: a phone that shows one-time codes, and codes for when it is lost."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django_otp.oath import TOTP

from kaoji.core.canonical import digest
from kaoji.core.speech import Sentence, say
from kaoji.platform.accounts.models import EmergencyCode, SecondFactor
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require_manages
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.sealing import opened, sealed

# The log tells the digests of emergency codes: so long that nobody finds them by trying.
_EMERGENCY_CODES, _CODE_BYTES, _SECRET_BYTES = 10, 10, 20
_STEP = 30
# A phone's clock may be off by one code.
_TOLERANCE = 1
# After so many wrong codes each further one has to wait, longer each time.
_FREE_TRIES = 3
_LONGEST_WAIT = timedelta(minutes=10)


class WrongCode(UnableToAct):
    """The code is not the one that the phone shows now."""

    def __init__(self, sentence: Sentence | None = None) -> None:
        super().__init__(sentence or say("验证码不对；请输入手机上现在的验证码，或一个应急码"))


class MustWait(WrongCode):
    """Too many wrong codes: the next one may be tried in *seconds*; an emergency code at once."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            say(
                "错了几次；请 {seconds} 秒后再试手机上的验证码，应急码现在就能用",
                seconds=seconds,
            )
        )


def has_second_factor(person: User) -> bool:
    """Does the person need a code beside the password?"""
    return _confirmed().filter(person=person).exists()


def secured_among(people: Iterable[int]) -> set[int]:
    """Which of these people (keys) have a second factor."""
    return set(_confirmed().filter(person__in=list(people)).values_list("person_id", flat=True))


def _confirmed() -> QuerySet[SecondFactor]:
    return SecondFactor.objects.filter(confirmed_at__isnull=False)


def begin_second_factor(person: User) -> bytes:
    """The secret of the phone that is being set up: one for each person until it is confirmed."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    factor, _ = SecondFactor.objects.get_or_create(
        person=person, defaults={"secret": sealed(secret, purpose=_purpose(person))}
    )
    return opened(factor.secret, purpose=_purpose(person))


def confirm_second_factor(code: str, *, acting_user: User, now: datetime) -> list[str]:
    """Turn the second factor on with a first code; gives the emergency codes, shown only once.

    Raises WrongCode.
    """
    begin_second_factor(acting_user)
    factor = SecondFactor.objects.get(person=acting_user)
    if factor.confirmed_at is not None:
        raise UnableToAct(say("两步验证已经开启"))
    _require_phone_code(factor, code, now)
    codes = [_legible(secrets.token_hex(_CODE_BYTES)) for _ in range(_EMERGENCY_CODES)]
    with transaction.atomic():
        factor.confirmed_at = now
        factor.save(update_fields=["confirmed_at"])
        EmergencyCode.objects.filter(person=acting_user).delete()
        EmergencyCode.objects.bulk_create(
            EmergencyCode(person=acting_user, digest=_digest_of(item)) for item in codes
        )
        record_event(
            "account.secured",
            at=now,
            actor=acting_user,
            payload={
                "username": acting_user.username,
                "codes": sorted(_digest_of(item) for item in codes),
            },
            rows=[factor],
        )
    return codes


def require_code(person: User, code: str, *, now: datetime) -> None:
    """Take a code of the phone, or an emergency code, once. Raises WrongCode, MustWait."""
    found = EmergencyCode.objects.filter(person=person, digest=_digest_of(code))
    if found.delete()[0]:
        SecondFactor.objects.filter(person=person).update(failures=0, wait_until=None)
        return
    factor = _confirmed().filter(person=person).first()
    if factor is None:
        raise WrongCode
    _require_phone_code(factor, code, now)


def remove_second_factor(
    person: User, *, code: str = "", acting_user: User, now: datetime
) -> None:
    """Turn it off: oneself with a code, an administrator for somebody who lost the phone."""
    if person.pk != acting_user.pk:
        require_manages(acting_user, person)
    else:
        require_code(person, code, now=now)
    with transaction.atomic():
        factors = SecondFactor.objects.filter(person=person)
        gone = list(factors.filter(confirmed_at__isnull=False))
        EmergencyCode.objects.filter(person=person).delete()
        record_event(
            "account.unsecured",
            at=now,
            actor=acting_user,
            payload={"username": person.username},
            gone=gone,
        )
        factors.delete()


def _require_phone_code(factor: SecondFactor, code: str, now: datetime) -> None:
    """The code that the phone shows now, and that was not taken yet. Raises WrongCode, MustWait."""
    with transaction.atomic():
        held = SecondFactor.objects.select_for_update().get(pk=factor.pk)
        if held.wait_until is not None and held.wait_until > now:
            raise MustWait(1 + int((held.wait_until - now).total_seconds()))
        secret = opened(held.secret, purpose=_purpose(held.person))
        counter = _counter_of(secret, code.strip(), now)
        right = counter is not None and counter > held.counter
        if counter is not None and right:
            held.counter, held.failures, held.wait_until = counter, 0, None
        else:
            held.failures += 1
            beyond = held.failures - _FREE_TRIES
            wait = min(timedelta(seconds=2 ** min(beyond + 1, 12)), _LONGEST_WAIT)
            held.wait_until = now + wait if beyond >= 0 else None
        held.save(update_fields=["counter", "failures", "wait_until"])
    if not right:
        raise WrongCode


def _counter_of(secret: bytes, code: str, now: datetime) -> int | None:
    """Which step of time the code is of; None for a code of no step near now."""
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return None
    totp = TOTP(secret, step=_STEP)
    for offset in range(-_TOLERANCE, _TOLERANCE + 1):
        totp.time = now.timestamp() + offset * _STEP
        if hmac.compare_digest(f"{totp.token():06}", code):
            return int(totp.time // _STEP)
    return None


def _digest_of(code: str) -> str:
    """Of the code as it is however it was typed."""
    return digest("".join(code.lower().replace("-", "").split()).encode())


def _legible(code: str) -> str:
    """In groups of five, as people read them from paper."""
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))


def _purpose(person: User) -> str:
    return f"second factor of {person.pk}"
