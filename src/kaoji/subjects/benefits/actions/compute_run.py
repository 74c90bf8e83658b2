"""Compute a frozen run and look through it: what every month should be, minus what was granted; then the checks.

Who has no new fact since the last approved run is only asked about the new months, as long as the law is
the same: a run costs what has changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.changes import change_of, must_be_paid_by
from kaoji.benefits.checks.catalogue import hits
from kaoji.benefits.digests import digest_of
from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier
from kaoji.benefits.months import Month, months_between
from kaoji.benefits.reckoning import UnknownLateness
from kaoji.benefits.run import GrantedMonths, Question, differences, last_month
from kaoji.benefits.run import Item as Found
from kaoji.benefits.run import Run as KernelRun
from kaoji.core.speech import kept, say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import (
    held_run,
    move,
    require_for,
    require_reckoned,
    take_duty,
)
from kaoji.subjects.benefits.models import Doubt, Fact, Item, LeftOut, Run
from kaoji.subjects.benefits.queries.digests import rows_of_doubts, rows_of_run
from kaoji.subjects.benefits.queries.dossiers import (
    GRANTED,
    dossiers,
    facts_for,
    flat_programmes,
    granted_items,
    granted_months,
)
from kaoji.subjects.benefits.queries.stops import stopped_months
from kaoji.subjects.benefits.queries.under_check import under_check
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS

_BLOCK = 2_000
# What the kernel asks a person about is a doubt of this number; it holds nobody's money.
ASKED = "C00"


@dataclass
class _Sums:
    """What a computation comes to."""

    people: int = 0
    items: int = 0
    fen: int = 0
    reduced: int = 0


def compute_run(run: Run, *, acting_user: User, now: datetime) -> Run:
    """Compute and check; the run then waits for its towns. Raises UnableToAct."""
    require_for(acting_user, MAY_PREPARE_BENEFITS, run)
    with transaction.atomic():
        held = held_run(run)
        require_reckoned(held)
        move(held, "compute", "check")
        duty = take_duty(held, Duty.PREPARE, acting_user, now)
        programme = flat_programmes()[held.programme]
        try:
            found, questions = _computed(held, programme)
        except UnknownLateness as missing:
            raise UnableToAct(missing.sentence) from missing
        doubts = [*_asked(held, questions), *_checked(held, programme, found, now)]
        Doubt.objects.bulk_create(doubts, batch_size=_BLOCK)
        held.items_digest = digest_of(rows_of_run(held))
        held.doubts_digest = digest_of(rows_of_doubts(held))
        held.granted_digest = granted_digest(held)
        held.save()
        record_event(
            "benefits.run_computed",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "people": held.people,
                "items": held.items,
                "fen": held.fen,
                "reduced": held.reduced,
                "doubts": dict(sorted(Counter(doubt.check_id for doubt in doubts).items())),
                "digest": held.items_digest,
            },
            rows=[held, duty],
        )
    return held


def granted_digest(run: Run) -> str:
    """From what the run subtracted: when somebody else granted something since, it is another one."""
    names = ("person_id", "month", "fen", "run_id")
    return digest_of(granted_items(run).exclude(run=run).values_list(*names).iterator())


def _computed(run: Run, programme: Programme) -> tuple[tuple[Found, ...], list[Question]]:
    """Write the items down; give them to the checks, with what only a person settles."""
    made: list[Found] = []
    asked: list[Question] = []
    rows: list[Item] = []
    people: set[str] = set()
    sums = _Sums()
    for dossier, granted, items, questions in _differences(run, programme):
        asked += questions
        for item in items:
            made.append(item)
            people.add(item.beneficiary)
            sums.fen += max(item.fen, 0)
            sums.reduced -= min(item.fen, 0)
            rows.append(_row(run, programme, dossier, granted, item))
        if len(rows) >= _BLOCK:
            Item.objects.bulk_create(rows)
            rows = []
    Item.objects.bulk_create(rows)
    run.people, run.items = len(people), len(made)
    run.fen, run.reduced = sums.fen, sums.reduced
    return tuple(made), asked


def _differences(
    run: Run, programme: Programme
) -> Iterator[tuple[Dossier, GrantedMonths, tuple[Found, ...], tuple[Question, ...]]]:
    reckoned = KernelRun(run.period, localdate(run.as_known_at))
    last = _last_like(run)
    touched = _touched(run, last) if last else None
    # A month that no run was opened for has been asked about by nobody.
    first = Month(min(run.month, last.month + 1)) if last else run.period
    new = tuple(months_between(first, last_month(programme, reckoned)))
    stopped = stopped_months(run)
    granted = granted_months(granted_items(run))
    person, of_person = next(granted, (None, {}))
    for key, dossier in dossiers(facts_for(run)):
        while person is not None and person < key:
            person, of_person = next(granted, (None, {}))
        before: GrantedMonths = of_person if person == key else {}
        months = None if touched is None or key in touched else new
        result = differences(programme, dossier, before, reckoned, months=months)
        items = tuple(
            item
            for item in result.items
            if item.fen < 0 or item.month not in stopped.get(key, ())
        )
        if items or result.questions:
            yield dossier, before, items, result.questions


def _last_like(run: Run) -> Run | None:
    """The last approved run by whose law this one reckons; None: everybody is asked about everything.

    A value may stand in the data before it is issued: the same data are another law on a later day.
    """
    last = (
        Run.objects.filter(
            place=run.place_id, programme=run.programme, state__in=GRANTED, resends__isnull=True
        )
        .order_by("-month", "-pk")
        .first()
    )
    if last is None or last.law_digest != run.law_digest or last.month >= run.month:
        return None
    law = flat_programmes()[run.programme].law
    return None if law.changed(after=last.frozen_on, until=run.frozen_on) else last


def _touched(run: Run, last: Run) -> set[int]:
    """Of whom something new is known since the *last* run, or was left out of one."""
    facts = Fact.objects.filter(
        person__place=run.place_id, made_at__gt=last.as_known_at, made_at__lte=run.as_known_at
    )
    left = LeftOut.objects.filter(
        item__run__place=run.place_id, item__run__programme=run.programme
    )
    return {
        *facts.values_list("person_id", flat=True),
        *left.values_list("item__person_id", flat=True),
    }


def _row(
    run: Run, programme: Programme, dossier: Dossier, granted: GrantedMonths, item: Found
) -> Item:
    change = change_of(granted, item)
    reckoned = KernelRun(run.period, localdate(run.as_known_at))
    return Item(
        run=run,
        computation=run.computation,
        person_id=int(item.beneficiary),
        month=item.month,
        fen=item.fen,
        kind=item.kind.value,
        change=change.value,
        town_id=int(item.town) if item.town else run.place_id,
        due_on=must_be_paid_by(
            programme.law, dossier, item, change, reckoned, pays_on=run.due_on
        ),
    )


def _asked(run: Run, questions: list[Question]) -> Iterator[Doubt]:
    for question in questions:
        yield Doubt(
            run=run,
            computation=run.computation,
            check_id=ASKED,
            effect="warn",
            person_id=int(question.beneficiary),
            month=question.month,
            sentence=kept(question.sentence),
        )


def _checked(
    run: Run, programme: Programme, found: tuple[Found, ...], now: datetime
) -> Iterator[Doubt]:
    beside = under_check(run, programme, found, today=localdate(now))
    for check, hit in hits(beside):
        known = hit.beneficiary is not None and hit.beneficiary.isdigit()
        yield Doubt(
            run=run,
            computation=run.computation,
            check_id=check.id,
            effect=check.effect.value,
            person_id=int(hit.beneficiary) if known and hit.beneficiary else None,
            month=hit.month,
            sentence=kept(hit.sentence or say("—")),
        )
