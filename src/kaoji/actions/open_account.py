"""Open an account for a person, in a role."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction

from kaoji.actions.permission import MAY_OPEN_ACCOUNTS, UnableToAct, require
from kaoji.actions.roles import ADMINISTRATOR, ensure_roles
from kaoji.core.speech import say
from kaoji.records.event_log import record_event


class UnableToOpen(UnableToAct):
    """The name is taken."""


def open_account(
    username: str,
    *,
    role: str,
    full_name: str,
    password: str,
    acting_user: User | None,
    now: datetime,
) -> User:
    """Open an account. *acting_user* is None only while an installation is set up."""
    if acting_user is not None:
        require(acting_user, MAY_OPEN_ACCOUNTS)
    people = get_user_model()
    with transaction.atomic():
        if people.objects.filter(username=username).exists():
            raise UnableToOpen(say("账号“{username}”已存在", username=username))
        everything = role == ADMINISTRATOR
        person = people(
            username=username,
            first_name=full_name,
            is_staff=everything,
            is_superuser=everything,
        )
        person.set_password(password)
        person.save()
        if not everything:
            ensure_roles()
            person.groups.set(Group.objects.filter(name=role))
        record_event(
            "account.opened",
            at=now,
            actor=acting_user,
            payload={"username": username, "role": role},
        )
    return person
