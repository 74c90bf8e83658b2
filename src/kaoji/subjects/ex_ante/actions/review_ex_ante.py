"""Review an ex-ante evaluation: finance accepts it as a ground for the budget, or sends it back."""

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
from kaoji.subjects.ex_ante.models import ExAnteEvaluation, ExAnteReview
from kaoji.workflow.following import VERDICT_NAMES
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_FINANCE


def review_ex_ante(
    evaluation: ExAnteEvaluation,
    *,
    verdict: str,
    remark: str,
    acting_user: User,
    now: datetime,
) -> ExAnteReview:
    """Write the review; one for each version. Raises UnableToAct."""
    require(acting_user, MAY_REVIEW_FOR_FINANCE, evaluation.place)
    if verdict not in VERDICT_NAMES:
        raise UnableToAct(say("请选择结论"))
    if verdict == "returned" and not remark.strip():
        raise UnableToAct(say("退回请写明理由"))
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=evaluation.place_id)
        if ExAnteReview.objects.filter(evaluation=evaluation).exists():
            raise UnableToAct(say("这份事前绩效评估已经审核过"))
        made = ExAnteReview.objects.create(
            evaluation=evaluation,
            verdict=verdict,
            remark=remark.strip(),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "ex_ante.reviewed",
            at=now,
            actor=acting_user,
            payload={
                "evaluation": evaluation.pk,
                "organisation": evaluation.place_id,
                "project": evaluation.project_name,
                "verdict": VERDICT_NAMES[verdict],
            },
            rows=[made],
        )
        sentence = say(
            "“{project}”的事前绩效评估：{verdict}",
            project=evaluation.project_name,
            verdict=say(VERDICT_NAMES[verdict]),
        )
        people = people_at(evaluation.place, [MAY_FILE], now=now)
        tell(people, sentence, declaration=None, now=now)
    return made
