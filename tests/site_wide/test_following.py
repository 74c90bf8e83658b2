"""After the approval: monitoring, re-checks, rectification, evaluation, the whole of a department."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from kaoji.audit.verify import verify_package
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.measuring.places import places_in
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.department_expenditure.actions.decide_whole_plan import decide_whole_plan
from kaoji.subjects.department_expenditure.actions.evaluate_whole import Reached, evaluate_whole
from kaoji.subjects.department_expenditure.actions.file_whole_plan import Task, file_whole_plan
from kaoji.subjects.department_expenditure.queries import tasks_below
from kaoji.subjects.evaluation.actions.reply_to_evaluation import reply_to_evaluation
from kaoji.subjects.monitoring.actions.file_monitoring import Said, file_monitoring
from kaoji.subjects.monitoring.actions.issue_monitoring import issue_monitoring
from kaoji.subjects.monitoring.actions.review_monitoring import review_monitoring
from kaoji.subjects.monitoring.queries import summary_of, tasks_of
from kaoji.subjects.rectification.actions.step_rectification import step_rectification
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, due_day, overdue, state_of
from kaoji.subjects.self_evaluation.actions.draw_rechecks import draw_rechecks
from kaoji.subjects.self_evaluation.actions.recheck import EXECUTION, recheck
from kaoji.subjects.self_evaluation.models import Standing
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.evaluating import reported
from support.followed import TASKS, WHOLE, demanded, entered, everything, spent
from support.people import NOON, place
from support.road_form import END, MID_JULY

NOTHING = Decimal(0)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
LATER = date(2026, 12, 31)


def test_a_report_is_frozen_with_forecast_and_reasons(approved, filer, period, department):
    entered(approved, filer, "养护里程", "7公里", as_of=MID_JULY)
    spent(approved, filer, 6, "100000")
    why = Said(("人员保障",), "人手不足", "有可能")

    report = file_monitoring(
        period, approved, said=everything(approved, 养护里程=why), acting_user=filer, now=NOON
    )

    form, outcome = parse_with_outcome(report.content)
    assert (outcome.kind, outcome.as_of, report.light) == ("monitoring", "2023-07-31", "red")
    assert outcome.indicators[0].forecast_raw == "12.05公里"
    assert outcome.indicators[0].reason == "人手不足"
    assert outcome.indicators[0].causes == ("人员保障",)
    assert outcome.budget["total"].forecast.yuan == Decimal("171428.57")
    assert form.project_name == "甲"
    tasks = tasks_of(period)
    assert summary_of(period, tasks)["lights"] == {"red": 1}
    assert summary_of(period, tasks)["states"] == {"filed": 1}


def test_a_light_asks_for_a_reason_and_every_row_for_a_likelihood(approved, filer, period):
    entered(approved, filer, "养护里程", "7公里", as_of=MID_JULY)
    said = everything(approved)

    with pytest.raises(UnableToAct, match="亮了灯"):
        file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)
    with pytest.raises(UnableToAct, match="可能性"):
        file_monitoring(
            period, approved, said=everything(approved, 养护里程=Said(("其他",), "x")),
            acting_user=filer, now=NOON,
        )  # fmt: skip
    told = Said(("天气",), "x", "有可能")
    with pytest.raises(UnableToAct, match="没有“天气”这类"):
        file_monitoring(
            period,
            approved,
            said=everything(approved, 养护里程=told),
            acting_user=filer,
            now=NOON,
        )


def test_a_report_is_filed_again_only_when_it_was_returned(approved, filer, period, department):
    said = everything(approved)
    report = file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)
    with pytest.raises(UnableToAct, match="已经报送"):
        file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)

    with pytest.raises(UnableToAct, match="写明意见"):
        review_monitoring(
            report, verdict="returned", advice="continue", remark="", acting_user=department,
            now=NOON,
        )  # fmt: skip
    review_monitoring(
        report, verdict="returned", advice="continue", remark="请补证据", acting_user=department,
        now=NOON,
    )  # fmt: skip
    again = file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)
    review_monitoring(
        again, verdict="accepted", advice="adjust", remark="目标偏低", acting_user=department,
        now=NOON,
    )  # fmt: skip

    assert again.number == 2
    with pytest.raises(UnableToAct, match="已经审核过"):
        review_monitoring(
            again, verdict="accepted", advice="continue", remark="", acting_user=department,
            now=NOON,
        )  # fmt: skip


def test_a_period_is_issued_once_and_not_into_the_past(approved, department, period, filer):
    with pytest.raises(UnableToAct, match="已经下达过"):
        issue_monitoring(
            place(), year=2023, title="又一次", until=MID_JULY, due_on=LATER,
            acting_user=department, now=NOON,
        )  # fmt: skip
    with pytest.raises(UnableToAct, match="不能早于"):
        issue_monitoring(
            place(), year=2023, title="x", until=date(2023, 9, 30), due_on=date(2023, 10, 9),
            acting_user=department, now=NOON,
        )  # fmt: skip
    with pytest.raises(NotPermitted):
        issue_monitoring(
            place(), year=2023, title="x", until=END, due_on=LATER, acting_user=filer, now=NOON
        )


def test_a_recheck_changes_a_score_with_its_reason_and_the_grade_follows(
    approved, evaluation, department, finance
):
    first = next(key for key in _places(approved) if "养护里程" in key)
    made = recheck(
        evaluation, level="department", changes={first: (Decimal(5), "验收单只有 10 公里")},
        opinion="", acting_user=department, now=NOON,
    )  # fmt: skip

    assert made.total_before == Decimal("98.62")
    assert made.total == made.total_before - Decimal("12.50") + 5 == Decimal("91.12")
    last = recheck(
        evaluation, level="finance", changes={EXECUTION: (Decimal(0), "支出不合规")},
        opinion="同意", acting_user=finance, now=NOON,
    )  # fmt: skip
    assert (last.total_before, last.total, last.grade) == (
        Decimal("91.12"), Decimal("82.50"), "良",
    )  # fmt: skip
    assert Standing.objects.get().score == Decimal("82.50")


@pytest.mark.parametrize(
    ("score", "reason", "why"),
    [
        (Decimal(99), "x", "要在 0 到"),
        (Decimal(3), " ", "请写理由"),
        (Decimal(-1), "x", "要在 0 到"),
    ],
)
def test_a_recheck_stays_within_the_points_and_says_why(
    approved, evaluation, department, score, reason, why
):
    first = next(key for key in _places(approved) if "养护里程" in key)

    with pytest.raises(UnableToAct, match=why):
        recheck(
            evaluation, level="department", changes={first: (score, reason)}, opinion="",
            acting_user=department, now=NOON,
        )  # fmt: skip


def test_a_sample_for_rechecking_is_drawn_again_by_anybody(approved, evaluation, finance):
    with pytest.raises(UnableToAct, match="抽 2 个不行"):
        draw_rechecks(place(), year=2023, size=2, acting_user=finance, now=NOON)
    with pytest.raises(UnableToAct, match="还没有报送"):
        draw_rechecks(place(), year=2022, size=1, acting_user=finance, now=NOON)
    sample = draw_rechecks(
        place(), year=2023, size=1, seed="2023-复核", acting_user=finance, now=NOON
    )

    assert sample.chosen == [approved.pk]
    with pytest.raises(UnableToAct, match="种子 2023-复核；一年只抽一次"):
        draw_rechecks(place(), year=2023, size=1, seed="别的", acting_user=finance, now=NOON)


def test_a_rectification_goes_from_demand_to_closing(approved, filer, department):
    held = demanded(approved, department)
    with pytest.raises(UnableToAct, match="现在不能这样办"):
        step_rectification(held, "accept", text="好", acting_user=department, now=NOON)
    with pytest.raises(NotPermitted):
        step_rectification(held, "answer", text="好", acting_user=department, now=NOON)

    proof = ("整改.txt", b"done")
    step_rectification(held, "answer", text="已补", file=proof, acting_user=filer, now=NOON)
    step_rectification(held, "return", text="缺照片", acting_user=department, now=NOON)
    assert state_of(held) is State.OPEN
    step_rectification(held, "answer", text="附照片", acting_user=filer, now=NOON)
    step_rectification(held, "accept", text="属实", acting_user=department, now=NOON)

    assert state_of(held) is State.CLOSED
    assert verify_chain() == Event.objects.count()


def test_what_is_overdue_is_listed_until_more_time_is_given(approved, department):
    held = demanded(approved, department)
    everything_there = Rectification.objects.all()

    assert [item.pk for item in overdue(everything_there, on=LATER)] == [held.pk]
    with pytest.raises(UnableToAct, match="延期要写一个晚于"):
        step_rectification(
            held, "extend", text="x", due_on=TODAY, acting_user=department, now=NOON
        )
    step_rectification(
        held, "extend", text="汛期", due_on=date(2027, 3, 1), acting_user=department, now=NOON
    )
    assert due_day(held) == date(2027, 3, 1)
    assert not overdue(everything_there, on=LATER).exists()


def test_the_whole_of_a_department_is_promised_decided_and_scored(approved, filer, finance):
    spent(approved, filer, 6, "215457.60")
    at = approved.organisation
    plan = file_whole_plan(at, WHOLE, TASKS, acting_user=filer, now=NOON)
    with pytest.raises(UnableToAct, match="还没有审定"):
        evaluate_whole(plan, reached={}, goal_done="x", acting_user=filer, now=NOON)
    decide_whole_plan(plan, verdict="accepted", remark="", acting_user=finance, now=NOON)
    keys = _places(plan)
    reached = dict(zip(keys, [Reached("99%"), Reached("36公里"), Reached("91%")], strict=True))

    made = evaluate_whole(
        plan, reached=reached, goal_done="已完成", acting_user=filer, now=NOON
    )

    assert (made.total, made.grade) == (Decimal("98.62"), "优")
    with pytest.raises(UnableToAct, match="已经审定"):
        file_whole_plan(at, WHOLE, TASKS, acting_user=filer, now=NOON)


def test_the_main_tasks_of_a_whole_are_its_projects_with_their_sources(approved):
    [task] = tasks_below(approved.organisation, 2023)

    form = approved.revisions.get(number=approved.approved_revision).form
    whole, other = form.funds.annual_total, form.funds.annual_other
    assert task.name == form.project_name
    assert task.content
    assert task.content in form.annual_goal
    assert task.other == (other.yuan if other else 0)
    assert task.fiscal + task.other == whole.yuan


def test_a_whole_plan_says_what_is_missing(approved, filer, finance):
    at = approved.organisation
    uneven = [replace(TASKS[0], other=Decimal(5))]
    for form, tasks, why in (
        (replace(WHOLE, annual_goal=None), TASKS, "总体目标"),
        (WHOLE, [], "主要任务"),
        (WHOLE, uneven, "不等于总额"),
        (
            WHOLE,
            [*TASKS, Task("基本支出", "人员经费", NOTHING, NOTHING, NOTHING)],
            "“基本支出”没有金额",
        ),
        (replace(WHOLE, indicators=WHOLE.indicators[:2]), TASKS, "合计 60，应为 90"),
    ):
        with pytest.raises(UnableToAct, match=why):
            file_whole_plan(at, form, tasks, acting_user=filer, now=NOON)
    plan = file_whole_plan(at, WHOLE, TASKS, acting_user=filer, now=NOON)
    with pytest.raises(UnableToAct, match="写明理由"):
        decide_whole_plan(plan, verdict="returned", remark="", acting_user=finance, now=NOON)
    decide_whole_plan(plan, verdict="returned", remark="细化", acting_user=finance, now=NOON)
    assert file_whole_plan(at, WHOLE, TASKS, acting_user=filer, now=NOON).number == 2


def test_an_export_of_all_that_verifies_with_difference_nought(
    approved, evaluation, filer, department, finance, period, tmp_path
):
    test_a_recheck_changes_a_score_with_its_reason_and_the_grade_follows(
        approved, evaluation, department, finance
    )
    report = reported(approved, finance)
    reply_to_evaluation(
        report, "object", text="样本已补", file=("补.txt", b"1"), acting_user=filer, now=NOON
    )
    demanded(approved, department)
    draw_rechecks(place(), year=2023, size=1, acting_user=finance, now=NOON)
    plan = file_whole_plan(approved.organisation, WHOLE, TASKS, acting_user=filer, now=NOON)
    decide_whole_plan(plan, verdict="accepted", remark="", acting_user=finance, now=NOON)
    said = everything(approved)
    file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)
    out = tmp_path / "audit.zip"
    call_command("export_audit", str(out))

    with out.open("rb") as file:
        verdict = verify_package(file)

    assert verdict.differences == ()
    assert verdict.scores == 4


def _places(held) -> list[str]:
    form = held.form if hasattr(held, "form") else held.revisions.get(number=1).form
    return places_in(form)
