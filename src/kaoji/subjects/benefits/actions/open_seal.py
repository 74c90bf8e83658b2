"""Open a sealed value: an act of its own, with a purpose that the log keeps."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.identity import veiled
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.sealing import opened
from kaoji.subjects.benefits.models import Fact, Person
from kaoji.subjects.benefits.queries.outgoing import number_of
from kaoji.workflow.roles import MAY_OPEN_SEALS

FIELD_NAMES = {"name": "姓名", "id": "证号", "account": "账号"}
_SHORTEST, _LONGEST = 4, 200


def open_seal(
    person: Person, field: str, *, purpose: str, acting_user: User, now: datetime
) -> str:
    """The value in the clear, once. Raises UnableToAct without a purpose, NotPermitted elsewhere."""
    require(acting_user, MAY_OPEN_SEALS, place_of(person, acting_user))
    if field not in FIELD_NAMES:
        raise UnableToAct(say("请选择要看哪一项"))
    if len(purpose.strip()) < _SHORTEST:
        raise UnableToAct(say("请写明用途，至少 {least} 个字", least=_SHORTEST))
    with transaction.atomic():
        value = _opened(person, field)
        record_event(
            "benefits.seal_opened",
            at=now,
            actor=acting_user,
            payload={
                "person": person.pk,
                "who": person.name_masked,
                "field": FIELD_NAMES[field],
                "purpose": veiled(purpose.strip())[:_LONGEST],
            },
        )
    return value


def place_of(person: Person, user: User) -> Organisation:
    """Where the right is asked for: at the paying office, or at the person's town where it is held there."""
    town = Fact.objects.filter(person=person, kind="town").order_by("id").last()
    if town is not None and not user.has_perm(MAY_OPEN_SEALS, person.place):
        return Organisation.objects.get(pk=int(town.value))
    return person.place


def _opened(person: Person, field: str) -> str:
    if field == "account":
        account = person.accounts.last()
        if account is None:
            raise UnableToAct(say("没有登记收款账户"))
        return number_of(account)
    seal = person.id_sealed if field == "id" else person.name_sealed
    return opened(seal, purpose=f"benefits.{field}.{person.id_hash}").decode()
