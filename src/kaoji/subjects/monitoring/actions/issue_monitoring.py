"""Issue a round of monitoring: who has promises in force is told until when to report."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.monitoring.models import MonitoringPeriod
from kaoji.workflow.roles import MAY_FILE, MAY_FOLLOW

_LONGEST = 60


def issue_monitoring(
    place: Organisation,
    *,
    year: int,
    title: str,
    until: date,
    due_on: date,
    acting_user: User,
    now: datetime,
) -> MonitoringPeriod:
    """Open the period for the place and all below. Raises UnableToAct."""
    require(acting_user, MAY_FOLLOW, place)
    if not title.strip() or len(title) > _LONGEST:
        raise UnableToAct(say("请写监控期的名称，不超过 {most} 字", most=_LONGEST))
    if until.year != year:
        raise UnableToAct(say("{day} 不在 {year} 年度之内", day=until, year=year))
    if due_on < max(until, localdate(now)):
        raise UnableToAct(say("报送截止 {day} 不能早于今天和监控到的日期", day=due_on))
    try:
        with transaction.atomic():
            period = MonitoringPeriod.objects.create(
                year=year,
                title=title.strip(),
                place=place,
                until=until,
                due_on=due_on,
                issued_at=now,
                issued_by=acting_user,
            )
            record_event(
                "monitoring.issued",
                at=now,
                actor=acting_user,
                payload={
                    "period": period.pk,
                    "title": period.title,
                    "until": until.isoformat(),
                    "due_on": due_on.isoformat(),
                    "organisation": place.pk,
                },
                rows=[period],
            )
            people = people_at(place, [MAY_FILE], now=now, below=True)
            sentence = say("“{title}”请于 {day} 前报送监控表", title=period.title, day=due_on)
            tell(people, sentence, declaration=None, now=now)
    except IntegrityError as clash:
        raise UnableToAct(
            say("{year} 年监控到 {day} 的已经下达过", year=year, day=until)
        ) from clash
    return period
