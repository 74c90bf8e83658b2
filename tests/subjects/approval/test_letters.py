"""The 批复: numbered letters, each approval in one of them, the PDF kept as it was issued."""

from __future__ import annotations

from decimal import Decimal

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.core.canonical import digest
from kaoji.platform.events.event_log import last_hash
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import NotPermitted
from kaoji.subjects.approval.actions.issue_letter import (
    UnableToIssue,
    issue_letter,
    waiting_for_a_letter,
)
from kaoji.subjects.approval.models import ApprovalLetter
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.verification.queries.verifying import verify_chain
from kaoji.workflow.places import PlaceKind
from support.people import NOON, person, place
from support.road_form import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    return {name: person(name) for name in ("填报", "主管部门审核", "财政绩效")}


@pytest.fixture
def department() -> Organisation:
    return place("乙", PlaceKind.DEPARTMENT, place())


def moved(declaration: Declaration, people: dict[str, User], *verbs: str) -> Declaration:
    doers = {"submit": "填报", "adjust": "填报", "forward": "主管部门审核"}
    for verb in verbs:
        declaration.refresh_from_db()
        declaration = move_declaration(
            declaration, verb, revision=declaration.revision_count, reason="追加任务",
            acting_user=people[doers.get(verb, "财政绩效")], now=NOON,
        )  # fmt: skip
    return declaration


def filed(people: dict[str, User], text: str) -> Declaration:
    intake = import_document(text.encode(), name="x.txt", acting_user=people["填报"], now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=people["填报"], now=NOON)
    return made


def approved(people: dict[str, User], project: str) -> Declaration:
    made = filed(people, FORM.replace("项目: 甲", f"项目: {project}"))
    return moved(made, people, "submit", "forward", "approve")


def issued(
    department: Organisation,
    people: dict[str, User],
    reference: str = "松财绩〔2026〕{number}号",
) -> ApprovalLetter:
    keys = [item.pk for item in waiting_for_a_letter(department)]
    return issue_letter(
        department, approvals=keys, reference=reference,
        acting_user=people["财政绩效"], now=NOON,
    )  # fmt: skip


def text_of(letter: ApprovalLetter) -> str:
    pdf = pypdfium2.PdfDocument(bytes(letter.document.content))
    signs = "".join(page.get_textpage().get_text_range() for page in pdf)
    return "".join(signs.replace("\u2063", "").replace("\u200b", "").split())


def test_a_letter_names_its_projects_and_their_hashes(department, people):
    first, second = approved(people, "农村公路养护"), approved(people, "桥梁养护")

    head = last_hash()
    letter = issued(department, people)

    text = text_of(letter)
    for expected in (
        "关于批复2023年度财政项目支出绩效目标的通知", "松财绩〔2026〕1号", "乙：", "2个项目",
        "农村公路养护", "桥梁养护", "松江区财政局", "2026年11月24日",
        first.revisions.get().sha256[:16], second.revisions.get().sha256[:16],
        "财政项目支出绩效目标申报表", f"发文时事件日志末端{head}",
    ):  # fmt: skip
        assert expected in text, expected
    assert letter.document.sha256 == digest(bytes(letter.document.content))
    assert verify_chain() == Event.objects.count()


def test_letters_are_numbered_one_after_another_and_no_form_is_in_two(department, people):
    approved(people, "甲")
    first = issued(department, people)
    approved(people, "丁")
    second = issued(department, people)

    assert [first.number, second.number] == [1, 2]
    assert second.reference == "松财绩〔2026〕2号"
    assert second.approvals.get().project_name == "丁"
    with pytest.raises(UnableToIssue, match="尚未发文"):
        issued(department, people)


def test_a_reference_is_used_once(department, people):
    approved(people, "甲")
    issued(department, people, "松财绩〔2026〕7号")
    approved(people, "丁")

    with pytest.raises(UnableToIssue, match="已被使用"):
        issued(department, people, "松财绩〔2026〕7号")
    with pytest.raises(UnableToIssue, match="文号"):
        issued(department, people, "  ")
    assert ApprovalLetter.objects.count() == 1
    assert len(waiting_for_a_letter(department)) == 1


def test_an_adjustment_shows_what_it_was_before_and_why(department, people):
    made = approved(people, "甲")
    issued(department, people)
    Declaration.objects.filter(pk=made.pk).update(annual_total=Decimal(100))
    moved(made, people, "adjust")
    filed(people, FORM.replace("≥ 35公里", "≥ 50公里"))
    moved(made, people, "submit", "forward", "approve")

    text = text_of(issued(department, people))

    assert "调整理由" in text
    assert "追加任务" in text
    assert "≥50公里" in text


@pytest.mark.parametrize("role", ["填报", "主管部门审核"])
def test_only_the_performance_division_issues(department, people, role):
    approved(people, "甲")
    keys = [item.pk for item in waiting_for_a_letter(department)]

    with pytest.raises(NotPermitted):
        issue_letter(
            department, approvals=keys, reference="x", acting_user=people[role], now=NOON
        )


def test_the_pages_issue_it_and_hand_it_out_to_its_department_alone(department, people):
    approved(people, "甲")
    client = Client()
    client.force_login(people["财政绩效"])
    assert f"/letters/new/{department.pk}/" in client.get("/letters/").content.decode()
    [waiting] = waiting_for_a_letter(department)

    refused = client.post(f"/letters/new/{department.pk}/", {"reference": "x号"})
    assert refused.status_code == 409
    client.post(
        f"/letters/new/{department.pk}/", {"reference": "松财绩1号", "approval": waiting.pk}
    )

    letter = ApprovalLetter.objects.get()
    for somebody, status in (
        (people["财政绩效"], 200),
        (person("填报", "li", department), 200),
        (person("填报", "wang", place("丁", PlaceKind.DEPARTMENT, place())), 404),
    ):
        visitor = Client()
        visitor.force_login(somebody)
        assert visitor.get(f"/letters/{letter.pk}.pdf").status_code == status
        assert ("松财绩1号" in visitor.get("/letters/").content.decode()) == (status == 200)
