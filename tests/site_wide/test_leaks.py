"""What people of one place must not learn of another by side ways."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.notices.models import Notice
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.workflow.places import PlaceKind
from support.people import NOON, PASSWORD, person, place
from support.road_form import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine() -> Organisation:
    return place("甲一", PlaceKind.UNIT, place("甲局", PlaceKind.DEPARTMENT, place()))


@pytest.fixture
def theirs() -> Organisation:
    return place("乙一", PlaceKind.UNIT, place("乙局", PlaceKind.DEPARTMENT, place()))


def form(department: str, unit: str, **changes: str) -> str:
    text = FORM.replace("主管部门: 乙", f"主管部门: {department}")
    text = text.replace("实施单位: 丙", f"实施单位: {unit}")
    for before, after in changes.items():
        text = text.replace(before, after)
    return text


def opened(user: User, text: str) -> Intake:
    return import_document(text.encode(), name="x.txt", acting_user=user, now=NOON)


def filed(user: User, text: str) -> Declaration:
    intake = opened(user, text)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=user, now=NOON)
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def findings(client: Client, intake: Intake) -> str:
    page = client.get(f"/intake/{intake.pk}/").content.decode()
    return page.partition('data-label="检查发现"')[2][:40]


def test_findings_on_an_import_tell_nothing_of_anothers_last_year(mine, theirs):
    """Halving a target until the findings change would tell what the other unit promised."""
    filed(person("填报", "b", theirs), form("乙局", "乙一"))
    filer = person("填报", "a", mine)
    client = signed_in(filer)

    told = {
        target: findings(
            client,
            opened(
                filer,
                form("乙局", "乙一").replace("2023", "2024").replace("35", str(target)),
            ),
        )
        for target in (5, 34, 35, 36, 900)
    }

    assert len(set(told.values())) == 1, told


def test_two_units_of_one_name_in_two_departments_are_two(mine, theirs):
    first = place("办公室", PlaceKind.UNIT, place("甲局", PlaceKind.DEPARTMENT, place()))
    second = place("办公室", PlaceKind.UNIT, place("乙局", PlaceKind.DEPARTMENT, place()))

    made = [
        filed(person("填报", "a", first), form("甲局", "办公室")),
        filed(person("填报", "b", second), form("乙局", "办公室")),
    ]

    assert [item.organisation for item in made] == [first, second]


def test_the_library_shows_no_name_that_only_another_unit_drafts(mine, theirs):
    made = filed(
        person("填报", "b", theirs), form("乙局", "乙一").replace("养护里程", "绝密设施建成率")
    )
    client = signed_in(person("填报", "a", mine))

    def seen() -> bool:
        listed = client.get("/library/?q=绝密设施").content.decode()
        offered = client.get("/library/suggest/?q=绝密设施").content.decode()
        return "绝密设施建成率" in listed or "建成率" in offered

    assert not seen()
    Declaration.objects.filter(pk=made.pk).update(approved_revision=1)
    assert seen()


def test_notices_end_with_the_rights(mine):
    filer, reviewer = person("填报", "a", mine), person("主管部门审核", "s", mine.parent)
    made = filed(filer, form("甲局", "甲一"))
    move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON)
    assert Notice.objects.filter(person=reviewer).exists()
    assert "“甲”" in signed_in(reviewer).get("/todo/").content.decode()

    end_appointment(reviewer.appointments.get(), acting_user=person("管理员"), now=NOON)

    assert "“甲”" not in signed_in(reviewer).get("/todo/").content.decode()


def test_an_administrator_reaches_their_own_bureau_and_nobody_above(mine):
    other = place("邻区财政局")
    stranger = person("填报", "linqu", place("丙局", PlaceKind.DEPARTMENT, other))
    root = User.objects.create_superuser("root", password=PASSWORD)
    boss = signed_in(person("管理员"))

    for user in (root, stranger):
        for address in ("change", "password"):
            assert boss.get(f"/admin/auth/user/{user.pk}/{address}/").status_code in {302, 403}
    assert boss.get("/admin/declarations/declaration/").status_code in {302, 403}
    page = boss.get(f"/places/{mine.pk}/").content.decode()
    assert "linqu" not in page
    assert "root" not in page
    assert boss.get(f"/places/{other.pk}/").status_code == 404
    appointment = stranger.appointments.get()
    address = f"/places/{appointment.place_id}/appointments/{appointment.pk}/account/"
    assert boss.post(address, {"password": "another long secret"}).status_code == 404


def test_an_administrator_resets_passwords_and_closes_accounts_of_their_people(mine):
    filer = person("填报", "a", mine)
    boss = signed_in(person("管理员"))
    address = f"/places/{mine.pk}/appointments/{filer.appointments.get().pk}/account/"

    assert boss.post(address, {"password": "12345678"}).status_code == 409
    boss.post(address, {"password": "another long secret"})
    filer.refresh_from_db()
    assert filer.check_password("another long secret")
    boss.post(address)
    filer.refresh_from_db()
    assert not filer.is_active


def test_one_changes_ones_own_password_with_the_old_one(mine):
    filer = person("填报", "a", mine)
    client = signed_in(filer)
    address = "/account/security/password/"

    assert (
        client.post(address, {"old": "wrong", "new": "another long secret"}).status_code == 409
    )
    assert (
        client.post(address, {"old": PASSWORD, "new": "another long secret"}).status_code == 302
    )
    assert client.get("/declarations/").status_code == 200
    filer.refresh_from_db()
    assert filer.check_password("another long secret")


@pytest.mark.parametrize("field", ["text", "q"])
def test_signs_that_nobody_types_are_left_out(mine, field):
    filer, reviewer = person("填报", "a", mine), person("主管部门审核", "s", mine.parent)
    made = filed(filer, form("甲局", "甲一"))
    move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON)
    client = signed_in(reviewer)

    if field == "q":
        assert client.get("/declarations/?q=%00%0B").status_code == 200
    else:
        client.post(
            f"/declarations/{made.pk}/opinions/", {"field": "form", "text": "请\x00细\x0b化"}
        )
        assert made.opinions.get().text == "请细化"
