"""The history of a form tells each reader what they see elsewhere, on the page and through the interface alike."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from kaoji.platform.accounts.actions.access_key import open_key
from kaoji.platform.accounts.models import AccessKey
from kaoji.platform.events.event_log import record_event
from kaoji.standards.reviews import review_template
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.evaluation.actions.report_evaluation import report_evaluation
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.review.actions.write_review import Answer, write_review
from support.evaluating import commissioned, experts, scored
from support.people import NOON, person
from support.road_form import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def through_the_interface(declaration: Declaration, reader: User, more: str = "") -> list[dict]:
    name = f"平台 {AccessKey.objects.count()}"
    _, token = open_key(name, until=NOON.date(), acting_user=reader, now=NOON)
    return Client().get(
        f"/api/1/declarations/{declaration.pk}?expand=events{more}",
        headers={"authorization": f"Bearer {token}"},
    ).json()["events"]  # fmt: skip


def is_told(sentence: str, declaration: Declaration, reader: User) -> bool:
    """On the page or through the interface; both must tell the same."""
    client = Client()
    client.force_login(reader)
    page = client.get(f"/declarations/{declaration.pk}/").content.decode()
    history = re.sub(r"<[^>]+>", "", page.partition('id="history"')[2])
    told = [event["told"] for event in through_the_interface(declaration, reader)]
    assert (sentence in history) is any(sentence in one for one in told)
    return sentence in history


@pytest.fixture
def reviewed(filer: User) -> Declaration:
    """A form that 主管部门 has before it and graded 中."""
    intake = import_document(FORM.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    made = move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON)
    write_review(
        made, review_template("general"), revision=1, answers={"规范完整性": Answer("齐全")},
        grade="中", acting_user=person("主管部门审核"), now=NOON,
    )  # fmt: skip
    return made


def test_the_grade_of_a_review_is_told_to_whom_the_sheet_is_shown(reviewed, filer):
    judge = User.objects.get(username="shen")

    assert is_told("评为“中”", reviewed, judge)
    assert is_told("评为“中”", reviewed, person("审计只读"))
    assert not is_told("评为“中”", reviewed, filer)
    assert not is_told("评为“中”", reviewed, person("发放出纳"))

    move_declaration(reviewed, "return", revision=1, reason="补充", acting_user=judge, now=NOON)
    reviewed.refresh_from_db()
    assert is_told("评为“中”", reviewed, filer)


def test_an_experts_score_is_told_to_others_with_the_report(approved, filer, finance):
    one, other, _ = people = experts()
    made = commissioned(approved, finance, people)
    scored(made, one)

    assert is_told("评价打分：100.00 分", approved, finance)
    assert is_told("评价打分：100.00 分", approved, one)
    assert not is_told("评价打分：100.00 分", approved, other)
    assert not is_told("评价打分：100.00 分", approved, filer)

    for expert in people[1:]:
        scored(made, expert)
    report_evaluation(made, findings="无", advice="无", acting_user=finance, now=NOON)
    assert is_told("评价打分：100.00 分", approved, filer)


def test_the_answers_to_a_survey_are_not_told_one_by_one(approved, filer):
    for _ in range(3):
        with transaction.atomic():
            record_event(
                "survey.answered", at=NOON, actor=None, declaration=approved,
                payload={"title": "居民满意度", "survey": 1, "answer": 1},
            )  # fmt: skip

    assert not is_told("收到“居民满意度”的一份答卷", approved, filer)


def test_what_nobody_did_is_told_as_done_by_the_system(approved, filer):
    with transaction.atomic():
        record_event(
            "actual.recorded", at=NOON, actor=None, declaration=approved,
            payload={"place": "养护里程", "as_of": "2023-07-31", "value": "20"},
        )  # fmt: skip

    assert is_told("填“养护里程”截至 2023-07-31 的完成值：20", approved, filer)


def test_a_long_history_is_told_in_pages_without_gap(approved, filer, monkeypatch):
    whole = [event["sequence"] for event in through_the_interface(approved, filer)]
    monkeypatch.setattr("kaoji.subjects.declarations.api.expanded._MOST", 2)

    found: list[int] = []
    while page := through_the_interface(
        approved, filer, f"&events_before={found[-1]}" if found else ""
    ):
        assert len(page) <= 2
        found += [event["sequence"] for event in page]

    assert found == whole
