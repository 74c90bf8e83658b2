"""File the self-evaluation of a place's whole expenditure (部门整体支出绩效自评表)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.canonical import digest
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.outcome_notation import filed_with_outcome, parse_with_outcome
from kaoji.core.speech import say
from kaoji.measuring.places import places_in
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.rules.engine import region_of
from kaoji.scoring.admissible import why_not_actual
from kaoji.scoring.outcome_with_scores import with_scores
from kaoji.scoring.reached import reached as by_value
from kaoji.scoring.scorecard import score_form
from kaoji.standards.scoring import NoScoringPolicy, scoring_policy
from kaoji.subjects.department_expenditure.models import WholeEvaluation, WholePlan
from kaoji.subjects.department_expenditure.queries import money_below, plan_in_force
from kaoji.workflow.roles import MAY_FILE

_LAYOUT = "unit-self-evaluation-2020"


@dataclass(frozen=True)
class Reached:
    """What became of one indicator: the value, why it deviates, a person's score for words."""

    value: str
    reason: str = ""
    score: Decimal | None = None


def evaluate_whole(
    plan: WholePlan,
    *,
    reached: Mapping[str, Reached],
    goal_done: str,
    acting_user: User,
    now: datetime,
) -> WholeEvaluation:
    """Freeze the self-evaluation; money is added up from the projects below. Raises UnableToAct."""
    require(acting_user, MAY_FILE, plan.place)
    with transaction.atomic():
        place = Organisation.objects.select_for_update().get(pk=plan.place_id)
        held = plan_in_force(place, plan.year)
        if held is None or held.pk != plan.pk:
            raise UnableToAct(say("{year} 年的部门整体目标还没有审定", year=plan.year))
        if localdate(now) <= date(plan.year, 12, 31):
            raise UnableToAct(say("{year} 年还没有结束，年后再报送自评", year=plan.year))
        if not goal_done.strip():
            raise UnableToAct(say("请写年度总目标的实际完成情况"))
        form = replace(plan.form, layout=_LAYOUT)
        try:
            policy = scoring_policy(on=date(plan.year, 12, 31), region=region_of(form))
        except NoScoringPolicy as refusal:
            raise UnableToAct(refusal.sentence) from refusal
        outcome = _outcome(plan, reached, policy.execution_points)
        card = score_form(form, outcome, policy)
        if card.total is None or card.grade is None:
            raise UnableToAct(card.open_questions[0])
        outcome = with_scores(outcome, card, goal_done.strip())
        content = filed_with_outcome(form, outcome)
        if parse_with_outcome(content) != (form, outcome):
            raise UnableToAct(say("表里有写进记法读不回来的文字；请联系管理员"))
        made = WholeEvaluation.objects.create(
            plan=plan,
            number=plan.evaluations.count() + 1,
            content=content,
            sha256=digest(content.encode()),
            total=card.total,
            grade=card.grade,
            filed_at=now,
            filed_by=acting_user,
        )
        record_event(
            "whole.evaluated",
            at=now,
            actor=acting_user,
            payload={
                "evaluation": made.pk,
                "place": place.name,
                "organisation": place.pk,
                "year": plan.year,
                "total": f"{made.total:.2f}",
                "grade": made.grade,
                "sha256": made.sha256,
            },
            rows=[made],
        )
    return made


def _outcome(plan: WholePlan, reached: Mapping[str, Reached], points: Decimal) -> Outcome:
    form, money = plan.form, money_below(plan.place, plan.year)
    planned = form.funds.annual_total
    budget = planned.yuan if planned else money.budget
    rows = []
    for place, row in zip(places_in(form), form.indicators, strict=True):
        told = reached.get(place, Reached(""))
        against = why_not_actual(row.target, told.value)
        if against is not None:
            raise UnableToAct(say("“{name}”：{why}", name=row.name, why=against))
        if by_value(row, told.value) is False and not told.reason.strip():
            raise UnableToAct(say("“{name}”没有完成，请写偏差原因和改进措施", name=row.name))
        rows.append(
            IndicatorOutcome(
                actual_raw=told.value.strip(),
                points=row.weight,
                score=told.score,
                reason=told.reason.strip() or None,
            )
        )
    line = BudgetLine(
        initial=Money(budget),
        adjusted=Money(budget),
        executed=Money(money.executed),
        points=points,
    )
    return Outcome("self_evaluation", {"total": line}, indicators=tuple(rows))
