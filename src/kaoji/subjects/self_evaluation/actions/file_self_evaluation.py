"""File a self-evaluation: what is known of the year, scored, frozen, for anybody to recompute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.canonical import digest
from kaoji.core.declaration import Declaration as Form
from kaoji.core.outcome import Outcome
from kaoji.core.outcome_notation import filed_with_outcome, parse_with_outcome
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.scoring.outcome_with_scores import with_scores
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.queries.results import Results, results_of
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.windows.queries import require_open
from kaoji.workflow.moves import Stage
from kaoji.workflow.roles import MAY_FILE

_HUNDRED = Decimal(100)


class UnableToFile(UnableToAct):
    """Something is missing: the year's end, an actual value, a reason, a judgement."""


@dataclass(frozen=True)
class Ready:
    """A self-evaluation as it would be filed: everything that is frozen, and its total and grade."""

    results: Results
    form: Form
    outcome: Outcome
    content: str
    total: Decimal
    grade: str


def ready_to_file(
    declaration: Declaration, *, goal_done: str, acting_user: User, now: datetime
) -> Ready:
    """What filing would freeze now. Raises UnableToFile with what is missing, NotPermitted."""
    require(acting_user, MAY_FILE, declaration.organisation)
    if declaration.approved_revision is None or declaration.year is None:
        raise UnableToFile(say("“{project}”还没有批复", project=declaration.project_name))
    end = date(declaration.year, 12, 31)
    if localdate(now) <= end:
        raise UnableToFile(say("{year} 年还没有结束，年后再报送自评", year=declaration.year))
    require_open(
        Stage.SELF_EVALUATION,
        declaration.year,
        declaration.organisation,
        on=localdate(now),
    )
    last = declaration.self_evaluations.order_by("-number").first()
    if last is not None and last.rechecks.exists():
        raise UnableToFile(
            say("自评已经复核，以复核后的得分为准，不能再报；有异议的，请复核的部门再复核")
        )
    results = results_of(declaration, as_of=end)
    total, grade = _require_complete(results, goal_done)
    outcome = with_scores(results.outcome, results.card, goal_done.strip())
    form = _with_points(results)
    content = filed_with_outcome(form, outcome)
    if parse_with_outcome(content) != (form, outcome):
        raise UnableToFile(say("表里有写进记法读不回来的文字；请联系管理员"))
    if last is not None and last.content == content:
        raise UnableToFile(say("与第 {number} 次报送的自评一样，没有再报", number=last.number))
    return Ready(results, form, outcome, content, total, grade)


def file_self_evaluation(
    declaration: Declaration, *, goal_done: str, acting_user: User, now: datetime
) -> SelfEvaluation:
    """Freeze the results of the whole year as the next self-evaluation. Raises UnableToFile."""
    require(acting_user, MAY_FILE, declaration.organisation)
    with transaction.atomic():
        held = (
            Declaration.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=declaration.pk)
        )
        ready = ready_to_file(held, goal_done=goal_done, acting_user=acting_user, now=now)
        evaluation = SelfEvaluation.objects.create(
            declaration=held,
            number=held.self_evaluations.count() + 1,
            revision_number=ready.results.revision.number,
            content=ready.content,
            sha256=digest(ready.content.encode()),
            total=ready.total,
            grade=ready.grade,
            filed_at=now,
            filed_by=acting_user,
        )
        record_event(
            "evaluation.filed",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "number": evaluation.number,
                "revision": ready.results.revision.number,
                "total": f"{ready.total:f}",
                "grade": ready.grade,
                "policy": ready.results.policy.id,
                "sha256": evaluation.sha256,
                "actuals": [row.actual.pk for row in ready.results.rows if row.actual],
                "spendings": [item.pk for item in ready.results.months],
            },
            rows=[evaluation],
        )
    return evaluation


def _with_points(results: Results) -> Form:
    """The form with the points that each indicator was scored by, for whoever recomputes it."""
    rows = (replace(row.indicator, weight=row.points) for row in results.rows)
    return replace(results.form, indicators=tuple(rows))


def _require_complete(results: Results, goal_done: str) -> tuple[Decimal, str]:
    if not goal_done.strip():
        raise UnableToFile(say("请写年度总目标的实际完成情况"))
    for row in results.rows:
        if row.is_missed and row.actual is not None and not row.actual.reason:
            raise UnableToFile(
                say("“{name}”没有完成，请写偏差原因和改进措施", name=row.indicator.name)
            )
    if not results.months:
        raise UnableToFile(say("还没有填预算执行；没有执行的，请在十二月填 0"))
    points = [row.points for row in results.rows]
    whole = sum((item or Decimal(0) for item in points), results.policy.execution_points)
    if None not in points and whole != _HUNDRED:
        raise UnableToFile(
            say(
                "各项分值与预算执行率合计 {whole} 分，不是 100 分；请先调整分值",
                whole=f"{whole:f}",
            )
        )
    card = results.card
    if card.total is None or card.grade is None:
        raise UnableToFile(card.open_questions[0])
    return card.total, card.grade
