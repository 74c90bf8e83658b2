"""Enter what became of a promise: an actual value with its evidence, or what a month cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import UnableToAct, require
from kaoji.scoring.admissible import takes_number, why_not_actual
from kaoji.scoring.score import Measure
from kaoji.scoring.scorecard import FORMULAS
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.actions.in_force import (
    held_in_force,
    indicator_at,
    kept_file,
    require_day,
)
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.models import Actual
from kaoji.subjects.results.queries.evidence import places_in
from kaoji.subjects.results.queries.results import counted_spendings, known_of
from kaoji.subjects.self_evaluation.queries import refresh_standing
from kaoji.subjects.spending.models import Spending
from kaoji.workflow.following import SOURCE_NAMES
from kaoji.workflow.roles import MAY_FILE

_MOST = Decimal(100)


def record_actual(
    declaration: Declaration,
    *,
    place: str,
    as_of: date,
    value: str,
    reason: str = "",
    score: Decimal | None = None,
    evidence: tuple[str, bytes] | None = None,
    acting_user: User,
    now: datetime,
) -> Actual:
    """Enter the value of one indicator (*place*, see `records.evidence.places_in`) as of a day.

    *evidence* is a file's name and bytes; *score* is what judgement gives to a result in words. An
    earlier entry stays on record. Raises UnableToAct.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    with transaction.atomic():
        held = held_in_force(declaration)
        row = indicator_at(held, place)
        require_day(as_of, held.year, now)
        against = why_not_actual(row.target, value)
        if against is not None:
            raise UnableToAct(against)
        if score is not None and takes_number(row.target):
            raise UnableToAct(say("定量指标由公式计分，不另评分"))
        if score is not None:
            _require_score(held, place, value, score)
        document = kept_file(evidence, acting_user, now)
        actual = Actual.objects.create(
            declaration=held,
            place=place,
            as_of=as_of,
            value=value.strip(),
            score=score,
            reason=reason.strip(),
            document=document,
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "actual.recorded",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "id": actual.pk,
                "place": place,
                "as_of": as_of.isoformat(),
                "value": actual.value,
                "score": f"{score:.2f}" if score is not None else "",
                "reason": actual.reason,
                "evidence": document.sha256 if document else "",
            },
            rows=[actual],
        )
        refresh_standing(held)
    return actual


def _require_score(held: Declaration, place: str, value: str, score: Decimal) -> None:
    """Raise UnableToAct for a score outside the bounds that the tier leaves to judgement."""
    if not Decimal(0) <= score <= _MOST:
        raise UnableToAct(say("评分 {score} 要在 0 到 100 之间", score=score))
    try:
        known = known_of(held)
    except NoScoringPolicy:
        return
    points = dict(zip(places_in(known.form), known.points, strict=True))[place]
    if points is None:
        return
    judged = FORMULAS["qualitative"].compute(Measure(points, tier=value.strip(), stated=score))
    if judged.earned is None:
        raise UnableToAct(
            say(
                "“{tier}”的评分 {score} 要在 {low} 到 {high} 之间",
                tier=value,
                score=score,
                low=f"{judged.low:.2f}",
                high=f"{judged.high:.2f}",
            )
        )


def record_spending(
    declaration: Declaration,
    *,
    month: date,
    amount: Decimal,
    source: str = "",
    acting_user: User,
    now: datetime,
) -> Spending:
    """Enter what was spent in a month from a source; a later entry for both counts instead.

    Raises UnableToAct for a month to come or of another year, a negative amount, or more than
    the year's budget in all.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    month = month.replace(day=1)
    with transaction.atomic():
        held = held_in_force(declaration)
        counted = counted_amounts(held)
        require_entry(held, counted, (month, source), amount, now)
        require_within_budget(held, {**counted, (month, source): amount})
        spending = Spending.objects.create(
            declaration=held,
            month=month,
            source=source,
            amount=amount,
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "spending.recorded",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={"id": spending.pk, "month": f"{month:%Y-%m}", "amount": f"{amount:.2f}"},
            rows=[spending],
        )
        refresh_standing(held)
    return spending


def counted_amounts(held: Declaration) -> dict[tuple[date, str], Decimal]:
    """What counts by month and source."""
    known = counted_spendings(tuple(held.spendings.order_by("month", "id")), date.max)
    return {(item.month, item.source): item.amount for item in known}


def require_entry(
    held: Declaration,
    counted: Mapping[tuple[date, str], Decimal],
    key: tuple[date, str],
    amount: Decimal,
    now: datetime,
) -> None:
    """Raise UnableToAct unless an amount of a month and source can stand beside what is *counted*."""
    month, source = key
    require_day(month, held.year, now)
    if amount < 0:
        raise UnableToAct(
            say("执行数 {amount} 是负数；退回的钱请从当月执行数里减去", amount=amount)
        )
    if source not in {"", *SOURCE_NAMES}:
        raise UnableToAct(say("没有“{source}”这种资金来源", source=source))
    others = {other for (at, other), spent in counted.items() if at == month and spent}
    if others and ("" in others) != (source == ""):
        raise UnableToAct(
            say(
                "{month} 的执行数有的分了资金来源、有的没有，会重复计算；请一律分来源或一律不分",
                month=f"{month:%Y-%m}",
            )
        )


def require_within_budget(
    held: Declaration, counted: Mapping[tuple[date, str], Decimal]
) -> None:
    """Raise UnableToAct where all that is counted exceeds the year's budget in force."""
    spent = sum(counted.values(), Decimal(0))
    form = held.revisions.get(number=held.approved_revision or 0).form
    budget = form.funds.annual_total.yuan if form.funds.annual_total else None
    if budget is not None and spent > budget:
        raise UnableToAct(
            say(
                "累计执行 {spent} 元超过全年预算 {budget} 元；预算已追加的，请先办调整",
                spent=f"{spent:,.2f}",
                budget=f"{budget:,.2f}",
            )
        )
