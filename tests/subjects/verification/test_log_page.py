"""The log as people look through it: only who audits, only what they audit, found by who, what and when."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from kaoji.platform.events.event_log import record_event
from kaoji.platform.events.of_rooms import stories_by_room
from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.verification.queries import log
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import ROLE_NAMES, Role
from oracle.tables import rows_of
from support.people import NOON, person, place
from support.road_form import FORM

pytestmark = pytest.mark.django_db


def department(name: str) -> Organisation:
    return place(name, PlaceKind.DEPARTMENT, place())


def filed(user: User, project: str, at: str) -> Declaration:
    text = FORM.replace("项目: 甲", f"项目: {project}")
    text = text.replace("主管部门: 乙", f"主管部门: {at}").replace(
        "实施单位: 丙", f"实施单位: {at}"
    )
    intake = import_document(text.encode(), name="x.txt", acting_user=user, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=user, now=NOON)
    return made


@pytest.fixture
def two_departments() -> tuple[Declaration, Declaration]:
    """A form of 甲局 that was handed in, and one of 乙局."""
    one = filed(person("填报", "jia", department("甲局")), "甲的道路", "甲局")
    other = filed(person("填报", "yi", department("乙局")), "乙的桥梁", "乙局")
    writer = User.objects.get(username="jia")
    move_declaration(
        one, "submit", revision=1, acting_user=writer, now=NOON + timedelta(days=2)
    )
    return one, other


def told(user: User, query: str = "") -> list[str]:
    """The entries as they read, newest first."""
    client = Client()
    client.force_login(user)
    page = client.get(f"/log/{query}").content.decode()
    entries = re.findall(r"<li>\s*<time.*?</li>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", entry).split()) for entry in entries]


@pytest.mark.parametrize("role", Role)
def test_the_log_is_for_whom_the_table_names(role: Role):
    [row] = [row for row in rows_of("looks.csv") if row["页面"] == "操作日志"]
    may = row[ROLE_NAMES[role]] == "可"
    client = Client()
    agency = (
        {"agency": place("某事务所", PlaceKind.AGENCY, place())}
        if role is Role.THIRD_PARTY
        else {}
    )
    client.force_login(person(ROLE_NAMES[role], "somebody", **agency))

    assert client.get("/log/").status_code == (200 if may else 403)
    assert ('href="/log/"' in client.get("/todo/").content.decode()) is may


def test_who_audits_one_department_sees_nothing_of_another(two_departments):
    auditor = person("审计只读", "shen", department("甲局"))

    entries = told(auditor)

    assert any("建立申报表“甲的道路”" in entry for entry in entries)
    assert not any("乙" in entry for entry in entries)


def test_what_somebody_of_two_departments_did_without_a_form_is_shown_to_neither(
    two_departments,
):
    both = person("填报", "both", department("甲局"))
    person_again = person("单位审核", "only", department("甲局"))

    appoint(both, Role.FILER, department("乙局"), since=NOON.date(), acting_user=None, now=NOON)
    for who in (both, person_again):
        with transaction.atomic():
            record_event(
                "account.secured", at=NOON, actor=who, payload={"username": who.username}
            )

    entries = told(person("审计只读", "shen", department("甲局")))

    assert any("only 开启了两步验证" in entry for entry in entries)
    assert not any("both 开启了两步验证" in entry for entry in entries)


def test_who_audits_the_whole_bureau_sees_what_the_console_did(two_departments):
    with transaction.atomic():
        record_event(
            "account.made_superuser", at=NOON, actor=None, payload={"username": "root"}
        )

    entries = told(person("管理员"))

    assert any("系统 在控制台开设超级用户 root" in entry for entry in entries)
    assert any("乙的桥梁" in entry for entry in entries)


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("?who=jia", "提交了第 1 版 甲的道路", 4),
        ("?who=yi&kind=declaration.recorded", "建立申报表“乙的桥梁”", 1),
        ("?about=桥梁", "建立申报表“乙的桥梁”", 1),
        ("?kind=declaration.submit", "提交了第 1 版 甲的道路", 1),
        ("?kind=review", "提交了第 1 版 甲的道路", 1),
        ("?about=%231", "#1", 1),
        ("?about=没有这样的项目", "", 0),
        ("?kind=nonsense", "", 0),
    ],
)
def test_entries_are_found_by_person_by_object_and_by_kind(
    two_departments, query: str, first: str, count: int
):
    entries = told(person("管理员"), query)

    assert len(entries) == count
    assert not count or first in entries[0]


def test_a_day_is_included_from_midnight_to_midnight(two_departments):
    handed_in = (NOON + timedelta(days=2)).date()
    administrator = person("管理员")

    on_the_day = told(administrator, f"?since={handed_in}&until={handed_in}&who=jia")

    assert len(on_the_day) == 1
    assert not told(administrator, f"?since={handed_in + timedelta(days=1)}&who=jia")


def test_a_long_log_is_read_page_by_page_without_gap(two_departments, monkeypatch):
    monkeypatch.setattr(log, "PER_PAGE", 3)
    monkeypatch.setattr("kaoji.subjects.verification.pages.log.PER_PAGE", 3)
    administrator = person("管理员")
    everything = set(told(administrator, "?before=100000000"))

    pages, before = [], None
    while before != 1:
        pages.append(told(administrator, f"?before={before}" if before else ""))
        before = int(pages[-1][-1].rpartition("#")[2])

    found = [int(entry.rpartition("#")[2]) for page in pages for entry in page]
    assert everything <= {entry for page in pages for entry in page}
    assert found == list(range(found[0], 0, -1))


def test_every_room_of_which_the_log_tells_has_a_name():
    assert set(log.ROOMS) == set(stories_by_room())


def test_what_happened_with_benefits_is_told_to_whom_they_are_shown():
    """管理员 has no right to see benefits, 审计只读 has."""
    clerk = person("发放经办")
    told_of = {"person": 5, "who": "张*三", "field": "证号", "purpose": "核对低保资格"}
    with transaction.atomic():
        record_event("benefits.seal_opened", at=NOON, actor=clerk, payload=told_of)
    administrator, auditor = person("管理员"), person("审计只读")

    for query in (
        "",
        "?kind=benefits",
        "?kind=benefits.seal_opened",
        "?about=低保",
        "?who=jing",
    ):
        assert not any("查看张*三" in entry for entry in told(administrator, query))
        assert any("查看张*三" in entry for entry in told(auditor, query))
    client = Client()
    client.force_login(administrator)
    assert "benefits.seal_opened" not in client.get("/log/").content.decode()


def test_nothing_is_found_by_what_is_not_told():
    """The payload has the key of the person; the story does not."""
    clerk, auditor = person("发放经办"), person("审计只读")
    told_of = {"person": 70707, "who": "张*三", "field": "证号", "purpose": "核对"}
    with transaction.atomic():
        record_event("benefits.seal_opened", at=NOON, actor=clerk, payload=told_of)

    assert told(auditor, "?about=70707") == []
    assert len(told(auditor, "?about=张*三")) == 1


def test_what_a_superuser_did_is_shown_to_no_single_department(two_departments):
    root = User.objects.create_superuser("root", password="x")
    appoint(root, Role.FILER, department("甲局"), since=NOON.date(), acting_user=None, now=NOON)
    other = person("填报", "elsewhere", department("乙局"))
    with transaction.atomic():
        record_event(
            "account.opened", at=NOON, actor=root, payload={"username": other.username}
        )

    entries = told(person("审计只读", "shen", department("甲局")))

    assert not any("elsewhere" in entry for entry in entries)


@pytest.mark.parametrize(
    "query",
    [
        "?until=9999-12-31",
        "?since=0001-01-01",
        "?who=" + "a+" * 1_200,
        "?about=" + "a+" * 1_200,
    ],
)
def test_no_question_is_too_odd_to_be_answered(two_departments, query: str):
    client = Client()
    client.force_login(person("管理员"))

    assert client.get(f"/log/{query}").status_code == 200


def test_a_day_beyond_all_records_is_told_so(two_departments):
    client = Client()
    client.force_login(person("管理员"))

    assert "请写 2000 年到 2100 年" in client.get("/log/?until=9999-12-31").content.decode()


def test_a_rare_thing_is_sought_so_far_back_and_further_when_asked(
    two_departments, monkeypatch
):
    monkeypatch.setattr(log, "FAR_BACK", 3)
    administrator = person("管理员")
    client = Client()
    client.force_login(administrator)

    found, query, questions = [], "?kind=organisation", 0
    while query:
        found += told(administrator, query)
        page = client.get(f"/log/{query}").content.decode()
        older = re.search(r'rel="next" href="\?[^"]*before=(\d+)', page)
        query = f"?kind=organisation&before={older[1]}" if older else ""
        questions += 1

    assert questions > 1
    assert found == told_at_once(administrator, monkeypatch)


def told_at_once(user: User, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(log, "FAR_BACK", 1_000)
    return told(user, "?kind=organisation")
