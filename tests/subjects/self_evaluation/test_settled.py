"""What was judged stays judged: filings after a re-check, the department after finance; forecasts in time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.monitoring.actions.file_monitoring import Said, file_monitoring
from kaoji.subjects.monitoring.queries import watched_on
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
from kaoji.subjects.self_evaluation.actions.recheck import recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from support.evaluating import commissioned, experts
from support.followed import entered, everything, named
from support.people import NOON
from support.road_form import MID_JULY

pytestmark = pytest.mark.django_db


def refiled(approved, filer, goal: str = "改写过"):
    return file_self_evaluation(approved, goal_done=goal, acting_user=filer, now=NOON)


def test_the_same_self_evaluation_is_not_filed_twice(approved, filer, evaluation):
    with pytest.raises(UnableToAct, match="与第 1 次报送的自评一样"):
        refiled(approved, filer, "已完成")
    assert refiled(approved, filer).number == 2


def test_after_a_recheck_nothing_is_filed_over_it(approved, filer, evaluation, finance):
    lower = {named(approved, "养护里程"): (Decimal(1), "没有台账")}
    recheck(
        evaluation, level="finance", changes=lower, opinion="", acting_user=finance, now=NOON
    )

    with pytest.raises(UnableToAct, match="已经复核，以复核后的得分为准"):
        refiled(approved, filer)
    assert SelfEvaluation.objects.count() == 1


def test_the_department_does_not_change_what_finance_rechecked(
    approved, evaluation, finance, department
):
    lower = {named(approved, "养护里程"): (Decimal(1), "没有台账")}
    back = {named(approved, "养护里程"): (Decimal(10), "台账找到了")}
    said = {"opinion": "", "now": NOON}
    recheck(evaluation, level="department", changes=back, acting_user=department, **said)
    recheck(evaluation, level="finance", changes=lower, acting_user=finance, **said)

    with pytest.raises(UnableToAct, match="财政部门已经复核"):
        recheck(evaluation, level="department", changes=back, acting_user=department, **said)
    recheck(evaluation, level="finance", changes=back, acting_user=finance, **said)


def test_a_forecast_goes_by_the_day_of_the_value(approved, filer):
    entered(approved, filer, "养护里程", "10公里", as_of=date(2023, 3, 31))

    [first, *_] = watched_on(approved, as_of=MID_JULY).rows

    assert first.forecast == "40.56公里"
    assert "10 ÷ 90 × 365" in str(first.basis)


def test_a_typed_forecast_is_a_value_like_any_other(approved, filer, period):
    odd = Said(("人员保障",), "人手不足", "有可能", forecast="abc")

    with pytest.raises(UnableToAct, match="“养护里程”的全年预计"):
        file_monitoring(
            period,
            approved,
            said=everything(approved, 养护里程=odd),
            acting_user=filer,
            now=NOON,
        )


def test_two_experts_scores_are_not_trimmed(approved, evaluation, finance):
    with pytest.raises(UnableToAct, match="至少要 3 位专家"):
        commissioned(approved, finance, experts()[:2], "trimmed")
