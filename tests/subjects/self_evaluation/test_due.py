"""When self-evaluations are due: by a window that finance sets, with reminders, a line on the desk, and exceptions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import localdate

from kaoji.core.speech import restored
from kaoji.platform.notices.models import Notice
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.actions.remind import remind
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
from kaoji.subjects.self_evaluation.actions.recheck import EXECUTION, recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.self_evaluation.queries import not_self_evaluated
from kaoji.subjects.windows.actions.extend_window import extend_window
from kaoji.subjects.windows.actions.set_window import set_window
from kaoji.subjects.windows.models import Window
from kaoji.workflow.moves import Stage
from support.followed import entered, spent
from support.people import NOON, place
from support.road_form import MET

pytestmark = pytest.mark.django_db

TODAY = localdate(NOON)


def window(finance: User, stage: Stage, closes: int) -> Window:
    """Open since ten days, closing so many days from today."""
    return set_window(
        2023,
        stage,
        place(),
        opens_on=TODAY - timedelta(10),
        closes_on=TODAY + timedelta(closes),
        acting_user=finance,
        now=NOON,
    )


def reached(approved: Declaration, filer: User) -> None:
    for name, value in MET.items():
        entered(approved, filer, name, value)
    spent(approved, filer, 6, "215457.60")


def filed(approved: Declaration, filer: User) -> SelfEvaluation:
    return file_self_evaluation(approved, goal_done="已完成", acting_user=filer, now=NOON)


def test_after_the_last_day_nothing_is_filed_until_finance_grants_an_exception(
    approved: Declaration, filer: User, finance: User
):
    reached(approved, filer)
    held = window(finance, Stage.SELF_EVALUATION, -1)

    with pytest.raises(UnableToAct, match="2023 年自评已于 2026-11-23 截止"):
        filed(approved, filer)
    assert not SelfEvaluation.objects.exists()
    extend_window(
        held,
        place=approved.organisation,
        until=TODAY,
        reason="系统停机",
        acting_user=finance,
        now=NOON,
    )

    assert filed(approved, filer).number == 1


def test_on_the_last_day_it_is_filed(approved: Declaration, filer: User, finance: User):
    reached(approved, filer)
    window(finance, Stage.SELF_EVALUATION, 0)

    assert filed(approved, filer).number == 1


def test_rechecks_have_their_own_window(
    approved: Declaration, evaluation: SelfEvaluation, finance: User
):
    window(finance, Stage.RECHECK, -1)

    with pytest.raises(UnableToAct, match="2023 年自评复核已于 2026-11-23 截止"):
        recheck(
            evaluation,
            level="finance",
            changes={EXECUTION: (Decimal(0), "支出不合规")},
            opinion="",
            acting_user=finance,
            now=NOON,
        )


def test_who_has_not_filed_is_reminded_once_a_day(
    approved: Declaration, filer: User, finance: User
):
    window(finance, Stage.SELF_EVALUATION, 3)
    Notice.objects.all().delete()

    remind(days=5, now=NOON)
    remind(days=5, now=NOON)

    [notice] = Notice.objects.all()
    assert notice.person == filer
    assert str(restored(notice.sentence)) == "2023 年自评于 2026-11-27 截止，还有 1 份等您办理"


def test_nobody_is_reminded_of_what_is_filed_or_far_away(
    approved: Declaration, evaluation: SelfEvaluation, finance: User
):
    window(finance, Stage.SELF_EVALUATION, 3)
    Notice.objects.all().delete()

    assert remind(days=5, now=NOON).notices == 0


def test_a_year_that_runs_is_not_due(approved: Declaration):
    assert list(not_self_evaluated(on=TODAY)) == [approved]
    assert list(not_self_evaluated(on=TODAY.replace(year=2023))) == []


def test_the_desk_has_a_line_for_the_year_and_the_page_names_the_projects(
    approved: Declaration, filer: User
):
    client = Client()
    client.force_login(filer)

    desk = client.get("/todo/").content.decode()
    listed = client.get("/following/rechecks/").content.decode()

    assert "还有 1 份自评要报送" in desk
    assert "还没有报送自评的项目 1 个" in listed
    assert f'href="/results/{approved.pk}/"' in listed
    reached(approved, filer)
    filed(approved, filer)
    assert "份自评要报送" not in client.get("/todo/").content.decode()
    assert "还没有报送自评的项目" not in client.get("/following/rechecks/").content.decode()
