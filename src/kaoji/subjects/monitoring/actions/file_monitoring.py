"""File a monitoring report: what is known of the day, the forecast, why it deviates, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.canonical import digest
from kaoji.core.outcome import Outcome
from kaoji.core.outcome_notation import filed_with_outcome, parse_with_outcome
from kaoji.core.speech import Sentence, say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.scoring.admissible import why_not_actual
from kaoji.subjects.declarations.actions.in_force import held_in_force
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.monitoring.queries import Watched, WatchedRow, money_of, watched_on
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_DEPARTMENT


@dataclass(frozen=True)
class Said:
    """What the unit says of one indicator: causes, the reason, how likely, its own forecast, what will be done."""

    causes: tuple[str, ...] = ()
    reason: str = ""
    likelihood: str = ""
    forecast: str = ""
    remedy: str = ""


def file_monitoring(
    period: MonitoringPeriod,
    declaration: Declaration,
    *,
    said: Mapping[str, Said],
    acting_user: User,
    now: datetime,
) -> MonitoringReport:
    """Freeze the report as the next one of the period. *said* goes by place of the indicator.

    A red or yellow light asks for a cause and a reason, every indicator for a likelihood, and the
    likelihood “impossible” for a cause, a reason and what will be done.
    Raises UnableToAct.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    with transaction.atomic():
        held = held_in_force(declaration)
        _require_period(period, held, now)
        watched = watched_on(held, as_of=period.until)
        _require_said(watched, said)
        outcome = _outcome(watched, said, period)
        content = filed_with_outcome(watched.form, outcome)
        if parse_with_outcome(content) != (watched.form, outcome):
            raise UnableToAct(say("表里有写进记法读不回来的文字；请联系管理员"))
        report = MonitoringReport.objects.create(
            period=period,
            declaration=held,
            number=period.reports.filter(declaration=held).count() + 1,
            revision_number=held.approved_revision or 0,
            content=content,
            sha256=digest(content.encode()),
            light=watched.results.light or "",
            filed_at=now,
            filed_by=acting_user,
        )
        record_event(
            "monitoring.filed",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "report": report.pk,
                "title": period.title,
                "light": report.light,
                "sha256": report.sha256,
            },
            rows=[report],
        )
        sentence = say(
            "“{project}”报送了“{title}”监控表，请审核",
            project=held.project_name,
            title=period.title,
        )
        people = people_at(held.organisation, [MAY_REVIEW_FOR_DEPARTMENT], now=now)
        tell(people, sentence, declaration=held, now=now)
    return report


def _require_period(period: MonitoringPeriod, held: Declaration, now: datetime) -> None:
    if held.year != period.year or not held.organisation.is_within(str(period.place.path)):
        raise UnableToAct(
            say("“{title}”不包括“{project}”", title=period.title, project=held.project_name)
        )
    if localdate(now) < period.until:
        raise UnableToAct(say("监控到 {day}，那一天还没有到", day=period.until))
    last = period.reports.filter(declaration=held).order_by("-number").first()
    review = getattr(last, "review", None) if last else None
    if last is not None and (review is None or review.verdict == "accepted"):
        raise UnableToAct(say("“{title}”的监控表已经报送", title=period.title))


def _require_said(watched: Watched, said: Mapping[str, Said]) -> None:
    for row in watched.rows:
        refusal = _why_not(row, said.get(row.place, Said()), watched)
        if refusal is not None:
            raise UnableToAct(refusal)


def _why_not(row: WatchedRow, told: Said, watched: Watched) -> Sentence | None:
    """What is missing or wrong in what the unit says of an indicator; None where nothing is."""
    words, name = watched.words, row.result.indicator.name
    impossible = words.impossible
    explained = bool(told.causes and told.reason.strip())
    against = why_not_actual(row.result.indicator.target, told.forecast.strip())
    unknown = [item for item in told.causes if item not in words.causes]
    if unknown:
        known = "、".join(words.causes)
        return say("没有“{name}”这类原因，请在{known}中选", name=unknown[0], known=known)
    if row.asks_why and not explained:
        return say("“{name}”亮了灯，请选偏差原因的类别并写明原因", name=name)
    if told.forecast.strip() and against is not None:
        return say("“{name}”的全年预计：{why}", name=name, why=against)
    if told.likelihood not in words.likelihoods:
        return say("“{name}”请选完成目标的可能性", name=name)
    if told.likelihood != impossible:
        return None
    if not explained:
        return say(
            "“{name}”选了“{likelihood}”，请选偏差原因的类别并写明原因",
            name=name,
            likelihood=say(impossible),
        )
    if not told.remedy.strip():
        return say(
            "“{name}”选了“{likelihood}”，请在备注里写整改措施，或提出调整目标、预算",
            name=name,
            likelihood=say(impossible),
        )
    return None


def _outcome(watched: Watched, said: Mapping[str, Said], period: MonitoringPeriod) -> Outcome:
    rows = []
    for row, item in zip(watched.rows, watched.results.outcome.indicators, strict=True):
        told = said.get(row.place, Said())
        rows.append(
            replace(
                item,
                points=row.result.indicator.weight,
                score=None,
                forecast_raw=told.forecast.strip() or row.forecast or None,
                reason=told.reason.strip() or None,
                likelihood=told.likelihood or None,
                causes=tuple(name for name in watched.words.causes if name in told.causes),
                remedy=told.remedy.strip() or None,
            )
        )
    return Outcome(
        "monitoring",
        money_of(watched),
        indicators=tuple(rows),
        as_of=period.until.isoformat(),
    )
