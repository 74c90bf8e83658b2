"""Enter what became of a promise: an actual value with its evidence, or what a month cost."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.actions.permission import UnableToAct, require
from kaoji.core.declaration_json import digest
from kaoji.core.speech import say
from kaoji.documents.read.kinds import MEDIA_TYPES, kind_of
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.records.event_log import record_event
from kaoji.records.models import Actual, Declaration, Document, Spending
from kaoji.records.results import places_in, spent_by_month
from kaoji.scoring.admissible import takes_number, why_not_actual
from kaoji.workflow.roles import MAY_FILE

_BYTES = "application/octet-stream"


class UnableToRecordResult(UnableToAct):
    """The promise is not in force, or the value, the day or the amount cannot be right."""


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
    """Enter the value of one indicator (*place*, see `records.results.place_of`) as of a day.

    *evidence* is a file's name and bytes; *score* is what judgement gives to a result in words. An
    earlier entry stays on record. Raises UnableToRecordResult.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    with transaction.atomic():
        held = _in_force(declaration)
        form = held.revisions.get(number=held.approved_revision or 0).form
        known = dict(zip(places_in(form), form.indicators, strict=True))
        row = known.get(place)
        if row is None:
            raise UnableToRecordResult(say("批复的表里没有指标“{place}”", place=place))
        _require_day(as_of, held.year, now)
        against = why_not_actual(row.target, value)
        if against is not None:
            raise UnableToRecordResult(against)
        if score is not None and takes_number(row.target):
            raise UnableToRecordResult(say("定量指标由公式计分，不另评分"))
        if score is not None and not Decimal(0) <= score <= Decimal(100):
            raise UnableToRecordResult(say("评分 {score} 要在 0 到 100 之间", score=score))
        document = _kept(evidence, acting_user, now) if evidence else None
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
        )
    return actual


def record_spending(
    declaration: Declaration, *, month: date, amount: Decimal, acting_user: User, now: datetime
) -> Spending:
    """Enter what was spent in a month; a later entry for the month counts instead.

    Raises UnableToRecordResult for a month to come or of another year, a negative amount, or
    more than the year's budget in all.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    month = month.replace(day=1)
    with transaction.atomic():
        held = _in_force(declaration)
        _require_day(month, held.year, now)
        if amount < 0:
            raise UnableToRecordResult(
                say("执行数 {amount} 是负数；退回的钱请从当月执行数里减去", amount=amount)
            )
        form = held.revisions.get(number=held.approved_revision or 0).form
        budget = form.funds.annual_total.yuan if form.funds.annual_total else None
        others = [item.amount for item in spent_by_month(held, date.max) if item.month != month]
        spent = sum(others, amount)
        if budget is not None and spent > budget:
            raise UnableToRecordResult(
                say(
                    "累计执行 {spent} 元超过全年预算 {budget} 元；预算已追加的，请先办调整",
                    spent=f"{spent:,.2f}",
                    budget=f"{budget:,.2f}",
                )
            )
        spending = Spending.objects.create(
            declaration=held, month=month, amount=amount, made_at=now, made_by=acting_user
        )
        record_event(
            "spending.recorded",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "id": spending.pk,
                "month": f"{month:%Y-%m}",
                "amount": f"{amount:.2f}",
            },
        )
    return spending


def _in_force(declaration: Declaration) -> Declaration:
    held = (
        Declaration.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=declaration.pk)
    )
    if held.approved_revision is None:
        raise UnableToRecordResult(say("“{project}”还没有批复", project=held.project_name))
    return held


def _require_day(day: date, year: int | None, now: datetime) -> None:
    if day > localdate(now):
        raise UnableToRecordResult(say("{day} 还没有到", day=day))
    if day.year != year:
        raise UnableToRecordResult(say("{day} 不在 {year} 年度之内", day=day, year=year))


def _kept(evidence: tuple[str, bytes], acting_user: User, now: datetime) -> Document:
    name, content = evidence
    try:
        media_type = MEDIA_TYPES.get(kind_of(content), _BYTES)
    except UnreadableDocument:
        media_type = _BYTES  # what shows a value need not be a document that we read
    return Document.objects.create(
        name=name[:255],
        sha256=digest(content),
        media_type=media_type,
        content=content,
        received_at=now,
        received_from=acting_user,
    )
