"""Change an account: a new password, closed or open again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.accounts.actions.access_key import end_keys_of
from kaoji.platform.accounts.actions.open_account import require_good_password
from kaoji.platform.accounts.models import GivenPassword
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import tell
from kaoji.platform.organisation.actions.permission import require_manages
from kaoji.platform.refusals import UnableToAct


def change_password(
    person: User, *, password: str, old: str = "", acting_user: User, now: datetime
) -> None:
    """Give the account a new password: oneself with the old one, else who manages the person.

    One that somebody else gave has to be changed at the next sign-in, and the person is told of it.
    """
    if person.pk != acting_user.pk:
        require_manages(acting_user, person)
    elif not person.check_password(old):
        raise UnableToAct(say("原密码不对"))
    elif password == old:
        raise UnableToAct(say("新密码与原密码相同；请另选一个"))
    require_good_password(password, person)
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        if person.pk == acting_user.pk:
            GivenPassword.objects.filter(person=person).delete()
        else:
            GivenPassword.objects.update_or_create(person=person, defaults={"given_at": now})
            who = acting_user.get_full_name() or acting_user.get_username()
            sentence = say("{who}给您的账号设了新密码；不是您要的，请马上联系管理员", who=who)
            tell([person], sentence, declaration=None, now=now)
        _record(person, "密码", acting_user, now)


def rehash_password(person: User, password: str, *, now: datetime) -> None:
    """Keep the same password under today's hash, at a sign-in."""
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        _record(person, "密码的散列", person, now)


def set_active(person: User, *, active: bool, acting_user: User, now: datetime) -> None:
    """Close the account, or open it again. One's own stays open; keys end with the account."""
    require_manages(acting_user, person)
    if person.pk == acting_user.pk:
        raise UnableToAct(say("不能停用自己的账号"))
    with transaction.atomic():
        person.is_active = active
        person.save(update_fields=["is_active"])
        if not active:
            end_keys_of(person, acting_user=acting_user, now=now)
        _record(person, "启用" if active else "停用", acting_user, now)


def _record(person: User, what: str, acting_user: User, now: datetime) -> None:
    record_event(
        "account.changed",
        at=now,
        actor=acting_user,
        payload={"username": person.username, "fields": what},
        rows=[person],
    )
