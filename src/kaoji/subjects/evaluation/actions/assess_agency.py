"""Say, as the evaluated unit, how the third party worked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.agency_work import agency_work
from kaoji.subjects.evaluation.models import AgencyAssessment, Evaluation, EvaluationReport
from kaoji.workflow.roles import MAY_FILE


def assess_agency(
    evaluation: Evaluation,
    *,
    scores: Mapping[str, tuple[Decimal, str]],
    acting_user: User,
    now: datetime,
) -> AgencyAssessment:
    """Keep the sheet: by criterion its points, with the reason where any are taken off. Once, after the report.

    Raises UnableToAct.
    """
    require(acting_user, MAY_FILE, evaluation.declaration.organisation)
    sheet = agency_work(on=localdate(now))
    for criterion in sheet.criteria:
        points, reason = scores.get(criterion.name, (None, ""))
        if points is None or not 0 <= points <= criterion.points:
            raise UnableToAct(
                say(
                    "“{name}”要在 0 到 {points} 分之间",
                    name=criterion.name,
                    points=criterion.points,
                )
            )
        if points < criterion.points and not reason.strip():
            raise UnableToAct(say("“{point}”扣了分，请写理由", point=criterion.name))
    with transaction.atomic():
        held = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
        if held.agency is None:
            raise UnableToAct(say("这次评价没有委托第三方机构"))
        if not EvaluationReport.objects.filter(evaluation=held).exists():
            raise UnableToAct(say("评价报告出具以后才考核第三方的工作"))
        if AgencyAssessment.objects.filter(evaluation=held).exists():
            raise UnableToAct(say("第三方的工作已经考核过"))
        chosen = {item.name: scores[item.name] for item in sheet.criteria}
        made = AgencyAssessment.objects.create(
            evaluation=held,
            sheet=sheet.id,
            scores={
                name: {"score": f"{points:.2f}", "remark": reason.strip()}
                for name, (points, reason) in chosen.items()
            },
            total=sum((points for points, _reason in chosen.values()), Decimal(0)),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "evaluation.agency_assessed",
            at=now,
            actor=acting_user,
            declaration=held.declaration,
            payload={
                "evaluation": held.pk,
                "agency": held.agency.name,
                "total": f"{made.total:.2f}",
            },
            rows=[made],
        )
    return made
