"""Many messages and several receivers: no dead, slow or broken one costs the others their messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from kaoji.core.speech import restored, say
from kaoji.platform.events.models import Event
from kaoji.platform.guarded_post import Answer, UnableToPost
from kaoji.platform.notices.models import Notice
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.webhooks.actions import deliver as delivering
from kaoji.platform.webhooks.actions.deliver import deliver, forget, next_round
from kaoji.platform.webhooks.actions.end_receiver import end_receiver
from kaoji.platform.webhooks.actions.open_receiver import open_receiver
from kaoji.platform.webhooks.actions.send_again import send_again
from kaoji.platform.webhooks.actions.send_test import send_test
from kaoji.platform.webhooks.actions.set_aside import put_into_outbox
from kaoji.platform.webhooks.models import Delivery, Receiver
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db
FINE, NOBODY = Answer(204, "", None), UnableToPost(say("连不上：{why}", why="x"))
SECOND = timedelta(seconds=1)


class World:
    """Systems elsewhere: by the path of each what it answers, and what they got, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], Any]] = {}
        self.got: list[tuple[str, str]] = []

    def post(self, target: Any, body: bytes, headers: dict[str, str], **_: object) -> Answer:
        self.got.append((target.path, headers["webhook-id"]))
        answer = self.answers.get(target.path, lambda: FINE)()
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr(delivering, "post", made.post)
    return made


@pytest.fixture
def boss() -> User:
    return person("管理员")


def opened(boss: User, name: str) -> Receiver:
    return open_receiver(
        place(), name, address=f"https://93.184.216.34/{name}", choices=["declaration.submit"],
        acting_user=boss, now=NOON,
    )[0]  # fmt: skip


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds are made by the tests alone."""
    for module in ("set_aside", "send_again"):
        monkeypatch.setattr(
            f"kaoji.platform.webhooks.actions.{module}.ask_to_deliver", lambda: None
        )


def put(receiver: Receiver, moment: datetime = NOON) -> Delivery:
    return put_into_outbox(receiver, "declaration.submit", {}, title="", at=moment)


def at(moment: datetime) -> None:
    deliver(clock=lambda: moment)


def waiting() -> int:
    return Delivery.objects.filter(state="waiting").count()


def told(who: User) -> list[str]:
    return [str(restored(item.sentence)) for item in Notice.objects.filter(person=who)]


def test_a_fault_of_ours_with_one_receiver_does_not_keep_the_others_waiting(world, boss):
    broken, sound = opened(boss, "a"), opened(boss, "b")
    first, other = put(broken), put(sound)
    world.answers["/a"] = lambda: ValueError("read length must be non-negative or -1")

    at(NOON)

    first.refresh_from_db()
    other.refresh_from_db()
    assert other.state == "delivered"
    assert (first.state, first.tries) == ("waiting", 1)
    assert first.due_at > NOON
    assert "ValueError" in str(restored(first.fault))


def test_what_waits_for_a_dead_receiver_is_given_up_with_it_and_in_a_week_it_ends(world, boss):
    """A thousand messages a day: never more wait than those of the three days in which one is tried, and a day of pause."""
    dead = opened(boss, "a")
    world.answers["/a"] = lambda: NOBODY
    most, moment = 0, NOON
    for day in range(12):
        dead.refresh_from_db()
        if dead.ended_at is not None:
            break
        Delivery.objects.bulk_create(
            Delivery(
                receiver=dead, message=f"msg_{day}_{number:04x}", type="declaration.submit",
                body="{}", made_at=moment, since=moment, due_at=moment,
            )
            for number in range(1_000)
        )  # fmt: skip
        morning = NOON + timedelta(days=day + 1)
        while moment < morning:
            at(moment)
            most = max(most, waiting())
            soonest = next_round(now=moment)
            moment = min(max(soonest or morning, moment + SECOND), morning)

    assert most <= 5 * 1_000
    assert waiting() == 0
    assert timedelta(days=7) <= dead.ended_at - NOON <= timedelta(days=9)
    assert Event.objects.filter(type="webhook.silent").count() == 1
    assert [line for line in told(boss) if "连续 7 天送不到，已自动停用" in line]
    assert len([line for line in told(boss) if "三天没有送达" in line]) == 1


def test_one_answer_in_between_and_a_receiver_is_not_dead(world, boss):
    weak = opened(boss, "a")
    for day in range(10):
        world.answers["/a"] = (lambda: FINE) if day == 5 else (lambda: NOBODY)
        put(weak, NOON + timedelta(days=day))
        at(NOON + timedelta(days=day))
        Delivery.objects.filter(state="waiting").update(due_at=NOON + timedelta(days=day))

    weak.refresh_from_db()
    assert weak.ended_at is None


def test_a_second_process_holds_no_message_back(world, boss):
    """What happens while one is on its way is sent right after it, by the process that sends there."""
    receiver = opened(boss, "a")
    put(receiver)

    def another_comes() -> Answer:
        world.answers.clear()
        put(receiver, NOON + SECOND)
        at(NOON + SECOND)
        assert len(world.got) == 1  # it leaves the receiver to the first
        return FINE

    world.answers["/a"] = another_comes
    deliver(clock=lambda: NOON + SECOND)

    assert len(world.got) == 2
    assert waiting() == 0


def test_what_a_process_that_died_had_taken_is_sent_by_another(world, boss):
    receiver = opened(boss, "a")
    put(receiver)
    Receiver.objects.update(busy_until=NOON + timedelta(minutes=5))

    at(NOON + timedelta(minutes=4))
    assert world.got == []
    assert next_round(now=NOON + timedelta(minutes=4)) == NOON + timedelta(minutes=5)
    at(NOON + timedelta(minutes=5))

    assert len(world.got) == 1


def test_a_test_sends_nothing_twice_that_is_on_its_way(world, boss):
    receiver = opened(boss, "a")
    put(receiver)

    def a_test_is_asked_for() -> Answer:
        world.answers.clear()
        send_test(receiver, acting_user=boss, now=NOON + SECOND)
        at(NOON + SECOND)
        return FINE

    world.answers["/a"] = a_test_is_asked_for
    deliver(clock=lambda: NOON + SECOND)

    assert len({message for _, message in world.got}) == len(world.got) == 2


def test_what_is_asked_for_again_while_it_is_on_its_way_is_sent_again(world, boss):
    receiver = opened(boss, "a")
    message = put(receiver)

    def asked_for_again() -> Answer:
        world.answers.clear()
        send_again(message, acting_user=boss, now=NOON)
        return FINE

    world.answers["/a"] = asked_for_again
    at(NOON)

    assert len(world.got) == 2
    assert waiting() == 0


def test_a_slow_receiver_holds_the_worker_for_half_a_minute_and_the_others_come_next(
    world, boss
):
    """Each answer takes 14.5 seconds: three messages, then it is the others' turn."""
    slow, quick = opened(boss, "a"), opened(boss, "b")
    for _ in range(20):
        put(slow)
    put(quick)
    spent = [timedelta(0)]

    def slowly() -> Answer:
        spent[0] += timedelta(seconds=14.5)
        return FINE

    world.answers["/a"] = slowly
    deliver(clock=lambda: NOON + spent[0])

    assert [path for path, _ in world.got] == ["/a"] * 3 + ["/b"]
    assert next_round(now=NOON + spent[0]) == NOON


