"""Who may do what: every role against every action, one's own imports and another's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from kaoji.actions.confirm_intake import confirm_intake
from kaoji.actions.discard_intake import discard_intake
from kaoji.actions.import_document import import_document
from kaoji.actions.open_account import open_account
from kaoji.actions.permission import NotPermitted
from kaoji.actions.settle_doubt import settle_doubt
from kaoji.records.models import Event, Intake
from kaoji.samples import SONGJIANG_2023
from people import NOON, PASSWORD, person

pytestmark = pytest.mark.django_db

SAMPLE = SONGJIANG_2023.read_bytes()


def opened(user: User) -> Intake:
    return import_document(SAMPLE, name="sample.txt", acting_user=user, now=NOON)


ACTIONS = {
    "import": lambda user, intake: import_document(
        SAMPLE, name="x", acting_user=user, now=NOON
    ),
    "settle": lambda user, intake: settle_doubt(
        intake,
        form_number=1,
        field="indicators[5].level2",
        value="质量指标",
        acting_user=user,
        now=NOON,
    ),
    "confirm": lambda user, intake: confirm_intake(
        intake, form_numbers=[0], acting_user=user, now=NOON
    ),
    "discard": lambda user, intake: discard_intake(intake, acting_user=user, now=NOON),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("role", "whose", "allowed"),
    [
        ("填报人", "own", True),
        ("填报人", "another's", None),
        ("审核人", "another's", False),
        ("管理员", "another's", True),
    ],
)
def test_who_may_do_what(action: str, role: str, whose: str, allowed: bool | None):
    actor = person(role)
    intake = opened(actor if whose == "own" else person("填报人", "somebody"))
    events = Event.objects.count()
    may = action == "import" if allowed is None else allowed

    if may:
        ACTIONS[action](actor, intake)
        assert Event.objects.count() > events
    else:
        with pytest.raises(NotPermitted):
            ACTIONS[action](actor, intake)
        assert Event.objects.count() == events


def test_only_an_administrator_opens_accounts():
    filer = person("填报人")

    with pytest.raises(NotPermitted):
        open_account(
            "new", role="管理员", full_name="", password=PASSWORD, acting_user=filer, now=NOON
        )
    boss = person("管理员")
    open_account(
        "new", role="审核人", full_name="", password=PASSWORD, acting_user=boss, now=NOON
    )
    assert not User.objects.get(username="new").is_superuser


def test_the_admin_offers_the_roles_as_groups():
    person("填报人")
    reviewer = person("审核人")

    assert set(Group.objects.values_list("name", flat=True)) == {
        "填报人",
        "审核人",
        "财政审核人",
    }
    assert reviewer.get_all_permissions() == {
        "records.view_declaration", "records.add_waiver", "records.add_indicatorsheet",
        "records.review_for_department",
    }  # fmt: skip


def test_an_account_without_a_role_is_told_so():
    nobody = User.objects.create_user("nobody", password=PASSWORD)
    client = Client()
    client.force_login(nobody)

    page = client.get("/declarations/")

    assert page.status_code == 403
    assert "还没有角色" in page.content.decode()
