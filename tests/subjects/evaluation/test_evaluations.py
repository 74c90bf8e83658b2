"""Evaluations by experts: scored, combined, reported, and answered by who was evaluated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.platform.notices.models import Notice
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.evaluation.actions.reply_to_evaluation import reply_to_evaluation
from kaoji.subjects.evaluation.actions.report_evaluation import report_evaluation
from kaoji.subjects.evaluation.models import EvaluationReply
from kaoji.subjects.verification.queries.verifying import verify_chain
from kaoji.workflow.places import PlaceKind
from support.evaluating import commissioned, experts, reported, scored
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db


def test_several_experts_scores_become_one_report(approved, evaluation, finance):
    report = reported(approved, finance)

    assert (report.total, report.grade) == (Decimal("97.00"), "优")
    assert report.document.content[:2] == b"PK"
    with pytest.raises(UnableToAct, match="已经出具"):
        scored(report.evaluation, report.evaluation.experts.first())


def test_an_expert_scores_all_points_within_bounds_and_says_why(approved, finance, evaluation):
    people = experts()
    made = commissioned(approved, finance, people[:1])

    for change, why in (
        ({"满意度": (Decimal(11), "")}, "要在 0 到 10"),
        ({"满意度": (Decimal(5), "")}, "请写理由"),
    ):
        with pytest.raises(UnableToAct, match=why):
            scored(made, people[0], change)
    with pytest.raises(NotPermitted, match="没有请您"):
        scored(made, people[1])
    with pytest.raises(UnableToAct, match="还没有打分"):
        report_evaluation(made, findings="x", advice="y", acting_user=finance, now=NOON)
    with pytest.raises(UnableToAct, match="不是这里的评价专家"):
        commissioned(approved, finance, [finance])


@pytest.fixture
def report(approved, evaluation, finance):
    return reported(approved, finance)


def replied(report, user, kind: str, text: str = "", **more):
    return reply_to_evaluation(report, kind, text=text, acting_user=user, now=NOON, **more)


def test_the_evaluated_unit_objects_and_is_answered(report, filer, finance):
    replied(report, filer, "object", "问卷共发 400 份", file=("问卷.txt", b"400"))
    replied(report, finance, "answer", "已核对，结论不变")
    replied(report, filer, "accept")

    told = list(report.replies.values_list("kind", "document__name"))
    assert told == [("object", "问卷.txt"), ("answer", None), ("accept", None)]
    assert [
        notice.sentence["with"]["kind"]["say"]
        for notice in Notice.objects.filter(person__in=[finance, filer]).order_by("id")
        if "评价报告" in notice.sentence["say"]
    ] == ["有异议", "答复", "无异议"]
    assert verify_chain() == Event.objects.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EvaluationReply.objects.update(text="别的")


def test_who_may_say_what_of_a_report(report, filer, finance):
    with pytest.raises(NotPermitted):
        replied(report, finance, "object", "我反对")
    with pytest.raises(NotPermitted):
        replied(report, filer, "answer", "我来答复")
    with pytest.raises(UnableToAct, match="没有等着答复"):
        replied(report, finance, "answer", "已核对")
    with pytest.raises(UnableToAct, match="写明内容"):
        replied(report, filer, "object", "  ")
    with pytest.raises(UnableToAct, match="4000 字"):
        replied(report, filer, "object", "长" * 4001)
    with pytest.raises(UnableToAct, match="没有“shrug”"):
        replied(report, filer, "shrug")
    replied(report, filer, "accept", "同意")
    with pytest.raises(UnableToAct, match="已经表示无异议"):
        replied(report, filer, "object", "又反对")
    assert EvaluationReply.objects.count() == 1


def test_a_reply_that_came_too_late_loses_nothing(report, filer):
    client = Client()
    client.force_login(filer)
    replied(report, filer, "accept")

    late = client.post(
        f"/following/evaluations/{report.evaluation_id}/reply/",
        {"kind": "object", "text": "很长的异议"},
    )

    assert late.status_code == 409
    assert "很长的异议" in late.content.decode()


def test_a_photograph_of_several_megabytes_may_come_along(report, filer):
    client = Client()
    client.force_login(filer)
    photo = SimpleUploadedFile("现场.jpg", b"x" * 5_000_000)

    sent = client.post(
        f"/following/evaluations/{report.evaluation_id}/reply/",
        {"kind": "object", "text": "见照片", "file": photo},
    )

    assert sent.status_code == 302
    assert len(bytes(report.replies.get().document.content)) == 5_000_000
    huge = SimpleUploadedFile("片.mp4", b"x" * 34_000_000)
    refused = client.post(
        f"/following/evaluations/{report.evaluation_id}/reply/", {"file": huge}
    )
    assert refused.status_code == 413
    assert "压缩或分开" in refused.content.decode()


def test_the_page_takes_a_reply_with_its_file_and_hands_it_out(report, filer, finance):
    unit, bureau, auditor, stranger = Client(), Client(), Client(), Client()
    unit.force_login(filer)
    bureau.force_login(finance)
    auditor.force_login(person("审计只读"))
    stranger.force_login(person("填报", "other", place("别处", PlaceKind.DEPARTMENT, place())))
    page = f"/following/evaluations/{report.evaluation_id}/"
    file = SimpleUploadedFile("问卷.txt", "四百份".encode())

    assert "报送反馈" not in bureau.get(page).content.decode()
    assert unit.post(f"{page}reply/", {"kind": "object", "text": ""}).status_code == 409
    sent = unit.post(f"{page}reply/", {"kind": "object", "text": "已发四百份", "file": file})
    assert sent.status_code == 302
    held = report.replies.get()
    assert auditor.get(f"{page}reply/{held.pk}/").content.decode() == "四百份"
    assert "已发四百份" in bureau.get(page).content.decode()
    assert auditor.post(f"{page}reply/", {"kind": "answer", "text": "好"}).status_code == 403
    for address in (f"{page}reply/", f"{page}reply/{held.pk}/"):
        method = stranger.post if address.endswith("reply/") else stranger.get
        assert method(address, {"kind": "object", "text": "x"}).status_code == 404
    bureau.post(f"{page}reply/", {"kind": "answer", "text": "已核对"})
    assert report.replies.last().kind == "answer"


def test_the_page_of_an_evaluation_keeps_the_head_of_every_page(approved, finance):
    asked = commissioned(approved, finance, experts()[:1])
    client = Client()
    client.force_login(finance)

    page = client.get(f"/following/evaluations/{asked.pk}/").content.decode()

    assert place().name in page.partition("</header>")[0]
    assert 'class="nav"' in page
