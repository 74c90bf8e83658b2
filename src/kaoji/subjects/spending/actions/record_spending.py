"""Enter what a month cost, and what an amount must agree with, however it comes in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.in_force import held_in_force, require_day
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.spending.queries import counted_amounts
from kaoji.workflow.following import SOURCE_NAMES
from kaoji.workflow.roles import MAY_FILE


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
    return spending


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
