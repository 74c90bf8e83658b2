"""A town confirms its roster: it stands for whoever is new, changed, paid in arrears or stopped there."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Sum

from kaoji.benefits.approvals import Duty
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import held_run, state_of, take_duty
from kaoji.subjects.benefits.models import Confirmation, Run
from kaoji.subjects.benefits.queries.rosters import to_confirm
from kaoji.workflow.roles import MAY_CONFIRM_BENEFITS


def confirm_roster(
    run: Run, town: Organisation, *, acting_user: User, now: datetime
) -> Confirmation:
    """Confirm it once for each computation. Raises UnableToAct where nothing waits for the town."""
    require(acting_user, MAY_CONFIRM_BENEFITS, town)
    with transaction.atomic():
        held = held_run(run)
        if held.state != RunState.CHECKED:
            raise UnableToAct(
                say(
                    "批次现在是“{state}”，不在街镇确认的时候",
                    state=state_of(held),
                )
            )
        if held.confirmations.filter(computation=held.computation, town=town).exists():
            raise UnableToAct(say("“{town}”已经确认过", town=town.name))
        sums = to_confirm(held, town).aggregate(count=Count("id"), fen=Sum("fen"))
        if not sums["count"]:
            raise UnableToAct(say("“{town}”没有新增和变动，不用确认", town=town.name))
        duty = take_duty(held, Duty.CONFIRM, acting_user, now)
        confirmation = Confirmation.objects.create(
            run=held,
            computation=held.computation,
            town=town,
            count=sums["count"],
            fen=int(sums["fen"]),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "benefits.roster_confirmed",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "town": town.name,
                "count": confirmation.count,
                "fen": confirmation.fen,
            },
            rows=[confirmation, duty],
        )
    return confirmation
