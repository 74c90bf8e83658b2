"""What every step of a run needs: the run, held until the transaction ends; its next state; whose duty it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, Q, QuerySet

from kaoji.benefits.approvals import Duty, refusal
from kaoji.benefits.movements import (
    Book,
    Dimensions,
    Movement,
    MovementKind,
    Part,
    UnableToBook,
    grouped,
)
from kaoji.benefits.run_states import RUN_STATE_NAMES, RunState, UnableToMoveRun, moved
from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.models import (
    AccountConfirmation,
    BankFile,
    DutyDone,
    FileRefusal,
    Item,
    PayeeAccount,
    ReceivedList,
    Regained,
    ReturnFile,
    Run,
)
from kaoji.subjects.benefits.models import Movement as MovementRow

OVERPAY = MovementKind.OVERPAY
_EVER = datetime(1900, 1, 1, tzinfo=UTC)
OF_ALL = (ReceivedList.Kind.DEATHS, ReceivedList.Kind.LEFT, ReceivedList.Kind.BIRTHS)
"""What is said of a person in all programmes of an office, whichever it was received for."""


def held_run(run: Run) -> Run:
    """The run, locked with its office until the transaction ends.

    What a run grants, sends and hears is reckoned from the other runs of its programme: two steps of one office
    never read each other half done. Every step locks in this order, the office first.
    """
    hold_place(run.place)
    held: Run = (
        Run.objects.select_for_update(of=("self",)).select_related("place").get(pk=run.pk)
    )
    return held


def hold_place(place: Organisation) -> Organisation:
    """The office, locked until the transaction ends: a list comes before a freezing or after it, never during."""
    # The weaker of the two locks: whoever only refers to the office (an event, a person) does not wait.
    offices = Organisation.objects.select_for_update(no_key=True)
    held: Organisation = offices.get(pk=place.pk)
    return held


def moment_in(run: Run, now: datetime) -> datetime:
    """When the step counts: *now*, or just after the last that moved money of the programme in the office.

    A step may wait in line after its clock was read, and clocks are set back; money is replayed in the order
    of its moments, so a later step never has an earlier one. Ask when the office is held.
    """
    runs = Run.objects.filter(place=run.place_id, programme=run.programme)
    files = BankFile.objects.filter(run__in=runs.values("pk"))
    answers = ReturnFile.objects.filter(run__in=runs.values("pk"))
    refusals = FileRefusal.objects.filter(file__run__in=runs.values("pk"))
    regained = Regained.objects.filter(overpayment__run__in=runs.values("pk"))
    last = (
        runs.aggregate(at=Max("approved_at"))["at"],
        *(
            rows.aggregate(at=Max("made_at"))["at"]
            for rows in (files, refusals, answers, regained)
        ),
    )
    moments: list[datetime] = [at + timedelta(microseconds=1) for at in last if at is not None]
    return max(now, *moments) if moments else now


def require_for(acting_user: User, right: str, run: Run) -> None:
    """Raise NotPermitted unless the person holds the right where the run is paid."""
    require(acting_user, right, run.place)


def require_reckoned(run: Run) -> None:
    """Raise UnableToAct for a small run: what it sends was granted once, it reckons nothing anew."""
    if run.resends_id is not None:
        raise UnableToAct(
            say("重发批次只重发原批次已审批的款项，不能重算；有变动请撤销它，由下一批次算出")
        )


def state_of(run: Run) -> Sentence:
    """What the run's state is called."""
    name = RUN_STATE_NAMES[RunState(run.state)]
    return say(name)


def move(run: Run, *verbs: str) -> None:
    """Put the run into the state after these verbs; who calls it saves. Raises UnableToAct."""
    try:
        for verb in verbs:
            run.state = moved(RunState(run.state), verb)
    except UnableToMoveRun as refused:
        raise UnableToAct(refused.sentence) from refused


def doers(run: Run, *, duty: Duty | None = None) -> dict[Duty, set[str]]:
    """Who did what with the runs of the programme and month; approvals of *this* computation alone count again.

    Who opened a run, received a list that it newly reckons with or brought an account that it newly pays to has
    prepared it; who confirmed such an account has checked it. What is sent again was prepared with its original.
    """
    found: defaultdict[Duty, set[str]] = defaultdict(set)
    found[Duty.PREPARE] |= {str(run.made_by_id), *_receivers(run)}
    if run.resends is not None:
        found[Duty.PREPARE] |= {str(run.resends.made_by_id), *_receivers(run.resends)}
    accounts = _new_accounts(run)
    found[Duty.PREPARE] |= _who(accounts.values_list("list__made_by", flat=True))
    found[Duty.CHECK] |= _who(
        AccountConfirmation.objects.filter(
            made_at__gt=_known_before(run.resends or run),
            account__person__in=_paid_people(run),
        ).values_list("made_by", flat=True)
    )
    rows = DutyDone.objects.filter(
        run__place=run.place_id, run__programme=run.programme, run__month=run.month
    )
    for row in rows:
        mine = row.run_id == run.pk and row.computation == run.computation
        if row.duty != Duty.APPROVE or mine or duty is not Duty.APPROVE:
            found[Duty(row.duty)].add(str(row.made_by_id))
    return found


