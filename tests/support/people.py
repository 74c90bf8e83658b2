"""People, places and times for tests of the remembering half."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from kaoji.platform.accounts.actions.open_account import open_account
from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.register_organisation import register_organisation
from kaoji.platform.organisation.models import Organisation
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import ROLE_NAMES, Role

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "a long enough secret"
BUREAU = "松江区财政局"

_USUAL_NAMES = {
    Role.FILER: "tian",
    Role.UNIT_REVIEWER: "dan",
    Role.DEPARTMENT_REVIEWER: "shen",
    Role.FINANCE_BUDGET: "yu",
    Role.FINANCE_PERFORMANCE: "cai",
    Role.AUDITOR: "ji",
    Role.ADMINISTRATOR: "guan",
    Role.BENEFIT_CLERK: "jing",
    Role.BENEFIT_CHECKER: "qing",
    Role.BENEFIT_APPROVER: "pi",
    Role.CASHIER: "chu",
    Role.TOWN_CONFIRMER: "zhen",
}


def handed_in(
    client: Client, address: str, files: dict[str, object]
) -> tuple[str, HttpResponse]:
    """Hand a file in at an address: where it is shown, and the page that shows it."""
    answer = client.post(address, files)
    shown = answer["Location"]
    return shown, client.get(shown)


def place(
    name: str = BUREAU, kind: PlaceKind = PlaceKind.BUREAU, parent: Organisation | None = None
) -> Organisation:
    """A place of the tree, entered where it is not there yet."""
    known = Organisation.objects.filter(name=name, parent=parent).first()
    return known or register_organisation(
        name, kind=kind, parent=parent, acting_user=None, now=NOON
    )


def account(username: str, full_name: str = "") -> User:
    """Somebody without any role."""
    return open_account(
        username, full_name=full_name, password=PASSWORD, acting_user=None, now=NOON
    )


def person(
    role: str, username: str | None = None, at: Organisation | None = None, **more: object
) -> User:
    """Somebody with a role, called by its Chinese name: in the whole bureau unless a place is named."""
    found = next(item for item in Role if ROLE_NAMES[item] == role)
    somebody = account(username or _USUAL_NAMES[found], role)
    appoint(somebody, found, at or place(), since=LONG_AGO, acting_user=None, now=NOON, **more)  # type: ignore[arg-type]
    return somebody
