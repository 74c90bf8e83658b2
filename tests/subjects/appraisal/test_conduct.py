"""How units do their part, counted by hand from what the fixtures did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.documents.editing import typed_of
from kaoji.subjects.appraisal.queries import Conduct, Share, conduct_in
from kaoji.subjects.dashboards.queries import figures_of
from kaoji.subjects.declarations.actions.edit_declaration import edit_declaration
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import usual_year
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.monitoring.actions.file_monitoring import file_monitoring
from kaoji.subjects.monitoring.models import MonitoringPeriod
from kaoji.subjects.rectification.actions.step_rectification import step_rectification
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.review.actions.take_back_move import take_back_move
from kaoji.subjects.self_evaluation.actions.recheck import EXECUTION, recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.windows.actions.set_window import set_window
from kaoji.workflow.moves import Stage
from support.followed import demanded, everything
from support.people import NOON, person, place
from support.road_form import FORM

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def told(approved: Declaration, on: date = TODAY) -> Conduct:
    [(unit, conduct)] = conduct_in([approved.organisation], 2023, on=on)
    assert unit == approved.organisation
    return conduct


def test_a_form_that_went_straight_through(approved: Declaration):
    conduct = told(approved)

    assert conduct.forms == 1
    assert conduct.declared == Share(1, 1)
    assert conduct.unreturned == Share(1, 1)
    assert conduct.measurable == Share(6, 6)
    assert conduct.monitored == Share(0, 0)
    assert conduct.evaluated == Share(0, 1)
    assert conduct.upheld == conduct.rectified == Share(0, 0)


def test_while_a_promise_is_adjusted_what_was_approved_is_measured_as_in_the_figures(
    approved: Declaration, filer: User
):
    move_declaration(
        approved, "adjust", revision=1, reason="追加任务", acting_user=filer, now=NOON
    )
    base = approved.revisions.get()
    typed = typed_of(reading_of(base), [])
    vague = [replace(row, target_raw="较高") for row in typed.rows["indicators"]]
    typed = replace(typed, rows={**typed.rows, "indicators": vague})
    edit_declaration(approved, typed, base=base, seen=1, acting_user=filer, now=NOON)
    approved.refresh_from_db()
    assert (approved.measurable, approved.indicators) == (0, 6)

    [figures] = figures_of([approved.organisation_id], [2023]).values()

    assert told(approved).measurable == Share(6, 6)
    assert (figures.measurable, figures.indicators) == (6, 6)


def test_what_was_submitted_after_the_last_day_is_late(approved: Declaration, finance: User):
    set_window(
        2023,
        Stage.DECLARE,
        place(),
        opens_on=date(2022, 9, 1),
        closes_on=date(2022, 10, 31),
        acting_user=finance,
        now=NOON,
    )

    assert told(approved).declared == Share(0, 1)


def test_what_may_still_be_in_time_does_not_count_yet(
    approved: Declaration, filer: User, finance: User
):
    set_window(
        2023,
        Stage.SELF_EVALUATION,
        place(),
        opens_on=TODAY - timedelta(9),
        closes_on=TODAY,
        acting_user=finance,
        now=NOON,
    )

    assert told(approved, TODAY).evaluated == Share(0, 0)
    assert told(approved, TODAY + timedelta(1)).evaluated == Share(0, 1)


def test_a_return_that_was_taken_back_did_not_come_back(
    filer: User, department: User, finance: User
):
    text = FORM.replace("项目: 甲", "项目: 乙路")
    intake = import_document(text.encode(), name="y.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    for verb, user in (("submit", filer), ("return", department)):
        made = move_declaration(
            made, verb, revision=1, reason="目标不明", acting_user=user, now=NOON
        )
    last = made.events.order_by("-sequence").first()
    made = take_back_move(made, last, acting_user=department, now=NOON)
    for verb, user in (("forward", department), ("approve", finance)):
        made = move_declaration(made, verb, revision=1, acting_user=user, now=NOON)

    assert told(made).unreturned == Share(2, 2)


def test_what_came_back_once_did_not_pass_at_once(filer: User, department: User, finance: User):
    text = FORM.replace("项目: 甲", "项目: 乙路")
    intake = import_document(text.encode(), name="y.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    for verb, user in (
        ("submit", filer), ("return", department), ("submit", filer), ("forward", department),
        ("approve", finance),
    ):  # fmt: skip
        made = move_declaration(
            made, verb, revision=1, reason="目标不明", acting_user=user, now=NOON
        )

    conduct = told(made)
    assert conduct.forms == 2
    assert conduct.unreturned == Share(1, 2)


def test_monitoring_counts_once_its_day_has_passed(
    approved: Declaration, period: MonitoringPeriod, filer: User
):
    after = period.due_on + timedelta(1)
    assert told(approved, period.due_on).monitored == Share(0, 0)
    assert told(approved, after).monitored == Share(0, 1)

    file_monitoring(period, approved, said=everything(approved), acting_user=filer, now=NOON)

    assert told(approved, after).monitored == Share(1, 1)


def test_a_recheck_that_takes_points_does_not_uphold(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, department: User
):
    recheck(
        evaluation,
        level="department",
        changes={},
        opinion="属实",
        acting_user=department,
        now=NOON,
    )
    assert told(approved).upheld == Share(1, 1)
    recheck(
        evaluation,
        level="finance",
        changes={EXECUTION: (Decimal(0), "支出不合规")},
        opinion="",
        acting_user=finance,
        now=NOON,
    )

    assert told(approved).evaluated == Share(1, 1)
    assert told(approved).upheld == Share(0, 1)


def test_a_demand_counts_when_it_is_closed_or_overdue(
    approved: Declaration, filer: User, department: User
):
    held = demanded(approved, department)
    assert told(approved, held.due_on).rectified == Share(0, 0)
    assert told(approved, held.due_on + timedelta(1)).rectified == Share(0, 1)

    step_rectification(held, "answer", text="已补", acting_user=filer, now=NOON)
    step_rectification(held, "accept", text="属实", acting_user=department, now=NOON)

    assert told(approved, held.due_on).rectified == Share(1, 1)


def test_a_year_without_forms_has_no_line(approved: Declaration):
    assert conduct_in([approved.organisation], 2019, on=TODAY) == []


def test_where_this_year_has_no_forms_the_newest_that_has_some_is_shown(
    approved: Declaration, finance: User
):
    assert usual_year(finance, today=date(2026, 3, 1)) == approved.year
    assert usual_year(finance, today=date(2019, 3, 1)) == 2019  # before all forms
    assert (
        usual_year(person("填报", "elsewhere", place("别处")), today=date(2026, 3, 1)) == 2026
    )


def test_the_page_and_the_file_say_the_same(approved: Declaration, finance: User):
    client = Client()
    client.force_login(finance)

    page = client.get("/following/appraisal/?year=2023").content.decode()
    file = client.get("/following/appraisal.csv?year=2023").content.decode("utf-8-sig")

    assert "100.0%<small>6/6</small>" in page
    head, line = file.splitlines()
    assert head.startswith("单位,申报表,按时申报,应办,%,一次通过,应办,%,可衡量指标,应办,%")
    assert line.endswith(",1,1,1,100.00,1,1,100.00,6,6,100.00,0,0,,0,1,0.00,0,0,,0,0,")
    assert client.get("/following/appraisal.pdf?year=2023").status_code == 404
