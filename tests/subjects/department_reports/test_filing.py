"""A department reports on its projects: from what was filed, with its own words, once for each state of things."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.department_reports.actions.file_department_report import (
    report_monitoring,
    report_self_evaluations,
)
from kaoji.subjects.department_reports.models import FiledReport
from kaoji.subjects.monitoring.actions.file_monitoring import Said, file_monitoring
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.self_evaluation.actions.recheck import recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from support.followed import everything, named
from support.people import NOON, place

pytestmark = pytest.mark.django_db

WATCHED = {"organised": "成立专班。", "problems": "雨季长。", "measures": "抢工期。"}
YEARLY = {"organised": "各单位自评。", "measures": "早开工。", "use": "与预算挂钩。"}


def filed_monitoring(period: MonitoringPeriod, approved: Declaration, filer: User) -> None:
    file_monitoring(period, approved, said=everything(approved), acting_user=filer, now=NOON)


def test_the_year_is_summed_up_from_what_units_filed(
    approved: Declaration, evaluation: SelfEvaluation, department: User, finance: User
):
    made = report_self_evaluations(
        place(), 2023, words=YEARLY, acting_user=department, now=NOON
    )
    [project] = made.report.projects

    assert (project.name, project.grade, f"{project.score}") == ("甲", "优", "98.62")
    assert f"{project.executed:.2f}" == "215457.60"
    assert ("产出指标", 4, 4) in project.met
    event = Event.objects.get(type="department.reported")
    assert event.payload["count"] == 1
    assert event.payload["sha256"] == made.sha256


def test_a_report_keeps_what_was_said_that_day(
    approved: Declaration, evaluation: SelfEvaluation, department: User, finance: User
):
    made = report_self_evaluations(
        place(), 2023, words=YEARLY, acting_user=department, now=NOON
    )
    recheck(
        evaluation, level="finance", changes={}, opinion="属实", acting_user=finance, now=NOON
    )
    again = report_self_evaluations(
        place(), 2023, words=YEARLY, acting_user=department, now=NOON + timedelta(days=1)
    )

    assert FiledReport.objects.get(pk=made.pk).report.projects[0].is_rechecked is False
    assert again.report.projects[0].is_rechecked is True
    assert again.number == 2


def test_the_same_report_is_not_filed_twice(
    approved: Declaration, evaluation: SelfEvaluation, department: User
):
    asked = {"words": YEARLY, "acting_user": department, "now": NOON}
    report_self_evaluations(place(), 2023, **asked)

    with pytest.raises(UnableToAct, match="与第 1 次报送的报告一样"):
        report_self_evaluations(place(), 2023, **asked)


def test_what_the_department_has_to_write_is_asked_for_by_name(
    approved: Declaration, evaluation: SelfEvaluation, department: User
):
    with pytest.raises(UnableToAct, match="请写“自评结果应用和公开情况”"):
        report_self_evaluations(
            place(), 2023, words={**YEARLY, "use": " "}, acting_user=department, now=NOON
        )
    assert not FiledReport.objects.exists()


def test_nothing_filed_leaves_nothing_to_report(
    approved: Declaration, period: MonitoringPeriod, department: User
):
    with pytest.raises(UnableToAct, match="还没有项目报送"):
        report_monitoring(place(), period, words=WATCHED, acting_user=department, now=NOON)


@pytest.mark.parametrize("who", ["filer", "finance"])
def test_only_the_department_reports(
    approved: Declaration, evaluation: SelfEvaluation, who: str, request
):
    with pytest.raises(NotPermitted):
        report_self_evaluations(
            place(),
            2023,
            words=YEARLY,
            acting_user=request.getfixturevalue(who),
            now=NOON,
        )


def test_a_year_that_has_not_ended_is_not_reported(approved: Declaration, department: User):
    with pytest.raises(UnableToAct, match="2026 年还没有结束"):
        report_self_evaluations(place(), 2026, words=YEARLY, acting_user=department, now=NOON)


def test_the_department_writes_on_the_page_and_finance_takes_the_paper_home(
    approved: Declaration, period: MonitoringPeriod, filer: User, department: User, finance
):
    filed_monitoring(period, approved, filer)
    client = Client()
    client.force_login(department)
    address = f"/following/reports/{place().pk}/monitoring/{period.pk}/"

    before = client.get(address).content.decode()
    refused = client.post(address, {**WATCHED, "measures": ""})
    client.post(address, WATCHED)

    assert "应监控项目1个，已报送监控表1个" in before
    assert refused.status_code == 409
    assert "成立专班。" in refused.content.decode()
    client.force_login(finance)
    listed = client.get("/following/reports/?year=2023").content.decode()
    made = FiledReport.objects.get()
    assert f"/following/reports/filed/{made.pk}.docx" in listed
    paper = client.get(f"/following/reports/filed/{made.pk}.docx")
    written = docx.Document(io.BytesIO(paper.content))
    assert "抢工期。" in [paragraph.text for paragraph in written.paragraphs]
    assert "报送报告" not in client.get(address).content.decode()


def test_causes_and_the_budget_come_from_the_reports_that_units_filed(
    approved: Declaration, period: MonitoringPeriod, filer: User, department: User
):
    why = Said(("人员保障",), "人手不足", "完全不可能", remedy="增派两个班组")
    said = everything(approved, 养护里程=why)
    file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)

    made = report_monitoring(place(), period, words=WATCHED, acting_user=department, now=NOON)

    [project] = made.report.projects
    [deviation] = project.deviations
    assert (deviation.causes, deviation.remedy) == (("人员保障",), "增派两个班组")
    assert (project.budget, project.executed) == (250_000, 0)


def test_causes_that_were_ticked_before_the_notation_told_of_them_are_counted_too(
    approved: Declaration, period: MonitoringPeriod, filer: User, department: User
):
    MonitoringReport.objects.create(
        period=period, declaration=approved, number=1, revision_number=1,
        content=(
            "# 考绩记法 1\n项目: 甲\n年度: 2023\n截至: 2023-07-31\n\n"
            "产出指标 / 数量指标 / 养护里程: ≥ 35公里 → 7公里 | 原因: 人员保障；人手不足 | 可能性: 有可能\n"
        ),
        sha256="0" * 64, light="red", filed_at=NOON, filed_by=filer,
        deviations={
            named(approved, "养护里程"): {"classes": ["人员保障"], "reason": "人手不足"}
        },
    )  # fmt: skip

    made = report_monitoring(place(), period, words=WATCHED, acting_user=department, now=NOON)

    [deviation] = made.report.projects[0].deviations
    assert (deviation.causes, deviation.reason) == (("人员保障",), "人手不足")


def test_who_has_no_right_in_the_place_finds_nothing(
    approved: Declaration, evaluation: SelfEvaluation, department: User
):
    made = report_self_evaluations(
        place(), 2023, words=YEARLY, acting_user=department, now=NOON
    )
    client = Client()

    assert client.get(f"/following/reports/filed/{made.pk}.docx").status_code == 302
    client.force_login(User.objects.create_user("nobody", password="x"))
    assert client.get(f"/following/reports/filed/{made.pk}.docx").status_code == 403