def test_one_job_lasts_a_minute_and_begins_the_next_time_where_it_stopped(world, boss):
    spent = [timedelta(0)]

    def slowly() -> Answer:
        spent[0] += timedelta(seconds=14.5)
        return FINE

    for name in ("a", "b", "c"):
        receiver = opened(boss, name)
        world.answers[f"/{name}"] = slowly
        for _ in range(20):
            put(receiver)

    deliver(clock=lambda: NOON + spent[0])
    first = [path for path, _ in world.got]
    world.got.clear()
    deliver(clock=lambda: NOON + spent[0])

    assert first == ["/a"] * 3 + ["/b"] * 3
    assert world.got[0][0] == "/c"


def test_nothing_is_sent_again_to_whom_somebody_has_just_ended(boss):
    receiver = opened(boss, "a")
    shown = Delivery.objects.select_related("receiver").get(pk=put(receiver).pk)
    end_receiver(receiver, acting_user=boss, now=NOON)

    with pytest.raises(UnableToAct, match="已经停用"):
        send_again(shown, acting_user=boss, now=NOON)


def test_what_was_put_aside_while_it_was_ended_does_not_wait_for_ever(boss):
    receiver = opened(boss, "a")
    end_receiver(receiver, acting_user=boss, now=NOON)
    put(receiver)

    forget(now=NOON)

    assert waiting() == 0


def test_messages_are_forgotten_after_the_last_one_too(world, boss):
    put(opened(boss, "a"))
    at(NOON)

    assert next_round(now=NOON) == NOON + timedelta(days=90)