def _receivers(run: Run) -> set[str]:
    """Who received what the run knows and the one before it did not."""
    lists = ReceivedList.objects.filter(place=run.place_id)
    lists = lists.filter(Q(programme=run.programme) | Q(kind__in=OF_ALL))
    if run.as_known_at is not None:
        lists = lists.filter(made_at__lte=run.as_known_at)
    return _who(lists.filter(made_at__gt=_known_before(run)).values_list("made_by", flat=True))


def _known_before(run: Run) -> datetime:
    """Until when everything is known that an approved run reckoned with before this one."""
    earlier = Run.objects.filter(
        place=run.place_id, programme=run.programme, approved_at__isnull=False
    ).exclude(pk=run.pk)
    if run.as_known_at is not None:
        earlier = earlier.filter(as_known_at__lt=run.as_known_at)
    known: datetime | None = earlier.aggregate(at=Max("as_known_at"))["at"]
    return known or _EVER


def _new_accounts(run: Run) -> QuerySet[PayeeAccount]:
    """The accounts of whom a run pays that no run before it knew, whichever programme's list brought them."""
    return PayeeAccount.objects.filter(
        made_at__gt=_known_before(run.resends or run), person__in=_paid_people(run)
    )


def _paid_people(run: Run) -> QuerySet[Any, Any]:
    """Whom a run pays: those of its items, or whom a small run asks for."""
    if run.resends_id is not None:
        return run.requests.filter(computation=run.computation).values("person")
    return Item.objects.filter(run=run, computation=run.computation, fen__gt=0).values("person")


def _who(people: Iterable[int]) -> set[str]:
    return {str(person) for person in people}


def require_free(
    place: Organisation, duty: Duty, acting_user: User, *, programme: str | None = None
) -> None:
    """Raise UnableToAct where the person has another duty in a run of the office that is not done yet."""
    runs = Run.objects.filter(place=place).exclude(
        state__in=(RunState.CLOSED, RunState.CANCELLED)
    )
    for run in runs if programme is None else runs.filter(programme=programme):
        sentence = refusal(str(acting_user.pk), duty, doers(run, duty=duty))
        if sentence is not None:
            raise UnableToAct(sentence)


def take_duty(run: Run, duty: Duty, acting_user: User, now: datetime) -> DutyDone:
    """Note who did it. Raises UnableToAct where somebody else's duty was theirs before."""
    sentence = refusal(str(acting_user.pk), duty, doers(run, duty=duty))
    if sentence is not None:
        raise UnableToAct(sentence)
    key = {
        "run": run, "computation": run.computation, "duty": duty.value, "made_by": acting_user,
    }  # fmt: skip
    known = DutyDone.objects.filter(**key).first()
    return known or DutyDone.objects.create(**key, made_at=now)


def book(
    run: Run, parts: Iterable[Part], *, on: date, cause: str, now: datetime
) -> list[MovementRow]:
    """Book what a step moved, once; nothing of it may make a balance of the programme fall short.

    What is booked already is taken as it stands. Raises UnableToAct.
    """
    kept = Book()
    earlier = MovementRow.objects.filter(
        run__place=run.place_id, run__programme=run.programme
    ).order_by("pk")
    # One cause is booked as one: what comes in stands before what goes out of it.
    made = sorted(
        grouped(parts, on=on, cause=cause),
        key=lambda each: (_TURN.get(each.kind, 0), each.kind is OVERPAY and each.counter),
    )
    for row in earlier:
        kept.carry(_movement(row, run.programme))
    try:
        for movement in made:
            kept.book(movement)
    except UnableToBook as refused:
        raise UnableToAct(refused.sentence) from refused
    return MovementRow.objects.bulk_create(
        MovementRow(
            run=run,
            cause=cause,
            kind=each.kind.value,
            counter=each.counter,
            budget_year=each.dimensions.budget_year,
            town_id=int(each.dimensions.town),
            fen=each.fen,
            count=each.count,
            on=on,
            made_at=now,
        )
        for each in made
    )


_TURN = {
    kind: turn
    for turn, kind in enumerate(
        (
            MovementKind.ACCRUE, MovementKind.FAIL, MovementKind.RETURN, MovementKind.SEND,
            MovementKind.CREDIT, MovementKind.OVERPAY, MovementKind.CLAIM, MovementKind.WRITE_OFF,
            MovementKind.OFFSET, MovementKind.CANCEL,
        )
    )
}  # fmt: skip


def _movement(row: MovementRow, programme: str) -> Movement:
    where = Dimensions(programme, row.budget_year, town=str(row.town_id))
    return Movement(
        MovementKind(row.kind), row.fen, where, row.on, row.cause, row.count, row.counter
    )
