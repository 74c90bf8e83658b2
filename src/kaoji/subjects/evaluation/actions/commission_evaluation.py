"""Commission an evaluation: of which promise, by which experts, by which frame, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL, require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.scoring.experts import COMBINATION_NAMES
from kaoji.standards.evaluations import evaluation_frames
from kaoji.subjects.declarations.actions.in_force import held_in_force
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.evaluation.models import AgencyContract, Evaluation
from kaoji.workflow.following import LEVEL_NAMES
from kaoji.workflow.roles import (
    MAY_EVALUATE,
    MAY_FOLLOW,
)

_FEWEST_TO_TRIM = 3
_LONGEST_NUMBER, _MOST_FEE = 60, Decimal(10) ** 10


def commission_evaluation(
    declaration: Declaration,
    *,
    level: str,
    frame: str,
    combination: str,
    experts: Sequence[User],
    agency: Organisation | None = None,
    contract: tuple[str, Decimal] | None = None,
    due_on: date,
    acting_user: User,
    now: datetime,
) -> Evaluation:
    """Ask experts, who may evaluate there, to score the promise by a frame.

    An *agency* is commissioned by a *contract*: its number, and its fee in yuan. Raises UnableToAct.
    """
    if level not in LEVEL_NAMES:
        raise UnableToAct(say("没有“{level}”这一级", level=level))
    require(acting_user, MAY_FOLLOW, declaration.organisation)
    require(acting_user, RIGHTS_OF_LEVEL[level], declaration.organisation)
    if frame not in evaluation_frames():
        raise UnableToAct(say("没有“{frame}”这套指标体系", frame=frame))
    if combination not in COMBINATION_NAMES:
        raise UnableToAct(say("请选择怎样合成专家评分"))
    if due_on < localdate(now):
        raise UnableToAct(say("完成期限 {day} 已经过去", day=due_on))
    _require_able(experts, combination, declaration.organisation, now)
    agreed = _agreed(contract) if agency is not None else None
    with transaction.atomic():
        held = held_in_force(declaration)
        made = Evaluation.objects.create(
            declaration=held,
            level=level,
            agency=agency,
            frame=frame,
            combination=combination,
            due_on=due_on,
            commissioned_at=now,
            commissioned_by=acting_user,
        )
        made.experts.set(experts)
        rows: list[Model] = [made]
        if agreed is not None:
            rows.append(AgencyContract.objects.create(evaluation=made, **agreed))
        record_event(
            "evaluation.commissioned",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "evaluation": made.pk,
                "due_on": due_on.isoformat(),
                "count": len(experts),
            },
            rows=rows,
        )
        sentence = say(
            "请于 {day} 前为“{project}”的评价打分", day=due_on, project=held.project_name
        )
        tell(experts, sentence, declaration=held, now=now)
    return made


def _require_able(
    experts: Sequence[User], combination: str, place: Organisation, now: datetime
) -> None:
    """Raise UnableToAct for too few experts, or one who may not evaluate there."""
    if not experts:
        raise UnableToAct(say("请至少选一位专家"))
    if combination == "trimmed" and len(experts) < _FEWEST_TO_TRIM:
        raise UnableToAct(
            say("去掉最高最低后平均，至少要 {least} 位专家", least=_FEWEST_TO_TRIM)
        )
    able = people_at(place, [MAY_EVALUATE], now=now)
    unable = [person for person in experts if person not in able]
    if unable:
        name = unable[0].get_full_name() or unable[0].username
        raise UnableToAct(say("“{name}”不是这里的评价专家（第三方）", name=name))


def _agreed(contract: tuple[str, Decimal] | None) -> dict[str, Any]:
    if contract is None or not 0 <= contract[1] < _MOST_FEE:
        raise UnableToAct(say("委托第三方评价，请写明服务费（元）；不收费的写 0"))
    number, fee = " ".join(contract[0].split()), contract[1]
    if not number or len(number) > _LONGEST_NUMBER:
        raise UnableToAct(say("委托第三方评价，请写明合同编号（不超过 60 字）"))
    return {"number": number, "fee": fee.quantize(Decimal("0.01"))}
