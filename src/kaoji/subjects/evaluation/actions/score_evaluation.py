"""Score an evaluation as one of its experts."""

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
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.standards.agency_work import agency_work
from kaoji.standards.evaluations import evaluation_frames
from kaoji.subjects.evaluation.models import (
    Evaluation,
    EvaluationReport,
    ExpertSheet,
    IndependenceStatement,
)
from kaoji.workflow.roles import (
    MAY_EVALUATE,
)


def score_evaluation(
    evaluation: Evaluation,
    *,
    scores: Mapping[str, tuple[Decimal, str]],
    opinion: str,
    is_independent: bool = False,
    acting_user: User,
    now: datetime,
) -> ExpertSheet:
    """Keep an expert's sheet: by point the score and a remark. The latest one counts.

    Whoever scores for a third party declares once to be independent of what is evaluated. Raises UnableToAct.
    """
    require(acting_user, MAY_EVALUATE, evaluation.declaration.organisation)
    if not evaluation.experts.filter(pk=acting_user.pk).exists():
        raise NotPermitted(say("这次评价没有请您打分"))
    frame = evaluation_frames()[evaluation.frame]
    for point in frame.points:
        score, remark = scores.get(point.name, (None, ""))
        if score is None:
            raise UnableToAct(say("“{point}”还没有打分", point=point.name))
        if not 0 <= score <= point.weight:
            raise UnableToAct(
                say(
                    "“{point}”的 {score} 分要在 0 到 {points} 之间",
                    point=point.name,
                    score=score,
                    points=point.weight,
                )
            )
        if score < point.weight and not remark.strip():
            raise UnableToAct(say("“{point}”扣了分，请写理由", point=point.name))
    with transaction.atomic():
        held = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
        if EvaluationReport.objects.filter(evaluation=held).exists():
            raise UnableToAct(say("评价报告已经出具，不能再打分"))
        rows = _declared(held, acting_user, is_independent=is_independent, now=now)
        sheet = ExpertSheet.objects.create(
            evaluation=held,
            expert=acting_user,
            scores={
                point.name: {
                    "score": f"{scores[point.name][0]:.2f}",
                    "remark": scores[point.name][1].strip(),
                }
                for point in frame.points
            },
            opinion=opinion.strip(),
            total=sum((score for score, _ in scores.values()), Decimal(0)),
            made_at=now,
        )
        record_event(
            "evaluation.scored",
            at=now,
            actor=acting_user,
            declaration=evaluation.declaration,
            payload={"evaluation": held.pk, "total": f"{sheet.total:.2f}"},
            rows=[sheet, *rows],
        )
    return sheet


def _declared(
    held: Evaluation, expert: User, *, is_independent: bool, now: datetime
) -> list[IndependenceStatement]:
    """The statement that goes with a first sheet for a third party; nothing where it stands already."""
    if held.agency_id is None or held.statements.filter(expert=expert).exists():
        return []
    if not is_independent:
        raise UnableToAct(say("受第三方机构委派打分，请先声明独立于被评价的项目和单位"))
    words = agency_work(on=localdate(now)).statement
    return [
        IndependenceStatement.objects.create(
            evaluation=held, expert=expert, words=words, made_at=now
        )
    ]
