"""Look at a self-evaluation again: keep or change the score of each indicator, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.declaration import Declaration as Form
from kaoji.core.outcome import Outcome
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import say
from kaoji.measuring.places import places_in
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL, require
from kaoji.platform.refusals import UnableToAct
from kaoji.rules.engine import region_of
from kaoji.scoring.lights import grade_of
from kaoji.scoring.scorecard import cap_of
from kaoji.standards.scoring import scoring_policy
from kaoji.subjects.declarations.actions.in_force import held_in_force
from kaoji.subjects.self_evaluation.models import Recheck, SelfEvaluation
from kaoji.subjects.windows.queries import require_open
from kaoji.workflow.following import LEVEL_NAMES
from kaoji.workflow.moves import Stage
from kaoji.workflow.roles import MAY_FILE

EXECUTION = "预算执行率"


@dataclass(frozen=True)
class Line:
    """One line of a self-evaluation as it stands before a re-check."""

    place: str
    points: Decimal
    score: Decimal


def standing_scores(evaluation: SelfEvaluation) -> dict[str, Line]:
    """By place what counts now: the self-evaluation's scores, as earlier re-checks changed them."""
    form, outcome = _filed(evaluation)
    lines = {line.place: line for line in _lines(form, outcome)}
    for earlier in evaluation.rechecks.order_by("id"):
        for place, change in earlier.changes.items():
            line = lines[place]
            lines[place] = Line(place, line.points, Decimal(change["after"]))
    return lines


def recheck(
    evaluation: SelfEvaluation,
    *,
    level: str,
    changes: Mapping[str, tuple[Decimal, str]],
    opinion: str,
    acting_user: User,
    now: datetime,
) -> Recheck:
    """Write the re-check. *changes* gives by place the score after and the reason.

    Places that are not named keep their score. Raises UnableToAct.
    """
    if level not in LEVEL_NAMES:
        raise UnableToAct(say("没有“{level}”这一级", level=level))
    require(acting_user, RIGHTS_OF_LEVEL[level], evaluation.declaration.organisation)
    with transaction.atomic():
        held = held_in_force(evaluation.declaration)
        require_open(Stage.RECHECK, held.year, held.organisation, on=localdate(now))
        last = held.self_evaluations.order_by("-number").first()
        if last is None or last.pk != evaluation.pk:
            raise UnableToAct(say("已有更新的自评，请复核最近的一次"))
        if level == "department" and evaluation.rechecks.filter(level="finance").exists():
            raise UnableToAct(say("财政部门已经复核，主管部门不能再改分"))
        lines = standing_scores(evaluation)
        before = sum((line.score for line in lines.values()), Decimal(0))
        taken = dict(_taken(lines, changes))
        total = before + sum(
            (Decimal(item["after"]) - Decimal(item["before"]) for item in taken.values()),
            Decimal(0),
        )
        form, outcome = _filed(evaluation)
        policy = scoring_policy(
            on=date(form.year or held.year or 0, 12, 31), region=region_of(form)
        )
        cap = cap_of(total, outcome.budget.get("total"), policy)
        total = cap.most if cap else total
        if not taken and not opinion.strip():
            raise UnableToAct(say("没有改分，请写复核意见"))
        made = Recheck.objects.create(
            evaluation=evaluation,
            level=level,
            changes=taken,
            total_before=before,
            total=total,
            grade=grade_of(total, policy),
            opinion=opinion.strip(),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "recheck.made",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "number": evaluation.number,
                "before": f"{before:.2f}",
                "total": f"{total:.2f}",
                "grade": made.grade,
            },
            rows=[made],
        )
        sentence = say(
            "“{project}”的自评复核：{before} 分改为 {total} 分",
            project=held.project_name,
            before=f"{before:.2f}",
            total=f"{total:.2f}",
        )
        people = people_at(held.organisation, [MAY_FILE], now=now)
        tell(people, sentence, declaration=held, now=now)
    return made


def _filed(evaluation: SelfEvaluation) -> tuple[Form, Outcome]:
    form, outcome = parse_with_outcome(evaluation.content)
    if outcome is None:  # pragma: no cover - what was filed has one
        raise UnableToAct(say("这份自评没有完成情况"))
    return form, outcome


def _lines(form: Form, outcome: Outcome) -> Iterator[Line]:
    for place, item in zip(places_in(form), outcome.indicators, strict=True):
        yield Line(place, item.points or Decimal(0), item.score or Decimal(0))
    money = outcome.budget["total"]
    yield Line(EXECUTION, money.points or Decimal(0), money.score or Decimal(0))


def _taken(
    lines: Mapping[str, Line], changes: Mapping[str, tuple[Decimal, str]]
) -> Iterator[tuple[str, dict[str, str]]]:
    for place, (after, reason) in changes.items():
        line = lines.get(place)
        if line is None:
            raise UnableToAct(say("自评里没有“{place}”", place=place))
        if not 0 <= after <= line.points:
            raise UnableToAct(
                say(
                    "“{place}”的得分 {score} 要在 0 到 {points} 之间",
                    place=place,
                    score=after,
                    points=line.points,
                )
            )
        if after == line.score:
            continue
        if not reason.strip():
            raise UnableToAct(say("“{place}”改了分，请写理由", place=place))
        yield (
            place,
            {
                "before": f"{line.score:.2f}",
                "after": f"{after:.2f}",
                "reason": reason.strip(),
            },
        )
