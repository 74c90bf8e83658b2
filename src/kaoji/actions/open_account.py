"""Open an account for a person; what they may do comes with an appointment."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from kaoji.actions.permission import UnableToAct, require
from kaoji.core.speech import say
from kaoji.records.event_log import record_event
from kaoji.workflow.roles import MAY_MANAGE

# What Django's validators object to, in our words.
_WEAKNESSES = {
    "password_too_short": "密码太短，至少 8 个字符",
    "password_too_common": "密码太常见，容易被猜到",
    "password_entirely_numeric": "密码不能全是数字",
    "password_too_similar": "密码与账号或姓名太相近",
}


class UnableToOpen(UnableToAct):
    """The name is taken or missing, or the password too weak."""


def open_account(
    username: str,
    *,
    full_name: str,
    password: str,
    email: str = "",
    acting_user: User | None,
    now: datetime,
) -> User:
    """Open an account. *acting_user* is None only while an installation is set up."""
    if acting_user is not None:
        require(acting_user, MAY_MANAGE)
    people, username = get_user_model(), username.strip()
    if not username:
        raise UnableToOpen(say("请写出账号"))
    person = people(username=username, first_name=full_name.strip(), email=email.strip())
    try:
        people.username_validator(username)
        validate_password(password, person)
    except ValidationError as refusal:
        [first, *_] = refusal.error_list
        why = say(_WEAKNESSES.get(str(first.code), "账号只能用字母、数字和 @ . + - _"))
        raise UnableToOpen(
            say("账号“{username}”：{why}", username=username, why=why)
        ) from refusal
    with transaction.atomic():
        if people.objects.filter(username=username).exists():
            raise UnableToOpen(say("账号“{username}”已存在", username=username))
        person.set_password(password)
        person.save()
        record_event(
            "account.opened", at=now, actor=acting_user, payload={"username": username}
        )
    return person
