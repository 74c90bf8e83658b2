"""Let a finding stand: a reviewer says why and until when, and is named for it."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration, FindingRow, Waiver
from kaoji.subjects.declarations.queries.waivers import subject_of
from kaoji.workflow.roles import MAY_WAIVE


class UnableToWaive(UnableToAct):
    """There is no such finding, it is waived already, or the waiver says too little."""


def waive_finding(
    declaration: Declaration,
    *,
    finding: FindingRow,
    reason: str,
    until: date,
    acting_user: User,
    now: datetime,
) -> Waiver:
    """Waive one finding of the declaration's latest revision until a day (included).

    Raises UnableToWaive.
    """
    require(acting_user, MAY_WAIVE, declaration.organisation)
    with transaction.atomic():
        held = Declaration.objects.select_for_update().get(pk=declaration.pk)
        require_not_author(held, acting_user)
        _require_latest(held, finding)
        if not reason.strip():
            raise UnableToWaive(say("请写明豁免的理由"))
        if until < localdate(now):
            raise UnableToWaive(say("有效期 {until} 已经过去", until=until))
        rule, place, said = subject_of(finding)
        open_ones = held.waivers.filter(
            rule=rule, place=place, said=said, ended_at__isnull=True
        )
        if open_ones.filter(until__gte=localdate(now)).exists():
            raise UnableToWaive(say("“{place}”的 {rule} 已经豁免", place=place, rule=rule))
        # What ended by its day is closed, so that it can be given anew.
        ended = list(open_ones)
        for item in ended:
            item.ended_at, item.ended_by = now, acting_user
            item.save(update_fields=["ended_at", "ended_by"])
        waiver = Waiver.objects.create(
            declaration=held,
            rule=rule,
            place=place,
            said=said,
            reason=reason.strip(),
            until=until,
            given_at=now,
            given_by=acting_user,
        )
        record_event(
            "finding.waived",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "rule": waiver.rule,
                "place": place,
                "reason": waiver.reason,
                "until": until.isoformat(),
            },
            rows=[*ended, waiver],
        )
    return waiver


def require_not_author(declaration: Declaration, person: User) -> None:
    """Who wrote a form does not let its faults stand."""
    if declaration.revisions.filter(made_by=person).exists():
        raise NotPermitted(say("填写过这份表的人不能豁免它的检查结果"))


def _require_latest(declaration: Declaration, finding: FindingRow) -> None:
    revision = finding.revision
    latest = revision.number == declaration.revision_count
    if revision.declaration_id != declaration.pk or not latest or finding.outcome != "found":
        raise UnableToWaive(say("当前版没有这项检查结果"))
