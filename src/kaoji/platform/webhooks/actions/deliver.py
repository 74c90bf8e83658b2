"""Empty the outbox: send what is due, try again later what did not arrive, give up after three days.

    waiting ──sent, 2xx──▶ delivered
       │ └──no answer, or another one──▶ waiting, after a longer pause
       └──no more pauses──▶ given up, told on the page and once to who manages the place

One job does it for all, for a minute at most, and asks for the next; a receiver gets half of it, the one that waited
longest first. One process at a time sends to a receiver, in order. Who does not answer costs one wait each time and
not one for each message: what else waits for it waits along, is given up with it, and after a week so does it. A
message may arrive twice, if the process dies between sending and noting; its number says so. Nothing is sent inside a
transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from kaoji import __version__
from kaoji.core.speech import Sentence, kept, say
from kaoji.platform.guarded_post import Answer, UnableToPost, post, target_of
from kaoji.platform.jobs.queue import ask_once
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.sealing import BrokenSeal
from kaoji.platform.signed_message import headers_of
from kaoji.platform.webhooks.actions.end_receiver import end_as_silent, end_by_itself
from kaoji.platform.webhooks.models import Delivery, Receiver
from kaoji.platform.webhooks.sealed_secret import opened_secret
from kaoji.workflow.roles import MAY_MANAGE

# As Standard Webhooks proposes: 5 s, 5 and 30 min, 2, 5, 10, 14, 20, 24 h; ten tries in a little more than three days.
PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
# What waited behind others is not kept longer than what was tried.
LONGEST = sum(PAUSES, timedelta(0))
SECONDS = 15.0
# While one process sends to a receiver no other does; one that died in between is waited for so long.
_LEASE = timedelta(minutes=5)
# Other jobs wait for the same worker, and other receivers for this one. The last message may begin just before the end.
_OF_A_JOB, _OF_A_RECEIVER = timedelta(seconds=60), timedelta(seconds=30)
_SILENT_FOR = timedelta(days=7)
_LONGEST_WISH = timedelta(days=1)
_KEPT_FOR = timedelta(days=90)
_FINE = range(200, 300)
_ELSEWHERE = range(300, 400)
_GONE = 410
# Who answers so has too much to do.
_BUSY = {429, 502, 503, 504}
_WAITING = Delivery.State.WAITING
# The last try met nobody, or somebody who has too much to do; what was never tried waits with it.
_SILENT = Q(status__isnull=True) | Q(status__in=_BUSY)
_log = logging.getLogger(__name__)


def ask_to_deliver() -> None:
    """Let the outbox be emptied, when the transaction is there that fills it."""
    if deliver_due.get_backend().supports_defer:
        ask_once(deliver_due, within=timedelta(0))
    else:
        # Done where it is asked for: not before what is sent is there, and without tries that come later.
        transaction.on_commit(_at_once)


def _at_once() -> None:
    deliver_due.enqueue()


@task
def deliver_due() -> None:
    """Send what is due, forget what is old, and ask for the next round."""
    deliver(clock=timezone.now)
    forget(now=timezone.now())
    soonest = next_round(now=timezone.now())
    if soonest is not None and deliver_due.get_backend().supports_defer:
        with transaction.atomic():
            later = max(soonest - timezone.now(), timedelta(seconds=1))
            ask_once(deliver_due, within=later)


def deliver(*, clock: Callable[[], datetime]) -> None:
    """One round for every receiver for which something is due, as far as the time of one job goes."""
    began = clock()
    due = _waiting().filter(due_at__lte=began).values("receiver")
    longest_first = F("tended_at").asc(nulls_first=True)
    found = Receiver.objects.filter(pk__in=due).select_related("place")
    for receiver in list(found.order_by(longest_first, "pk")):
        if clock() - began >= _OF_A_JOB:
            return
        busy_until = _taken(receiver, clock())
        if busy_until is None:
            continue
        try:
            _round(receiver, clock)
        finally:
            # Unless somebody else, who thought that this process had died, sends to it meanwhile.
            mine = Receiver.objects.filter(pk=receiver.pk, busy_until=busy_until)
            mine.update(busy_until=None, tended_at=clock())


def forget(*, now: datetime) -> None:
    """Leave nothing waiting for a receiver that was ended while it was put aside, and nothing that is old."""
    Delivery.objects.filter(state=_WAITING, receiver__ended_at__isnull=False).update(
        state=Delivery.State.GIVEN_UP, ended_at=now, fault=kept(say("推送已停用"))
    )
    Delivery.objects.filter(ended_at__lt=now - _KEPT_FOR).delete()


def next_round(*, now: datetime) -> datetime | None:
    """When there is something to do next: to send, to take over, to forget. None where nothing ever was sent."""
    taken = _waiting().filter(receiver__busy_until__gt=now)
    free = _waiting().exclude(pk__in=taken.values("pk"))
    oldest = Delivery.objects.aggregate(at=Min("ended_at"))["at"]
    moments = (
        free.aggregate(at=Min("due_at"))["at"],
        taken.aggregate(at=Min("receiver__busy_until"))["at"],
        None if oldest is None else oldest + _KEPT_FOR,
    )
    return min((moment for moment in moments if moment is not None), default=None)


def _waiting() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=_WAITING, receiver__ended_at__isnull=True)


def wake(receiver: Receiver, *, now: datetime) -> None:
    """What waits because the other side was silent need not wait longer: it is awake, or somebody wants to see."""
    _waiting().filter(_SILENT, receiver=receiver, due_at__gt=now).update(due_at=now)


def _taken(receiver: Receiver, now: datetime) -> datetime | None:
    """Take the receiver for this process alone, and say until when; None where another one sends to it."""
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=now)
    until = now + _LEASE
    taken = Receiver.objects.filter(free, pk=receiver.pk, ended_at__isnull=True)
    return until if taken.update(busy_until=until) else None


def _round(receiver: Receiver, clock: Callable[[], datetime]) -> None:
    """Send what is due to one receiver, in order, until its time is up, it does not answer, or has too much to do."""
    began = clock()
    of_it = _waiting().filter(receiver=receiver)
    silent = of_it.filter(_SILENT, tries__gt=0, due_at__gt=began)
    until = silent.aggregate(until=Min("due_at"))["until"]
    if until is not None:
        of_it.filter(due_at__lt=until).update(due_at=until)
        return
    while clock() - began < _OF_A_RECEIVER:
        delivery = of_it.filter(due_at__lte=clock()).order_by("pk").first()
        if delivery is None or not _sent_on(receiver, delivery, clock):
            return


def _sent_on(receiver: Receiver, delivery: Delivery, clock: Callable[[], datetime]) -> bool:
    """Send one message and note what became of it; gives whether the next one may follow at once."""
    _count(delivery)
    outcome = _sent(receiver, delivery, clock())
    if outcome.status == _GONE:
        _note(delivery, outcome, state=Delivery.State.GIVEN_UP, ended_at=clock())
        _told_gone(receiver, clock())
        return False
    if outcome.arrived:
        _note(delivery, outcome, state=Delivery.State.DELIVERED, ended_at=clock())
    else:
        later = _later(receiver, delivery, outcome, clock())
        if outcome.wait_for_all:
            _all_wait(receiver, outcome, later, clock())
            return False
    if receiver.failing_since is not None:
        receiver.failing_since = None
        receiver.save(update_fields=["failing_since"])
    wake(receiver, now=clock())
    return True


def _all_wait(receiver: Receiver, outcome: _Outcome, later: datetime, now: datetime) -> None:
    """The others would meet the same: what is too old is given up with it, and after a week the receiver ends."""
    if receiver.failing_since is None:
        receiver.failing_since = now
        receiver.save(update_fields=["failing_since"])
    elif now - receiver.failing_since >= _SILENT_FOR:
        end_as_silent(receiver, days=_SILENT_FOR.days, now=now)
        told = say("推送“{name}”连续 {days} 天送不到，已自动停用；对方好了请另开一个",
                   name=receiver.name, days=_SILENT_FOR.days)  # fmt: skip
        _tell(receiver, told, now)
        return
    of_it = _waiting().filter(receiver=receiver)
    too_old = of_it.filter(since__lte=now - LONGEST)
    first = too_old.order_by("pk").first()
    if first is not None:
        _told_given_up(receiver, first, now)
        too_old.update(
            state=Delivery.State.GIVEN_UP,
            ended_at=now,
            status=outcome.status,
            fault=kept(outcome.fault) if outcome.fault else None,
        )
    of_it.filter(due_at__lt=later).update(due_at=later)


def _count(delivery: Delivery) -> None:
    """One try more; what is noted of it is noted only while no other was begun or asked for."""
    Delivery.objects.filter(pk=delivery.pk).update(tries=F("tries") + 1)
    delivery.tries += 1


@dataclass(frozen=True)
class _Outcome:
    """What became of one try: an answer, or the sentence that says why there was none."""

    answer: Answer | None
    fault: Sentence | None

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None

    @property
    def arrived(self) -> bool:
        return self.status in _FINE

    @property
    def wait_for_all(self) -> bool:
        """Would the next message meet the same?"""
        return self.status is None or self.status in _BUSY


def _sent(receiver: Receiver, delivery: Delivery, now: datetime) -> _Outcome:
    body = delivery.body.encode()
    try:
        secret = opened_secret(receiver.secret)
        headers = {
            "content-type": "application/json",
            "user-agent": f"kaoji/{__version__}",
            **headers_of(body, delivery.message, int(now.timestamp()), secret),
        }
        answer = post(
            target_of(receiver.address),
            body,
            headers,
            allowed=settings.WEBHOOK_NETWORKS,
            seconds=SECONDS,
        )
    except UnableToPost as refusal:
        return _Outcome(None, refusal.sentence)
    except BrokenSeal:
        return _Outcome(
            None,
            say(
                "密钥打不开：密封用的钥匙（KAOJI_SEALING_KEY）换过或丢了；请停用这个推送，另开一个"
            ),
        )
    except Exception as fault:
        # Whatever it is that one receiver does to us, the others are sent to.
        _log.exception("webhook %s could not be sent", delivery.message)
        unforeseen = say("推送时程序出了差错（{why}），已记入日志", why=type(fault).__name__)
        return _Outcome(None, unforeseen)
    return _Outcome(answer, _complaint(answer.status))


def _complaint(status: int) -> Sentence | None:
    """What a status says that is not a success."""
    if status in _FINE:
        return None
    if status in _ELSEWHERE:
        return say("要转到别处（{status}），不跟随；请改用最终的地址", status=status)
    if status == _GONE:
        return say("对方不再接收（410）")
    return say("没有收下（{status}）", status=status)


def _later(
    receiver: Receiver, delivery: Delivery, outcome: _Outcome, now: datetime
) -> datetime:
    """Note when it is tried again, or that it is given up; gives when the next one may be sent."""
    pause = _pause(delivery, outcome) if now - delivery.since < LONGEST else None
    if pause is None:
        _note(delivery, outcome, state=Delivery.State.GIVEN_UP, ended_at=now)
        _told_given_up(receiver, delivery, now)
        return now + PAUSES[1]
    _note(delivery, outcome, due_at=now + pause)
    return now + pause


def _pause(delivery: Delivery, outcome: _Outcome) -> timedelta | None:
    """How long to wait now; None when it was tried often enough. Not shorter than the other side wishes.

    Up to a tenth longer by the message's number, so that what failed at once is not tried at once.
    """
    if delivery.tries > len(PAUSES):
        return None
    pause = PAUSES[delivery.tries - 1]
    spread = int(delivery.message[-4:], 16) / 0xFFFF / 10
    wish = timedelta(seconds=outcome.answer.retry_after or 0 if outcome.answer else 0)
    return max(pause * (1 + spread), min(wish, _LONGEST_WISH))


def _note(delivery: Delivery, outcome: _Outcome, **columns: Any) -> None:
    """Write down what became of this try, unless it was ended, tried or asked for once more meanwhile."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=_WAITING, tries=delivery.tries)
    mine.update(
        status=outcome.status,
        signs=outcome.answer.signs if outcome.answer else "",
        fault=kept(outcome.fault) if outcome.fault else None,
        **columns,
    )


def _told_gone(receiver: Receiver, now: datetime) -> None:
    end_by_itself(receiver, now=now)
    told = say("推送“{name}”的接收方答复不再接收（410），已自动停用", name=receiver.name)
    _tell(receiver, told, now)


def _told_given_up(receiver: Receiver, delivery: Delivery, now: datetime) -> None:
    """Say it for the first of several: whoever knows looks at the page."""
    before = (
        receiver.deliveries.exclude(pk=delivery.pk)
        .exclude(state=_WAITING)
        .order_by("-ended_at", "-pk")
        .first()
    )
    if before is None or before.state != Delivery.State.GIVEN_UP:
        told = say("推送“{name}”三天没有送达，已放弃一条；请看推送的页面", name=receiver.name)
        _tell(receiver, told, now)


def _tell(receiver: Receiver, told: Sentence, now: datetime) -> None:
    with transaction.atomic():
        tell(people_at(receiver.place, [MAY_MANAGE], now=now), told, declaration=None, now=now)
