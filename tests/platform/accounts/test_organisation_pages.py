"""The pages of the organisation: who sees them, what they enter, what they refuse."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.platform.organisation.reach import reach_of
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_FILE, ROLE_NAMES, Role
from support.people import PASSWORD, person, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Client:
    client = Client()
    client.force_login(person("管理员"))
    return client


@pytest.fixture
def roads() -> Organisation:
    return place("交通局", PlaceKind.DEPARTMENT, place())


def registered(client: Client, **fields: Any) -> Any:
    return client.post("/places/new/", {"name": "桥梁所", "kind": "unit", "code": "", **fields})


def appointed(client: Client, at: Organisation, **fields: Any) -> Any:
    given = {
        "role": "filer", "username": "qiao", "full_name": "乔", "password": PASSWORD,
        "since": "2026-01-01", **fields,
    }  # fmt: skip
    return client.post(f"/places/{at.pk}/appoint/", given)


@pytest.mark.parametrize(
    "role", [name for role, name in ROLE_NAMES.items() if role not in {Role.ADMINISTRATOR, Role.THIRD_PARTY}]
)  # fmt: skip
def test_only_an_administrator_gets_there(role: str):
    client = Client()
    client.force_login(person(role))

    for address in ("/places/", "/places/new/", f"/places/{place().pk}/", "/places/roster/"):
        assert client.get(address).status_code == 403
    assert registered(client, parent=place().pk).status_code == 403


def test_a_place_is_registered_below_another(boss, roads):
    answer = registered(boss, parent=roads.pk, code="101001")

    made = Organisation.objects.get(name="桥梁所")
    assert answer.headers["Location"] == f"/places/{made.pk}/"
    assert made.path == f"{roads.path}{made.pk}/"
    assert "桥梁所" in boss.get("/places/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "必填"),
        ({"kind": "department"}, "不能设在主管部门之下"),
        ({"parent": "987654"}, "有效"),
        ({"kind": "nonsense"}, "nonsense"),
        ({"name": "长" * 300}, "255"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(boss, roads, fields, said):
    answer = registered(boss, **{"parent": roads.pk, **fields})

    assert answer.status_code in {409, 422}
    assert said in answer.content.decode()
    assert not Organisation.objects.filter(name="桥梁所").exists()


def test_an_account_is_opened_with_its_appointment_or_not_at_all(boss, roads):
    assert appointed(boss, roads).status_code == 302
    made = User.objects.get(username="qiao")
    assert reach_of(made).at(MAY_FILE, roads)

    refused = appointed(boss, roads, username="li", role="finance_performance")
    assert refused.status_code == 409
    assert "不设在主管部门" in refused.content.decode()
    assert not User.objects.filter(username="li").exists()


def test_an_appointment_is_ended_on_the_page(boss, roads):
    appointed(boss, roads)
    [made] = Appointment.objects.filter(person__username="qiao")

    boss.post(f"/places/{roads.pk}/appointments/{made.pk}/end/")

    made.refresh_from_db()
    assert made.ended_by.username == "guan"
    assert not reach_of(User.objects.get(username="qiao")).somewhere(MAY_FILE)


def test_code_review_and_last_day_of_a_place_are_changed(boss, roads):
    answer = boss.post(
        f"/places/{roads.pk}/change/",
        {"name": "交通局", "code": "101", "reviews_first": "on", "closed_on": "2027-01-01"},
    )

    roads.refresh_from_db()
    assert answer.status_code == 302
    assert (roads.code, roads.reviews_first, str(roads.closed_on)) == (
        "101",
        True,
        "2027-01-01",
    )
    assert Event.objects.filter(type="organisation.changed").count() == 1


ROSTER = """机构,种类,上级机构,单位编码,账号,姓名,角色,自,至,初始密码
交通局,,,,shen2,申,主管部门审核,2026-01-01,,
隧道所,预算单位,交通局,101003,sui,隋,填报,2026-01-01,2026-12-31,a long enough secret
林木所,预算单位,绿化局,,,,,,,
"""


def uploaded(client: Client, content: str | bytes, name: str = "roster.csv") -> Any:
    """What the page of the handed-in roster says, before anything is entered."""
    raw = content.encode() if isinstance(content, str) else content
    given = {"document": SimpleUploadedFile(name, raw)}
    return client.post("/places/roster/", given, follow=True)


def entered(client: Client, content: str | bytes, name: str = "roster.csv") -> Any:
    """Hand a roster in, and confirm what the page shows of it."""
    page = uploaded(client, content, name)
    assert page.status_code == 200
    return client.post(page.request["PATH_INFO"])


def test_a_roster_enters_places_people_and_appointments(boss, roads):
    place("绿化局", PlaceKind.DEPARTMENT, place())

    page = entered(boss, ROSTER).content.decode()

    assert "登记了 2 个机构、2 个账号、2 项任职" in page
    tunnels = Organisation.objects.get(name="隧道所")
    assert (tunnels.parent, tunnels.code) == (roads, "101003")
    [made] = Appointment.objects.filter(person__username="sui")
    assert str(made.until) == "2026-12-31"
    assert User.objects.get(username="sui").check_password(PASSWORD)
    assert "shen2" in page.split("只在这里显示一次")[1]


def test_a_roster_that_comes_again_changes_nothing(boss, roads):
    place("绿化局", PlaceKind.DEPARTMENT, place())
    entered(boss, ROSTER)
    counts = Organisation.objects.count(), User.objects.count(), Appointment.objects.count()

    assert "登记了 0 个机构、0 个账号、0 项任职" in entered(boss, ROSTER).content.decode()
    assert counts == (
        Organisation.objects.count(), User.objects.count(), Appointment.objects.count(),
    )  # fmt: skip


def test_a_roster_with_faults_names_each_and_enters_nothing(boss, roads):
    before = Organisation.objects.count(), User.objects.count(), Event.objects.count()

    answer = uploaded(
        boss,
        "机构,种类,上级机构,账号,角色,自\n"
        "新所,预算单位,交通局,xin,填报,2026-01-01\n"
        "交通局,,,li,局长,2026-01-01\n"
        "没有的局,,,wang,填报,\n"
        "交通局,,,zhao,填报,十月\n",
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 3 行：没有“局长”这个角色" in page
    assert "第 5 行" in page
    assert before == (
        Organisation.objects.count(), User.objects.count(), Event.objects.count(),
    )  # fmt: skip
    second = entered(boss, "机构,种类,上级机构\n新所,预算单位,交通局\n没有的局,,\n")
    assert second.status_code == 422
    assert "第 3 行：“没有的局”还没有登记" in second.content.decode()
    assert not Organisation.objects.filter(name="新所").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"just words", b"\xd0\xcf\x11\xe0junk"])
def test_a_file_that_is_no_roster_is_refused(boss, content):
    assert uploaded(boss, content).status_code == 422


def test_the_template_is_taken_as_it_is_handed_out(boss, roads):
    book = openpyxl.load_workbook(io.BytesIO(boss.get("/places/roster/template.xlsx").content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    row = {"机构": "交通局", "账号": "qiao", "姓名": "乔", "角色": "填报", "自": "2026-01-01"}
    for at, name in enumerate(heads, start=1):
        sheet.cell(2, at).value = row.get(name)
    file = io.BytesIO()
    book.save(file)

    assert "1 项任职" in entered(boss, file.getvalue(), "roster.xlsx").content.decode()
