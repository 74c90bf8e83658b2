"""Name a system elsewhere that is told what happens in a place and below."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.core.width import is_visible
from kaoji.platform.events.event_log import record_event
from kaoji.platform.guarded_post import UnableToPost, addresses_for, target_of
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.signed_message import new_secret
from kaoji.platform.webhooks.models import Receiver
from kaoji.platform.webhooks.offered import offered
from kaoji.platform.webhooks.sealed_secret import sealed_secret
from kaoji.workflow.roles import MAY_MANAGE

_LONGEST_NAME, _MOST_OF_A_PLACE = 100, 20


def open_receiver(
    place: Organisation,
    name: str,
    *,
    address: str,
    choices: Collection[str],
    acting_user: User,
    now: datetime,
) -> tuple[Receiver, str]:
    """A new receiver, and the secret that it checks signatures with, which is told only now. Raises UnableToAct."""
    require(acting_user, MAY_MANAGE, place)
    name, address = name.strip(), address.strip()
    _require_fitting(place, name, choices, now)
    host = _checked_host(address)
    secret = new_secret()
    with transaction.atomic():
        # Two at once must not both find room: the place is locked.
        Organisation.objects.select_for_update().get(pk=place.pk)
        _require_room(place, name, address)
        receiver = Receiver.objects.create(
            place=place,
            name=name,
            address=address,
            choices=[choice for choice in offered() if choice in choices],
            secret=sealed_secret(secret),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "webhook.opened",
            at=now,
            actor=acting_user,
            payload={
                "id": receiver.pk,
                "organisation": place.pk,
                "place": place.name,
                "name": name,
                "host": host,
                "choices": receiver.choices,
            },
            rows=[receiver],
        )
        _tell_others(receiver, host, acting_user, now)
    return receiver, secret


def _tell_others(receiver: Receiver, host: str, acting_user: User, now: datetime) -> None:
    """Who manages the place too knows where it sends, though one alone opened it."""
    told = say(
        "{who}为“{place}”开设了推送“{name}”，送到 {host}",
        who=acting_user.get_full_name() or acting_user.get_username(),
        place=receiver.place.name,
        name=receiver.name,
        host=host,
    )
    others = people_at(receiver.place, [MAY_MANAGE], now=now) - {acting_user}
    tell(others, told, declaration=None, now=now)


def _require_fitting(
    place: Organisation, name: str, choices: Collection[str], now: datetime
) -> None:
    if not name or len(name) > _LONGEST_NAME or not is_visible(name):
        raise UnableToAct(
            say("请写推送的名称：送给哪个系统，不超过 {most} 字", most=_LONGEST_NAME)
        )
    if place.closed_on is not None and place.closed_on <= localdate(now):
        raise UnableToAct(say("“{name}”已撤销，不能为它开设推送", name=place.name))
    if not choices:
        raise UnableToAct(say("请至少选一种要推送的事项"))
    for choice in choices:
        if choice not in offered():
            raise UnableToAct(say("没有“{choice}”这种事项", choice=choice))


def _checked_host(address: str) -> str:
    """The host, where the address may be asked today. Raises UnableToAct."""
    try:
        target = target_of(address)
        addresses_for(target, allowed=settings.WEBHOOK_NETWORKS)
    except UnableToPost as refusal:
        raise UnableToAct(refusal.sentence) from refusal
    return target.host


def _require_room(place: Organisation, name: str, address: str) -> None:
    held = list(Receiver.objects.filter(place=place, ended_at__isnull=True))
    if len(held) >= _MOST_OF_A_PLACE:
        raise UnableToAct(
            say(
                "“{place}”已有 {count} 个推送；请先停用不要的",
                place=place.name,
                count=len(held),
            )
        )
    for other in held:
        if other.name == name:
            raise UnableToAct(say("已有叫“{name}”的推送；请换个名称，或先停用旧的", name=name))
        if other.address == address:
            raise UnableToAct(
                say("“{name}”已经送到这个地址；要改选事项，请先停用它", name=other.name)
            )
