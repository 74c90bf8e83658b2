"""Keys for other systems: opened and ended by their person, recognised at each request."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.canonical import digest
from kaoji.core.speech import say
from kaoji.core.width import is_visible
from kaoji.platform.accounts.models import AccessKey
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require_manages
from kaoji.platform.refusals import NotPermitted, UnableToAct

LONGEST = timedelta(days=366)
_PREFIX, _BYTES, _SHOWN, _NAME = "kaoji_", 32, 12, 100


def open_key(
    name: str, *, until: date, may_write: bool = False, acting_user: User, now: datetime
) -> tuple[AccessKey, str]:
    """A new key of one's own and its text, which is told only now. Raises UnableToAct."""
    name, today = name.strip(), localdate(now)
    if not name or len(name) > _NAME or not is_visible(name):
        raise UnableToAct(say("请写密钥的名称：哪个系统用，不超过 {most} 字", most=_NAME))
    if not today <= until <= today + LONGEST:
        raise UnableToAct(
            say("有效期 {until} 要在今天之后、一年之内；到期前另开一个即可", until=until)
        )
    if AccessKey.objects.filter(
        person=acting_user, name=name, ended_at__isnull=True, expires_on__gte=today
    ).exists():
        raise UnableToAct(say("已有叫“{name}”的密钥；请换个名称，或先停用旧的", name=name))
    token = _PREFIX + secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        key = AccessKey.objects.create(
            person=acting_user,
            name=name,
            shown=token[:_SHOWN],
            digest=digest(token.encode()),
            may_write=may_write,
            expires_on=until,
            made_at=now,
        )
        record_event(
            "key.opened",
            at=now,
            actor=acting_user,
            payload={
                "id": key.pk,
                "username": acting_user.username,
                "name": name,
                "until": until.isoformat(),
                "may_write": may_write,
            },
            rows=[key],
        )
    return key, token


def end_key(key: AccessKey, *, acting_user: User, now: datetime) -> None:
    """End a key at once: one's own, or that of somebody whose account one manages."""
    if key.person_id != acting_user.pk:
        require_manages(acting_user, key.person)
    with transaction.atomic():
        held = AccessKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
        if held.ended_at is not None:
            raise UnableToAct(say("密钥“{name}”已经停用", name=held.name))
        held.ended_at = now
        held.save(update_fields=["ended_at"])
        record_event(
            "key.ended",
            at=now,
            actor=acting_user,
            payload={
                "id": held.pk,
                "username": held.person.username,
                "name": held.name,
            },
            rows=[held],
        )


def end_keys_of(person: User, *, acting_user: User, now: datetime) -> int:
    """End every key that somebody still has; gives how many there were."""
    with transaction.atomic():
        keys = list(AccessKey.objects.filter(person=person, ended_at__isnull=True))
        for key in keys:
            end_key(key, acting_user=acting_user, now=now)
    return len(keys)


def with_keys_among(people: Iterable[int], *, now: datetime) -> set[int]:
    """Which of these people (keys) have a key that holds."""
    holding = AccessKey.objects.filter(ended_at__isnull=True, expires_on__gte=localdate(now))
    return set(holding.filter(person__in=list(people)).values_list("person_id", flat=True))


def recognise_key(token: str, *, now: datetime) -> AccessKey | None:
    """The key with this text, if it holds today and its person's account is open."""
    today = localdate(now)
    key = (
        AccessKey.objects.select_related("person")
        .filter(
            digest=digest(token.encode()),
            ended_at__isnull=True,
            expires_on__gte=today,
            person__is_active=True,
        )
        .first()
    )
    if key is not None and key.last_used_on != today:
        AccessKey.objects.filter(pk=key.pk).update(last_used_on=today)
    return key


def require_writes(key: AccessKey) -> None:
    """Raise NotPermitted for a key that may only read."""
    if not key.may_write:
        raise NotPermitted(
            say("密钥“{name}”只能读取；要报数据，请另开一个可写的", name=key.name)
        )
