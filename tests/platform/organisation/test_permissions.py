"""Who may do what where: rights follow appointments down the tree, and are denied by default."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client

from kaoji.platform.accounts.actions.open_account import UnableToOpen, open_account
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.actions.appoint import UnableToAppoint, appoint
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.actions.register_organisation import (
    UnableToRegister,
    register_organisation,
)
from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.platform.organisation.reach import reach_of
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.discard_intake import discard_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.intake.actions.settle_doubt import settle_doubt
from kaoji.subjects.intake.models import Intake
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW, ROLE_NAMES, Role
from support.forging import unguarded
from support.people import LONG_AGO, NOON, PASSWORD, account, person, place

pytestmark = pytest.mark.django_db

SAMPLE = SONGJIANG_2023.read_bytes()
FORM = """项目: {project}
年度: 2023
类别: 经常性项目
主管部门: {department}
实施单位: {unit}
年度目标: 养护公路 35 公里。
产出指标 / 数量指标 / 养护里程: ≥ 35公里
"""


def opened(user: User) -> Intake:
    return import_document(SAMPLE, name="sample.txt", acting_user=user, now=NOON)


def filed(user: User, department: str, unit: str, project: str = "养护") -> Declaration:
    text = FORM.format(project=project, department=department, unit=unit)
    intake = import_document(text.encode(), name="x.txt", acting_user=user, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=user, now=NOON)
    return made


@pytest.fixture
def tree() -> dict[str, Organisation]:
    bureau = place()
    roads = place("交通局", PlaceKind.DEPARTMENT, bureau)
    parks = place("绿化局", PlaceKind.DEPARTMENT, bureau)
    return {
        "bureau": bureau,
        "roads": roads,
        "parks": parks,
        "bridges": place("桥梁所", PlaceKind.UNIT, roads),
        "trees": place("林木所", PlaceKind.UNIT, parks),
    }


ACTIONS = {
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
@pytest.mark.parametrize("role", [name for name in ROLE_NAMES.values() if name != "第三方"])
def test_an_import_is_finished_by_whoever_opened_it_and_nobody_else(action: str, role: str):
    intake = opened(person("填报", "somebody"))
    other = person(role)
    events = Event.objects.count()

    with pytest.raises(NotPermitted):
        ACTIONS[action](other, intake)
    assert Event.objects.count() == events
    ACTIONS[action](intake.opened_by, intake)
    assert Event.objects.count() > events


@pytest.mark.parametrize(
    "role", [name for name in ROLE_NAMES.values() if name not in ("填报", "第三方")]
)
def test_only_who_files_imports(role: str):
    with pytest.raises(NotPermitted):
        opened(person(role))


def test_a_right_reaches_a_place_and_all_below_and_nothing_beside(tree):
    filer = person("填报", at=tree["roads"])
    reach = reach_of(filer)

    assert [name for name, item in tree.items() if reach.at(MAY_FILE, item)] == [
        "roads", "bridges",
    ]  # fmt: skip


def test_forms_of_other_places_are_not_seen(tree):
    mine = filed(person("填报", "a", tree["bridges"]), "交通局", "桥梁所")
    filed(person("填报", "b", tree["trees"]), "绿化局", "林木所")

    assert list(declarations_of(person("填报", "c", tree["roads"]))) == [mine]
    assert list(declarations_of(account("nobody"))) == []
    assert len(declarations_of(person("审计只读"))) == 2


def test_a_form_of_another_unit_cannot_be_put_on_record(tree):
    """The refusal is the same whether the other unit has such a form or not."""
    filed(person("填报", "b", tree["trees"]), "绿化局", "林木所", "种树")
    filer = person("填报", "a", tree["bridges"])

    said = []
    for project in ("种树", "没有的项目"):
        with pytest.raises(NotPermitted) as refusal:
            filed(filer, "绿化局", "林木所", project)
        said.append(str(refusal.value))
    assert said[0] == said[1]
    assert "对“林木所”没有此项权限" in said[0]


def test_who_files_for_a_department_brings_its_new_units_along(tree):
    form = filed(person("填报", at=tree["roads"]), "交通局", "隧道所")

    assert form.organisation.parent == tree["roads"]
    assert Event.objects.filter(type="organisation.registered", payload__name="隧道所").exists()


def test_who_files_for_a_unit_does_not(tree):
    with pytest.raises(UnableToAct, match="请管理员先登记"):
        filed(person("填报", at=tree["bridges"]), "交通局", "隧道所")
    assert not Organisation.objects.filter(name="隧道所").exists()


def test_an_appointment_holds_from_its_first_day_to_its_last(tree):
    somebody = account("a")
    appoint(
        somebody, Role.FILER, tree["roads"], since=date(2026, 3, 1), until=date(2026, 6, 30),
        acting_user=None, now=NOON,
    )  # fmt: skip
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1)]

    held = [reach_of(somebody, on=day).at(MAY_VIEW, tree["roads"]) for day in days]

    assert held == [False, True, True, False]


def test_an_ended_appointment_gives_nothing(tree):
    filer, boss = person("填报", at=tree["roads"]), person("管理员")
    end_appointment(filer.appointments.get(), acting_user=boss, now=NOON)

    assert not reach_of(User.objects.get(pk=filer.pk)).somewhere(MAY_VIEW)
    with pytest.raises(UnableToAct, match="已经终止"):
        end_appointment(filer.appointments.get(), acting_user=boss, now=NOON)
    with pytest.raises(UnableToAct, match="不能终止自己"):
        end_appointment(boss.appointments.get(), acting_user=boss, now=NOON)


@pytest.mark.parametrize(
    ("held", "where", "wanted", "here"),
    [
        ("填报", "bridges", "主管部门审核", "roads"),
        ("填报", "roads", "单位审核", "bridges"),
        ("主管部门审核", "roads", "财政绩效", "bureau"),
        ("审计只读", "bureau", "管理员", "bureau"),
        ("填报", "roads", "填报", "bridges"),
    ],
)
def test_conflicting_roles_over_the_same_forms_are_refused(tree, held, where, wanted, here):
    somebody = person(held, "a", tree[where])
    role = next(item for item in Role if ROLE_NAMES[item] == wanted)

    with pytest.raises(UnableToAppoint, match="不能同时担任"):
        appoint(somebody, role, tree[here], since=LONG_AGO, acting_user=None, now=NOON)
    assert somebody.appointments.count() == 1


def test_roles_over_other_forms_or_at_another_time_go_together(tree):
    somebody = person("填报", "a", tree["bridges"])
    reviewer = Role.DEPARTMENT_REVIEWER

    appoint(somebody, reviewer, tree["parks"], since=LONG_AGO, acting_user=None, now=NOON)
    end_appointment(
        somebody.appointments.get(role="filer"), acting_user=person("管理员"), now=NOON
    )
    appoint(somebody, reviewer, tree["roads"], since=LONG_AGO, acting_user=None, now=NOON)

    assert somebody.appointments.filter(ended_at__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("role", "where", "why"),
    [
        (Role.FINANCE_PERFORMANCE, "roads", "不设在主管部门"),
        (Role.ADMINISTRATOR, "bridges", "不设在预算单位"),
        (Role.THIRD_PARTY, "roads", "受托机构"),
    ],
)
def test_a_role_is_held_where_it_belongs(tree, role, where, why):
    with pytest.raises(UnableToAppoint, match=why):
        appoint(account("a"), role, tree[where], since=LONG_AGO, acting_user=None, now=NOON)


def test_a_third_party_works_for_an_agency(tree):
    agency = place("某会计师事务所", PlaceKind.AGENCY, tree["bureau"])
    evaluator = person("第三方", "wai", tree["roads"], agency=agency)

    assert reach_of(evaluator).at(MAY_VIEW, tree["bridges"])
    assert not reach_of(evaluator).somewhere(MAY_FILE)
    unguarded("organisation_appointment")
    with transaction.atomic(), pytest.raises(IntegrityError):
        Appointment.objects.filter(person=evaluator).update(agency=None)


def test_only_an_administrator_opens_accounts_and_enters_places(tree):
    filer, boss = person("填报"), person("管理员")

    for actor in (filer, person("财政绩效")):
        with pytest.raises(NotPermitted):
            open_account("new", full_name="", password=PASSWORD, acting_user=actor, now=NOON)
        with pytest.raises(NotPermitted):
            register_organisation(
                "新所", kind=PlaceKind.UNIT, parent=tree["roads"], acting_user=actor, now=NOON
            )
    open_account("new", full_name="", password=PASSWORD, acting_user=boss, now=NOON)
    made = User.objects.get(username="new")
    assert not made.is_superuser
    assert not made.is_staff


def test_an_account_has_a_name_and_a_good_password():
    for username, password, why in (
        ("", PASSWORD, "请写出账号"),
        ("li", "12345678", "太常见"),
        ("li", "short", "太短"),
        ("a b", PASSWORD, "只能用字母"),
    ):
        with pytest.raises(UnableToOpen, match=why):
            open_account(username, full_name="", password=password, acting_user=None, now=NOON)


@pytest.mark.parametrize(
    ("kind", "under", "why"),
    [
        (PlaceKind.DEPARTMENT, "roads", "不能设在主管部门之下"),
        (PlaceKind.UNIT, None, "不能设在最上层之下"),
        (PlaceKind.BUREAU, "bureau", "不能设在财政局之下"),
    ],
)
def test_places_stand_where_their_kind_stands(tree, kind, under, why):
    with pytest.raises(UnableToRegister, match=why):
        register_organisation(
            "某处", kind=kind, parent=tree.get(under), acting_user=None, now=NOON
        )


def test_a_place_is_entered_once(tree):
    with pytest.raises(UnableToRegister, match="已经登记"):
        register_organisation(
            "桥梁所", kind=PlaceKind.UNIT, parent=tree["roads"], acting_user=None, now=NOON
        )


def test_an_administrator_looks_at_everything_and_judges_nothing():
    boss = person("管理员")

    assert not boss.is_staff
    assert not boss.is_superuser
    assert boss.has_perm("events.view_event")
    assert not boss.has_perm("declarations.review_for_finance")
    assert not boss.has_perm("declarations.add_declaration")


def test_an_account_without_a_role_is_told_so():
    client = Client()
    client.force_login(account("nobody"))

    page = client.get("/declarations/")

    assert page.status_code == 403
    assert "还没有角色" in page.content.decode()
