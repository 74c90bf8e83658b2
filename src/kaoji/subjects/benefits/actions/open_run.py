"""Open a run of a programme for a month: at most one is open at a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from kaoji.benefits.identity import veiled
from kaoji.benefits.law import Law
from kaoji.benefits.months import Month, month_of, quarter_of, written_month
from kaoji.benefits.pay_days import on_workdays, pay_day
from kaoji.benefits.run_states import OPEN
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.models import ReceivedList, Run
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS

# So long before the pay day the towns have to confirm.
_BEFORE_PAY_DAY = timedelta(days=4)
_LONGEST = 500


def open_run(
    place: Organisation,
    *,
    programme: str,
    month: Month,
    due_on: date | None = None,
    reason: str = "",
    declaration: Declaration | None = None,
    acting_user: User,
    now: datetime,
) -> Run:
    """Open it. The law's own pay day counts, moved off Saturdays and Sundays; another *due_on* needs a *reason*.

    *declaration* is the project whose money it is: its indicators may be measured by the run. Raises
    UnableToAct where another run is open, or nobody was received yet.
    """
    require(acting_user, MAY_PREPARE_BENEFITS, place)
    if programme not in flat_programmes():
        raise UnableToAct(say("请选择项目"))
    law = flat_programmes()[programme].law
    if not ReceivedList.objects.filter(
        place=place, programme=programme, kind="grants"
    ).exists():
        raise UnableToAct(
            say("还没有接收过{programme}的享受待遇名单，请先接收名单", programme=law.said)
        )
    if declaration is not None and declaration.approved_revision is None:
        raise UnableToAct(say("“{project}”还没有批复", project=declaration.project_name))
    _require_near(law, month, localdate(now))
    by_law = pay_day(law, month, known_at=localdate(now), workday=on_workdays)
    due = due_on or by_law
    _require_reason(by_law, due, reason)
    with transaction.atomic():
        _require_none_open(place, programme)
        earlier = Run.objects.filter(place=place, programme=programme, resends__isnull=True)
        later = earlier.exclude(state="cancelled").filter(month__gt=month).first()
        if later is not None:
            raise UnableToAct(
                say(
                    "{later} 的批次已经开过，不能再开更早的 {month}；补发由后面的批次自动算出",
                    later=later.written,
                    month=written_month(month),
                )
            )
        run = _made(
            Run(
                place=place,
                programme=programme,
                month=month,
                due_on=due,
                due_by_law=by_law if due != by_law else None,
                due_reason=veiled(reason.strip())[:_LONGEST] if due != by_law else "",
                confirm_by=due - _BEFORE_PAY_DAY,
                declaration=declaration,
                made_at=now,
                made_by=acting_user,
            )
        )
        told = {"run": run.pk, "programme": law.title, "month": run.written}
        if run.due_by_law is not None:
            told |= {"by_law": f"{by_law}", "due_on": f"{due}", "reason": run.due_reason}
        record_event(
            "benefits.run_opened_for_a_day" if run.due_by_law else "benefits.run_opened",
            at=now,
            actor=acting_user,
            payload=told,
            rows=[run],
        )
    return run


def _require_near(law: Law, month: Month, today: date) -> None:
    """Nobody is granted years ahead: a run pays this month, the next, or the next quarter where the law pays by it."""
    this = month_of(today)
    quarterly = law.at(month, known_at=today).word("pay_every") == "quarter"
    last = Month(quarter_of(this)[1] + 1) if quarterly else Month(this + 1)
    if month > last:
        raise UnableToAct(
            say(
                "{month} 还早，最多可以开到 {last}；请核对月份",
                month=written_month(month),
                last=written_month(last),
            )
        )


def _require_reason(by_law: date, due: date, reason: str) -> None:
    """Whoever could name the pay day freely could make every payment timely."""
    if due != by_law and not reason.strip():
        raise UnableToAct(
            say(
                "按规定 {by_law} 发放；改为 {due} 须写明理由，理由会与及时率一起显示",
                by_law=by_law,
                due=due,
            )
        )


def _made(run: Run) -> Run:
    run.is_invented = ReceivedList.objects.filter(
        place=run.place, programme=run.programme, is_invented=True
    ).exists()
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # two at the same moment: the constraint lets one through
        _require_none_open(run.place, run.programme)
        raise
    return run


def _require_none_open(place: Organisation, programme: str) -> None:
    known = Run.objects.filter(
        place=place, programme=programme, state__in=OPEN, resends__isnull=True
    ).first()
    if known is not None:
        raise UnableToAct(
            say(
                "{month} 的批次还没有审批，同时只能有一个；请先办完或撤销它",
                month=known.written,
            )
        )
