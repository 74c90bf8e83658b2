"""Enter a place into the organisation tree."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.core.width import is_visible
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.workflow.places import PLACE_NAMES, PlaceKind, may_stand_under
from kaoji.workflow.roles import MAY_MANAGE

_LONGEST_NAME, _LONGEST_CODE = 255, 40


class UnableToRegister(UnableToAct):
    """The place has no name, stands where it cannot, or is there already."""


def register_organisation(
    name: str,
    *,
    kind: PlaceKind,
    parent: Organisation | None,
    code: str = "",
    acting_user: User | None,
    now: datetime,
) -> Organisation:
    """Enter a place below *parent*. *acting_user* is None only while an installation is set up."""
    if acting_user is not None:
        require(acting_user, MAY_MANAGE, parent)
        if parent is None and not acting_user.is_superuser:
            raise NotPermitted(say("财政局由安装系统的人登记；请选择上级机构"))
    return enter_organisation(
        name, kind=kind, parent=parent, code=code, acting_user=acting_user, now=now
    )


def enter_organisation(
    name: str,
    *,
    kind: PlaceKind,
    parent: Organisation | None,
    code: str = "",
    acting_user: User | None,
    now: datetime,
) -> Organisation:
    """Enter it without asking who does so: for actions that have asked already."""
    name, code = name.strip(), code.strip()
    if not name:
        raise UnableToRegister(say("请写出机构名称"))
    require_fitting(name, code)
    if not may_stand_under(kind, PlaceKind(parent.kind) if parent else None):
        raise UnableToRegister(
            say(
                "{kind}“{name}”不能设在{parent}之下",
                kind=say(PLACE_NAMES[kind]),
                name=name,
                parent=say(PLACE_NAMES[PlaceKind(parent.kind)]) if parent else say("最上层"),
            )
        )
    with transaction.atomic():
        if Organisation.objects.filter(parent=parent, name=name).exists():
            raise UnableToRegister(say("“{name}”已经登记", name=name))
        if code and Organisation.objects.filter(code=code).exists():
            raise UnableToRegister(say("单位编码“{code}”已被使用", code=code))
        place = Organisation.objects.create(name=name, kind=kind, parent=parent, code=code)
        place.path = f"{parent.path if parent else '/'}{place.pk}/"
        place.save(update_fields=["path"])
        record_event(
            "organisation.registered",
            at=now,
            actor=acting_user,
            payload={
                "organisation": place.pk,
                "name": name,
                "kind": PLACE_NAMES[kind],
                "parent": parent.name if parent else "",
            },
            rows=[place],
        )
    return place


def require_fitting(name: str, code: str) -> None:
    """Raise UnableToRegister for a name or a code that is too long to be kept whole, or not seen whole."""
    for text in (name, code):
        if text and not is_visible(text):
            raise UnableToRegister(say("“{text}”里有看不见的字符；请重新输入", text=text[:100]))
    if len(name) > _LONGEST_NAME or len(code) > _LONGEST_CODE:
        raise UnableToRegister(
            say(
                "“{name}”：名称不超过 {most} 字，编码不超过 {most_code} 字",
                name=name[:40],
                most=_LONGEST_NAME,
                most_code=_LONGEST_CODE,
            )
        )
