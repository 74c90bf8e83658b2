"""Review a monitoring report: accept it or send it back, and say what to do with the project."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.monitoring.models import MonitoringReport, MonitoringReview
from kaoji.workflow.following import ADVICE_NAMES, VERDICT_NAMES
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_DEPARTMENT


def review_monitoring(
    report: MonitoringReport,
    *,
    verdict: str,
    advice: str,
    remark: str,
    acting_user: User,
    now: datetime,
) -> MonitoringReview:
    """Write the review; one for each report. Raises UnableToAct."""
    require(acting_user, MAY_REVIEW_FOR_DEPARTMENT, report.declaration.organisation)
    if verdict not in VERDICT_NAMES or advice not in ADVICE_NAMES:
        raise UnableToAct(say("请选择结论和建议"))
    if not remark.strip() and (verdict == "returned" or advice != "continue"):
        raise UnableToAct(say("退回、调整或暂停，请写明意见"))
    with transaction.atomic():
        held = Declaration.objects.select_for_update(of=("self",)).get(pk=report.declaration_id)
        if MonitoringReview.objects.filter(report=report).exists():
            raise UnableToAct(say("这份监控表已经审核过"))
        review = MonitoringReview.objects.create(
            report=report,
            verdict=verdict,
            advice=advice,
            remark=remark.strip(),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "monitoring.reviewed",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "report": report.pk,
                "title": report.period.title,
                "verdict": VERDICT_NAMES[verdict],
                "advice": ADVICE_NAMES[advice],
            },
            rows=[review],
        )
        sentence = say(
            "“{project}”的监控表：{verdict}，{advice}",
            project=held.project_name,
            verdict=say(VERDICT_NAMES[verdict]),
            advice=say(ADVICE_NAMES[advice]),
        )
        people = people_at(report.declaration.organisation, [MAY_FILE], now=now)
        tell(people, sentence, declaration=held, now=now)
    return review
