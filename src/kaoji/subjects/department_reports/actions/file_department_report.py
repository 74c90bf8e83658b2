"""File a department's report on its projects: what units filed until now, and the department's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.canonical import digest
from kaoji.core.department_report import (
    MONITORING,
    REPORT_NAMES,
    REPORT_PARTS,
    SELF_EVALUATION,
    DepartmentReport,
    report_as_data,
)
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.department_reports.models import FiledReport
from kaoji.subjects.department_reports.queries import monitored, self_evaluated
from kaoji.subjects.monitoring.models import MonitoringPeriod
from kaoji.workflow.roles import MAY_REVIEW_FOR_DEPARTMENT, MAY_REVIEW_FOR_FINANCE


def report_monitoring(
    place: Organisation,
    period: MonitoringPeriod,
    *,
    words: Mapping[str, str],
    acting_user: User,
    now: datetime,
) -> FiledReport:
    """File the 绩效运行监控报告 of a period. Raises UnableToAct."""
    require(acting_user, MAY_REVIEW_FOR_DEPARTMENT, place)
    if localdate(now) < period.until:
        raise UnableToAct(say("监控到 {day}，那一天还没有到", day=period.until))
    said = _own_words(MONITORING, words)
    with transaction.atomic():
        held = Organisation.objects.select_for_update().get(pk=place.pk)
        return _filed(held, monitored(held, period, said), acting_user, now)


def report_self_evaluations(
    place: Organisation,
    year: int,
    *,
    words: Mapping[str, str],
    acting_user: User,
    now: datetime,
) -> FiledReport:
    """File the 绩效自评汇总报告 of a year that has ended. Raises UnableToAct."""
    require(acting_user, MAY_REVIEW_FOR_DEPARTMENT, place)
    if localdate(now) <= date(year, 12, 31):
        raise UnableToAct(say("{year} 年还没有结束，年后再报送自评", year=year))
    said = _own_words(SELF_EVALUATION, words)
    with transaction.atomic():
        held = Organisation.objects.select_for_update().get(pk=place.pk)
        return _filed(held, self_evaluated(held, year, said), acting_user, now)


def _own_words(kind: str, words: Mapping[str, str]) -> dict[str, str]:
    said = {name: words.get(name, "").strip() for name in REPORT_PARTS[kind]}
    for name, title in REPORT_PARTS[kind].items():
        if not said[name]:
            raise UnableToAct(say("请写“{part}”", part=say(title)))
    return said


def _filed(
    place: Organisation, report: DepartmentReport, acting_user: User, now: datetime
) -> FiledReport:
    if not report.filed:
        raise UnableToAct(say("“{place}”还没有项目报送，没有可以汇总的", place=place.name))
    content = json.dumps(report_as_data(report), ensure_ascii=False, sort_keys=True)
    earlier = FiledReport.objects.filter(place=place, kind=report.kind, until=report.until)
    last = earlier.order_by("-number").first()
    if last is not None and last.content == content:
        raise UnableToAct(say("与第 {number} 次报送的报告一样，没有再报", number=last.number))
    made = FiledReport.objects.create(
        place=place,
        kind=report.kind,
        year=report.year,
        until=report.until,
        number=(last.number if last else 0) + 1,
        content=content,
        sha256=digest(content.encode()),
        filed_at=now,
        filed_by=acting_user,
    )
    record_event(
        "department.reported",
        at=now,
        actor=acting_user,
        payload={
            "report": made.pk,
            "organisation": place.pk,
            "place": place.name,
            "year": report.year,
            "name": REPORT_NAMES[report.kind],
            "number": made.number,
            "count": len(report.projects),
            "sha256": made.sha256,
        },
        rows=[made],
    )
    sentence = say(
        "“{place}”报送了{year} 年{name}",
        place=place.name,
        year=report.year,
        name=say(REPORT_NAMES[report.kind]),
    )
    people = people_at(place, [MAY_REVIEW_FOR_FINANCE], now=now)
    tell(people, sentence, declaration=None, now=now)
    return made
