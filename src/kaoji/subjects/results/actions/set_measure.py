"""Say how an indicator is measured: from which evidence, by which statistic, along which plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.measuring.answer import Way
from kaoji.measuring.catalogue import WAYS
from kaoji.measuring.policy import policy_of
from kaoji.measuring.values import plain
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.actions.in_force import held_in_force, indicator_at
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.models import Measure
from kaoji.workflow.roles import MAY_FILE

_LONGEST = 200


def set_measure(
    declaration: Declaration,
    *,
    place: str,
    title: str,
    way: str,
    parameters: Mapping[str, Any],
    milestones: Sequence[tuple[date, Decimal]] = (),
    acting_user: User,
    now: datetime,
) -> Measure:
    """Set the measure of one indicator; an earlier one stays on record. Raises UnableToAct."""
    require(acting_user, MAY_FILE, declaration.organisation)
    with transaction.atomic():
        held = held_in_force(declaration)
        indicator_at(held, place)
        if not title.strip():
            raise UnableToAct(say("请给取值办法起一个名称，例如“培训签到台账”"))
        if len(title) > _LONGEST:
            raise UnableToAct(say("名称不超过 {most} 字", most=_LONGEST))
        if way not in WAYS:
            raise UnableToAct(say("没有“{way}”这种取值方式", way=way))
        parameters = _with_usual_tiers(held, WAYS[way], parameters)
        against = WAYS[way].refuse(parameters)
        if against is not None:
            raise UnableToAct(against)
        if way == "survey":
            _require_own_survey(held, parameters)
        _require_milestones(held, milestones)
        measure = Measure.objects.create(
            declaration=held,
            place=place,
            title=title.strip(),
            way=way,
            parameters=dict(parameters),
            milestones=[[day.isoformat(), f"{value:f}"] for day, value in milestones],
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "measure.set",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={"place": place, "title": measure.title, "way": way},
            rows=[measure],
        )
    return measure


def _with_usual_tiers(
    held: Declaration, way: Way, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """The parameters, with the shares of the policy in force where the measure names none.

    So a measure says by itself how it judges, whatever the policy says later.
    """
    if not any(item.name == "full" for item in way.parameters):
        return dict(parameters)
    form = held.revisions.get(number=held.approved_revision or 0).form
    try:
        full, partly = policy_of(form).tier_shares
    except NoScoringPolicy as refusal:
        raise UnableToAct(refusal.sentence) from refusal
    return {"full": plain(full), "partly": plain(partly), **parameters}


def _require_own_survey(held: Declaration, parameters: Mapping[str, Any]) -> None:
    survey = held.surveys.filter(pk=int(parameters["survey"])).first()
    if survey is None:
        raise UnableToAct(say("请选择这个项目的问卷"))
    about = parameters.get("question") or survey.main_question
    question = next((item for item in survey.questions if item["id"] == about), None)
    if question is None:
        raise UnableToAct(say("问卷里没有题目“{question}”", question=about))
    chosen = parameters.get("result") == "chosen"
    if question["kind"] != ("choice" if chosen else "scale"):
        raise UnableToAct(
            say("题目“{question}”不能这样统计；请换一题或换一种统计", question=question["text"])
        )
    if chosen and parameters["choice"] not in question["choices"]:
        raise UnableToAct(
            say(
                "“{question}”没有选项“{answer}”；可选 {known}",
                question=question["text"],
                answer=parameters["choice"],
                known="、".join(question["choices"]),
            )
        )


def _require_milestones(held: Declaration, milestones: Sequence[tuple[date, Decimal]]) -> None:
    """Days of the year in order, numbers that do not fall."""
    for (day, value), (earlier, before) in zip(
        milestones, [(date.min, Decimal(0)), *milestones], strict=False
    ):
        if day.year != held.year:
            raise UnableToAct(say("节点 {day} 不在 {year} 年度之内", day=day, year=held.year))
        if day <= earlier or value < before:
            raise UnableToAct(say("节点 {day} 要晚于前一个，累计数不能变小", day=day))
