"""The letter that tells a unit what its evaluation came to, and the demand that goes with it."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.test import Client

from kaoji.core.speech import restored
from kaoji.platform.events.models import Event
from kaoji.platform.notices.models import Notice
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.evaluation.actions.report_evaluation import report_evaluation
from kaoji.subjects.evaluation.actions.send_feedback import send_feedback
from kaoji.subjects.evaluation.models import EvaluationFeedback
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.verification.queries.verifying import verify_chain
from kaoji.workflow.places import PlaceKind
from support.evaluating import commissioned, experts, reported, scored
from support.people import BUREAU, NOON, person, place

pytestmark = pytest.mark.django_db

ASKED = {
    "reference": "松财绩〔2026〕8号",
    "demand": "扩大问卷样本\n\n补齐台账",
    "due_on": date(2026, 12, 24),
}


@pytest.fixture
def report(approved, evaluation, finance):
    return reported(approved, finance)


def sent(report, who, **changes) -> EvaluationFeedback:
    return send_feedback(report, **{**ASKED, **changes}, acting_user=who, now=NOON)


def words_of(content: bytes) -> tuple[list[str], list[list[str]]]:
    """The paragraphs, and the rows of all tables."""
    paper = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    return [item.text for item in paper.paragraphs if item.text], rows


def test_the_letter_says_who_tells_whom_what_and_until_when(report, finance):
    texts, rows = words_of(bytes(sent(report, finance).document.content))

    # Typed from the form, its three sheets (97 points, 满意度 7 of 10) and what was asked.
    assert texts[:3] == ["绩效评价结果反馈书", "松财绩〔2026〕8号", "丙："]
    assert "2023年度你单位“甲”的绩效评价" in texts[3]
    assert "综合得分 97.00 分，等级“优”。各部分得分见下表。" in texts
    assert "样本偏少" in texts
    assert "扩大样本" in texts
    assert texts[texts.index("四、整改要求") + 1 :][:2] == ["扩大问卷样本", "补齐台账"]
    assert any("请于2026年12月24日以前完成整改" in text for text in texts)
    assert texts[texts.index("附：整改情况反馈表") - 2 :][:2] == [BUREAU, "2026年11月24日"]
    assert ["效益", "30.00", "27.00", "90.00%"] in rows
    assert ["样本偏少", "", "", ""] in rows


def test_it_opens_a_demand_and_tells_the_unit(report, finance, filer):
    Notice.objects.all().delete()

    made = sent(report, finance)

    [opened] = Rectification.objects.all()
    assert made.rectification == opened
    assert (opened.source, opened.finding, opened.due_on) == (
        "evaluation", "样本偏少", date(2026, 12, 24),
    )  # fmt: skip
    assert opened.demand == "扩大问卷样本\n\n补齐台账"
    [notice] = Notice.objects.filter(person=filer)
    assert str(restored(notice.sentence)) == "请于 2026-12-24 前整改：样本偏少"
    told = Event.objects.get(type="evaluation.fed_back").payload
    assert told["reference"] == "松财绩〔2026〕8号"
    verify_chain()


def test_it_is_sent_once_and_half_of_it_never(report, finance):
    for changes, why in (
        ({"reference": "  "}, "请写明文号"),
        ({"reference": "松" * 61}, "不超过 60 字"),
        ({"demand": " "}, "请写明问题和整改要求"),
        ({"due_on": date(2026, 11, 23)}, "整改期限 2026-11-23 已经过去"),
    ):
        with pytest.raises(UnableToAct, match=why):
            sent(report, finance, **changes)
    assert not Rectification.objects.exists()
    sent(report, finance)

    with pytest.raises(UnableToAct, match="已经发出"):
        sent(report, finance)
    assert Rectification.objects.count() == 1


def test_a_department_sends_that_of_its_own_evaluation_in_its_own_name(
    approved, evaluation, department, finance
):
    [expert, *_] = experts()
    made = commissioned(approved, department, [expert], level="department")
    scored(made, expert)
    report = report_evaluation(
        made, findings="样本偏少", advice="扩大样本", acting_user=department, now=NOON
    )

    with pytest.raises(NotPermitted):
        sent(report, finance)
    texts, _rows = words_of(bytes(sent(report, department).document.content))
    assert texts[texts.index("附：整改情况反馈表") - 2] == "乙"


def test_the_page_sends_it_and_hands_it_to_whoever_sees_the_promise(report, finance, filer):
    client, address = Client(), f"/following/evaluations/{report.evaluation_id}/"
    client.force_login(finance)
    assert "发出评价结果反馈书" in client.get(address).content.decode()

    refused = client.post(f"{address}feedback/", {**ASKED, "reference": ""})
    assert refused.status_code == 409
    assert "补齐台账" in refused.content.decode()
    assert client.post(f"{address}feedback/", ASKED).status_code == 302

    client.force_login(filer)
    page = client.get(address).content.decode()
    assert "松财绩〔2026〕8号" in page
    assert "发出评价结果反馈书" not in page
    letter = client.get(f"{address}feedback.docx")
    assert letter.content == bytes(EvaluationFeedback.objects.get().document.content)
    stranger = person("填报", "别人", place("丁部门", PlaceKind.DEPARTMENT, place()))
    client.force_login(stranger)
    assert client.get(f"{address}feedback.docx").status_code == 404


def test_what_was_not_sent_is_not_there(report, finance):
    client = Client()
    client.force_login(finance)

    address = f"/following/evaluations/{report.evaluation_id}/feedback.docx"
    assert client.get(address).status_code == 404
