"""Pages ask the database as often for many forms as for few."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.windows.actions.extend_window import extend_window
from kaoji.subjects.windows.actions.set_window import set_window
from kaoji.workflow.moves import Stage
from kaoji.workflow.places import PlaceKind
from support.people import NOON, person, place
from support.road_form import FORM

pytestmark = pytest.mark.django_db

# The most that a page may ask. Raise a number only with a reason.
# What the head of every page asks for, whose name it bears included; a running site keeps it for half a minute.
HEAD = 7
MOST = {
    "/todo/": 30,
    "/declarations/": 12,
    "/declarations/?q=养护&sort=-money": 12,
    "/declarations/?state=mine": 14,
    "/declarations/{pk}/": 30,
    "/declarations/{pk}/review/": 26,
    "/letters/": 9,
    "/windows/": 14,
    "/schedule/": 24,
    "/places/": 8,
    "/webhooks/": 9,
    "/exchange/": 9,
    "/library/": 9,
    "/public/": 9,
}


def fill(filer: User, finance: User, units: range) -> None:
    """Units with two forms, each with a window of its own and an extension."""
    department = place("乙", PlaceKind.DEPARTMENT, place())
    for unit in units:
        at = place(f"丙{unit}", PlaceKind.UNIT, department)
        window = set_window(
            2023, Stage.DECLARE, at, opens_on=NOON.date(), closes_on=NOON.date(),
            acting_user=finance, now=NOON,
        )  # fmt: skip
        extend_window(
            window, at, until=NOON.date().replace(year=2099), reason="x",
            acting_user=finance, now=NOON,
        )  # fmt: skip
        for number in range(2):
            text = FORM.replace("单位: 丙", f"单位: 丙{unit}").replace("甲", f"甲{number}")
            intake = import_document(text.encode(), name="x", acting_user=filer, now=NOON)
            [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
            if number % 2:
                move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON)


def asked(role: str) -> dict[str, int]:
    client = Client()
    client.force_login(person(role, f"who-{role}-{Declaration.objects.count()}"))
    form = Declaration.objects.filter(state="submitted").first()
    counts = {}
    for page in MOST:
        address = page.format(pk=form.pk)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code == 200:
            counts[page] = len(queries)
    return counts


@pytest.mark.parametrize("role", ["填报", "主管部门审核", "财政绩效", "管理员"])
def test_the_number_of_queries_does_not_grow(role: str):
    filer, finance = person("填报"), person("财政绩效")
    fill(filer, finance, range(1))
    few = asked(role)
    fill(filer, finance, range(1, 6))
    many = asked(role)

    assert set(many) >= {"/declarations/", "/todo/", "/declarations/{pk}/"}
    for page, count in many.items():
        assert count <= MOST[page] + HEAD, (page, count)
        # What exists only then may be asked for once more, never once for each row.
        assert count - few[page] <= 2, (page, few[page], count)
