"""Find the place in the tree that a form belongs to; enter it when whoever files may."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q

from kaoji.actions.permission import UnableToAct, require
from kaoji.actions.register_organisation import enter_organisation
from kaoji.core.declaration import Declaration as Form
from kaoji.core.speech import say
from kaoji.records.derive import column_text
from kaoji.records.models import Organisation
from kaoji.records.reach import places_of
from kaoji.workflow.places import FILING, PlaceKind
from kaoji.workflow.roles import MAY_IMPORT

_DEPARTMENTS = (PlaceKind.DEPARTMENT, PlaceKind.TOWN, PlaceKind.BUREAU)


def place_of(form: Form) -> Organisation | None:
    """The place that the form's names mean; None when the tree does not have it, or has several."""
    department, unit = _names(form)
    found = Organisation.objects.filter(name=unit, kind__in=FILING)
    if department and department != unit:
        heads = Organisation.objects.filter(name=department, kind__in=_DEPARTMENTS)
        below = Q(pk__in=[])
        for path in heads.values_list("path", flat=True):
            below |= Q(path__startswith=path)
        found = found.filter(below)
    places = list(found[:2])
    return places[0] if len(places) == 1 else None


def place_form(form: Form, *, acting_user: User, now: datetime) -> Organisation:
    """The form's place; a unit that is new is entered below the nearest place that the person files for.

    Call it inside the action's transaction. Raises NotPermitted for a place of others, and
    UnableToAct when nobody can tell where the unit belongs.
    """
    known = place_of(form)
    if known is not None:
        require(acting_user, MAY_IMPORT, known)
        return known
    department, unit = _names(form)
    parent = _head(department, unit, acting_user=acting_user, now=now)
    if parent is None:
        raise UnableToAct(
            say("机构树里没有“{unit}”，您也不为它的上级填报；请管理员先登记", unit=unit)
        )
    if parent.name == unit:
        return parent
    kind = PlaceKind.DEPARTMENT if parent.kind == PlaceKind.BUREAU else PlaceKind.UNIT
    return enter_organisation(unit, kind=kind, parent=parent, acting_user=acting_user, now=now)


def _names(form: Form) -> tuple[str, str]:
    return (
        column_text("department", form.department),
        column_text("implementing_unit", form.implementing_unit),
    )


def _head(
    department: str, unit: str, *, acting_user: User, now: datetime
) -> Organisation | None:
    """The place that a new unit goes under: its department, entered too where it is new."""
    mine = places_of(acting_user, MAY_IMPORT)
    if department:
        heads = list(mine.filter(name=department, kind__in=_DEPARTMENTS)[:2])
        if heads:
            return heads[0] if len(heads) == 1 else None
        if Organisation.objects.filter(name=department, kind__in=_DEPARTMENTS).exists():
            return None
    tops = list(mine.filter(kind=PlaceKind.BUREAU)[:2])
    if len(tops) != 1:
        return None
    if not department:
        return tops[0]
    return enter_organisation(
        department,
        kind=PlaceKind.DEPARTMENT,
        parent=tops[0],
        acting_user=acting_user,
        now=now,
    )
