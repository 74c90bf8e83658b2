"""Open an account for a person; what they may do comes with an appointment."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from kaoji.core.speech import say
from kaoji.core.width import is_visible
from kaoji.platform.accounts.models import GivenPassword
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.workflow.roles import MAY_MANAGE

# What Django's validators object to, in our words.
_WEAKNESSES = {
    "password_too_short": "密码太短，至少 8 个字符",
    "password_too_common": "密码太常见，容易被猜到",
    "password_entirely_numeric": "密码不能全是数字",
    "password_too_similar": "密码与账号或姓名太相近",
}

_ODDITIES = {
    "username": "账号只能用字母、数字和 @ . + - _，不超过 150 字",
    "first_name": "姓名不超过 150 字",
    "email": "邮箱的写法不对",
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
    """Open an account. *acting_user* is None only while an installation is set up.

    A password that somebody else gave is changed at the first sign-in. Names that differ in capitals
    only are one.
    """
    if acting_user is not None:
        require(acting_user, MAY_MANAGE)
    person = User(username=username.strip(), first_name=full_name.strip(), email=email.strip())
    _require_sense(person)
    require_good_password(password, person)
    with transaction.atomic():
        known = User.objects.filter(username__iexact=person.username).first()
        if known is not None:
            raise UnableToOpen(say("账号“{username}”已存在", username=known.username))
        person.set_password(password)
        person.save()
        if acting_user is not None:
            GivenPassword.objects.create(person=person, given_at=now)
        record_event(
            "account.opened",
            at=now,
            actor=acting_user,
            payload={"username": person.username},
            rows=[person],
        )
    return person


def require_good_password(password: str, person: User) -> None:
    """Raise UnableToOpen when the password is easily guessed."""
    try:
        validate_password(password, person)
    except ValidationError as refusal:
        why = _WEAKNESSES[str(refusal.error_list[0].code)]
        raise UnableToOpen(
            say("账号“{username}”：{why}", username=person.username, why=say(why))
        ) from refusal


def _require_sense(person: User) -> None:
    """Name, full name and e-mail have the signs and the lengths that they can have."""
    if not person.username:
        raise UnableToOpen(say("请写出账号"))
    for text in (person.username, person.first_name):
        if text and not is_visible(text):
            raise UnableToOpen(say("“{text}”里有看不见的字符；请重新输入", text=text[:150]))
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as refusal:
        [field, *_] = refusal.message_dict
        why = say(_ODDITIES[field])
        raise UnableToOpen(
            say("账号“{username}”：{why}", username=person.username[:150], why=why)
        ) from refusal
