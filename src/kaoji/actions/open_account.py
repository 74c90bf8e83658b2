"""Open an account for a person, with the permissions of a role."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User
from django.db import transaction

from kaoji.actions.permission import (
    MAY_IMPORT,
    MAY_OPEN_ACCOUNTS,
    MAY_VIEW,
    UnableToAct,
    require,
)
from kaoji.core.speech import say
from kaoji.records.event_log import record_event

# What each role may do; 管理员 may do everything.
ROLES: dict[str, tuple[str, ...]] = {
    "填报人": (MAY_VIEW, MAY_IMPORT),
    "审核人": (MAY_VIEW,),
    "管理员": (),
}


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
        everything = role == "管理员"
        person = people(
            username=username,
            first_name=full_name,
            is_staff=everything,
            is_superuser=everything,
        )
        person.set_password(password)
        person.save()
        person.user_permissions.set(_permissions(ROLES[role]))
        record_event(
            "account.opened",
            at=now,
            actor=acting_user,
            payload={"username": username, "role": role},
        )
    return person


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    codes = [name.partition(".")[2] for name in names]
    return list(
        Permission.objects.filter(content_type__app_label="records", codename__in=codes)
    )
