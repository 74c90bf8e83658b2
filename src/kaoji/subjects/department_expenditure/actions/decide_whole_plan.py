"""Decide on a version of the whole expenditure's promise: accept it, or send it back with a reason."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.department_expenditure.models import WholeDecision, WholePlan
from kaoji.workflow.following import VERDICT_NAMES
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_FINANCE


def decide_whole_plan(
    plan: WholePlan, *, verdict: str, remark: str, acting_user: User, now: datetime
) -> WholeDecision:
    """Write the decision on the newest version. Raises UnableToAct."""
    require(acting_user, MAY_REVIEW_FOR_FINANCE, plan.place)
    if verdict not in VERDICT_NAMES:
        raise UnableToAct(say("请选择结论"))
    if verdict == "returned" and not remark.strip():
        raise UnableToAct(say("退回请写明理由"))
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=plan.place_id)
        newest = WholePlan.objects.filter(place=plan.place_id, year=plan.year).first()
        if newest is None or newest.pk != plan.pk:
            raise UnableToAct(say("已有更新的一版，请看最新的"))
        if WholeDecision.objects.filter(plan=plan).exists():
            raise UnableToAct(say("这一版已经审定过"))
        decision = WholeDecision.objects.create(
            plan=plan,
            verdict=verdict,
            remark=remark.strip(),
            made_at=now,
            made_by=acting_user,
        )
        told = {"place": plan.place.name, "year": plan.year, "verdict": VERDICT_NAMES[verdict]}
        record_event(
            "whole.decided",
            at=now,
            actor=acting_user,
            payload={**told, "plan": plan.pk, "organisation": plan.place_id},
            rows=[decision],
        )
        sentence = say(
            "{year} 年部门整体目标：{verdict}",
            year=plan.year,
            verdict=say(VERDICT_NAMES[verdict]),
        )
        tell(people_at(plan.place, [MAY_FILE], now=now), sentence, declaration=None, now=now)
    return decision
