"""Take the proof of closed runs home: a ZIP that `kaoji ledger verify` recounts where no database is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.audit.ledger.export import write_export
from kaoji.benefits.months import Month, written_month
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.files import read_yaml
from kaoji.subjects.benefits.actions.held import hold_place
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.subjects.benefits.queries.proof import Proof
from kaoji.workflow.roles import MAY_AUDIT, MAY_SEE_BENEFITS


def closed_between(place: Organisation, programme: str, first: Month, last: Month) -> list[Run]:
    """The closed runs of these months. Raises UnableToAct where one is not closed yet, or there is none."""
    runs = Run.objects.filter(
        place=place, programme=programme, month__range=(first, last), resends=None
    ).exclude(state=RunState.CANCELLED)
    found = list(runs.order_by("month", "pk"))
    if not found:
        raise UnableToAct(
            say(
                "{first} 至 {last} 没有批次，请另选月份",
                first=written_month(first),
                last=written_month(last),
            )
        )
    return found


def take_proof(
    runs: Sequence[Run], target: IO[bytes], *, acting_user: User | None, now: datetime
) -> None:
    """Write the proof of these runs of one programme. *acting_user* None: whoever has the machine.

    Nobody moves a run or receives a list meanwhile, so that it is of one moment. Raises UnableToAct where a run
    is not closed, NotPermitted for who is no auditor of the office.
    """
    [place] = {run.place for run in runs}
    [programme] = {run.programme for run in runs}
    if acting_user is not None:
        require(acting_user, MAY_AUDIT, place)
        require(acting_user, MAY_SEE_BENEFITS, place)
    with transaction.atomic():
        hold_place(place)
        proof = Proof(place, programme)
        keys = _keys(runs)
        title = flat_programmes()[programme].law.title
        months = "、".join(sorted({run.written for run in runs}))
        write_export(
            target,
            told={
                "made_at": now.isoformat(),
                "office": place.name,
                "programme": programme,
                "title": title,
                "runs": keys,
            },
            law=read_yaml(f"benefits/{programme}/law.yaml"),
            tables=proof.tables(),
            lines=proof.lines(),
        )
        record_event(
            "benefits.proof_taken",
            at=now,
            actor=acting_user,
            payload={"programme": title, "months": months, "proved": keys},
        )


def _keys(runs: Sequence[Run]) -> list[int]:
    """The runs by their keys, a resending by the run that it sends again."""
    keys = sorted({run.resends_id or run.pk for run in runs})
    for run in Run.objects.filter(pk__in=keys).exclude(state=RunState.CLOSED):
        raise UnableToAct(
            say("{month} 的批次还没有关闭；关闭以后才有可以带走的证明", month=run.written)
        )
    return keys
