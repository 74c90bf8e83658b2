"""From a move to another system: set aside with it, sent signed, tried again, given up, told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import restored, say
from kaoji.platform.guarded_post import Answer, UnableToPost
from kaoji.platform.notices.models import Notice
from kaoji.platform.signed_message import signature_of
from kaoji.platform.webhooks.actions import deliver as delivering
from kaoji.platform.webhooks.actions.deliver import deliver, forget, next_round
from kaoji.platform.webhooks.actions.open_receiver import open_receiver
from kaoji.platform.webhooks.actions.send_again import send_again
from kaoji.platform.webhooks.models import Delivery, Receiver
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.workflow.moves import VERB_NAMES
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


class Elsewhere:
    """A system that answers as it is told to, and keeps what it was sent."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, dict[str, str]]] = []
        self.answers: Answer | UnableToPost = Answer(204, "", None)

    def post(self, target: object, body: bytes, headers: dict[str, str], **_: object) -> Answer:
        assert transaction.get_connection().in_atomic_block  # the test's own, and no other:
        assert len(transaction.get_connection().savepoint_ids) == 0
        self.got.append((body, dict(headers)))
        if isinstance(self.answers, UnableToPost):
            raise self.answers
        return self.answers

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body, _ in self.got]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    made = Elsewhere()
    monkeypatch.setattr(delivering, "post", made.post)
    return made


@pytest.fixture
def boss() -> User:
    return person("管理员")


def opened(boss: User, *choices: str, name: str = "平台") -> tuple[Receiver, str]:
    return open_receiver(
        place(), name, address=f"https://93.184.216.34/{len(name)}",
        choices=[f"declaration.{choice}" for choice in choices], acting_user=boss, now=NOON,
    )  # fmt: skip


def at(moment: datetime) -> None:
    """A round at that time."""
    deliver(clock=lambda: moment)


def moved(approved, verb: str, by: User, **more: object) -> None:
    move_declaration(approved, verb, revision=1, acting_user=by, now=NOON, **more)


def test_a_move_is_told_signed_to_whom_it_was_promised(approved, finance, boss, elsewhere):
    _, secret = opened(boss, "publish")

    moved(approved, "publish", finance)
    at(NOON)

    [(body, headers)] = elsewhere.got
    assert json.loads(body) == {
        "type": "declaration.publish",
        "timestamp": "2026-11-24T04:00:00.000Z",
        "data": {
            "declaration": {
                "id": approved.pk,
                "year": 2023,
                "project_name": "甲",
                "unit": approved.organisation.name,
                "state": "published",
                "annual_total": "250000.00",
                "approved_revision": 1,
                "publication": "public",
                "public_from": "2026-11-24",
                "public_revision": 1,
            },
            "revision": 1,
        },
    }
    message, moment = headers["webhook-id"], int(headers["webhook-timestamp"])
    assert moment == int(NOON.timestamp())
    assert headers["webhook-signature"] == signature_of(body, message, moment, secret)
    [delivery] = Delivery.objects.all()
    assert (delivery.state, delivery.status, delivery.tries) == ("delivered", 204, 1)


def test_nothing_is_told_that_was_not_chosen_or_is_of_another_place(
    approved, finance, boss, elsewhere
):
    opened(boss, "withdraw")
    other = place("奉贤区财政局")
    stranger = person("管理员", "feng", other)
    open_receiver(
        other, "奉贤", address="https://93.184.216.34/f", choices=["declaration.publish"],
        acting_user=stranger, now=NOON,
    )  # fmt: skip

    moved(approved, "publish", finance)
    at(NOON)

    assert elsewhere.got == []


def test_an_approval_that_the_public_sees_is_a_publication(filer, boss, elsewhere):
    from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
    from kaoji.subjects.intake.actions.import_document import import_document
    from support.road_form import PUTUO

    intake = import_document(PUTUO.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    moved(made, "submit", filer)
    moved(made, "forward", person("主管部门审核"))
    opened(boss, "publish")
    moved(made, "approve", person("财政绩效"), public_from=NOON.date())
    at(NOON)

    assert [body["type"] for body in elsewhere.bodies()] == ["declaration.approve"]


def test_what_is_rolled_back_is_not_told(approved, finance, boss, elsewhere):
    opened(boss, "publish")

    with transaction.atomic():
        moved(approved, "publish", finance)
        assert Delivery.objects.count() == 1
        transaction.set_rollback(True)
    at(NOON)

    assert not Delivery.objects.exists()
    assert elsewhere.got == []


def test_the_worker_is_asked_in_the_same_transaction(
    approved, finance, boss, elsewhere, do_jobs
):
    opened(boss, "publish")

    moved(approved, "publish", finance)
    do_jobs()

    assert len(elsewhere.got) == 1


def test_what_does_not_arrive_is_tried_again_after_growing_pauses_and_then_given_up(
    approved, finance, boss, elsewhere
):
    """5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h: the schedule that Standard Webhooks proposes."""
    opened(boss, "publish")
    elsewhere.answers = Answer(500, "database away", None)
    moved(approved, "publish", finance)

    moment, pauses = NOON, []
    while True:
        at(moment)
        delivery = Delivery.objects.get()
        if delivery.state != Delivery.State.WAITING:
            break
        pauses.append((delivery.due_at - moment).total_seconds())
        at(delivery.due_at - timedelta(seconds=1))  # not before
        moment = delivery.due_at

    wanted = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    for pause, least in zip(pauses, wanted, strict=True):
        assert least <= pause <= least * 1.1
    assert len(elsewhere.got) == 10
    assert len({headers["webhook-id"] for _, headers in elsewhere.got}) == 1
    assert (delivery.state, delivery.status, delivery.signs) == (
        "given_up",
        500,
        "database away",
    )
    assert str(restored(delivery.fault)) == "没有收下（500）"
    [notice] = Notice.objects.filter(person=boss)
    assert "三天没有送达" in str(restored(notice.sentence))


def test_a_wish_to_be_asked_later_is_heeded(approved, finance, boss, elsewhere):
    opened(boss, "publish")
    elsewhere.answers = Answer(503, "", 3_600)
    moved(approved, "publish", finance)
    at(NOON)

    assert Delivery.objects.get().due_at == NOON + timedelta(hours=1)


def test_whoever_is_silent_is_waited_for_once_and_gets_all_in_order_when_awake(
    approved, finance, boss, elsewhere
):
    opened(boss, "publish", "withdraw", "adjust")
    elsewhere.answers = UnableToPost(say("连不上：{why}", why="x"))
    moved(approved, "publish", finance)
    moved(approved, "withdraw", finance, reason="误")
    at(NOON)
    moved(approved, "publish", finance)
    at(NOON)  # the third is not tried: nobody was there a moment ago

    assert len(elsewhere.got) == 1
    elsewhere.answers = Answer(200, "", None)
    at(NOON + timedelta(seconds=6))
    assert [body["type"] for body in elsewhere.bodies()[1:]] == [
        "declaration.publish", "declaration.withdraw", "declaration.publish",
    ]  # fmt: skip


def test_one_message_that_is_refused_does_not_hold_up_the_others(
    approved, finance, boss, elsewhere
):
    opened(boss, "publish", "withdraw")
    elsewhere.answers = Answer(422, "", None)
    moved(approved, "publish", finance)
    moved(approved, "withdraw", finance, reason="误")
    at(NOON)

    assert len(elsewhere.got) == 2


def test_an_answer_of_410_ends_the_receiver(approved, finance, boss, elsewhere):
    receiver, _ = opened(boss, "publish", "withdraw")
    elsewhere.answers = Answer(410, "", None)
    moved(approved, "publish", finance)
    moved(approved, "withdraw", finance, reason="误")
    at(NOON)
    moved(approved, "publish", finance)

    receiver.refresh_from_db()
    assert (receiver.ended_at, receiver.ended_by) == (NOON, None)
    assert len(elsewhere.got) == 1
    assert {item.state for item in Delivery.objects.all()} == {"given_up"}
    assert "不再接收" in str(restored(Notice.objects.get(person=boss).sentence))


def test_a_redirect_is_told_as_what_it_is(approved, finance, boss, elsewhere):
    opened(boss, "publish")
    elsewhere.answers = Answer(301, "", None)
    moved(approved, "publish", finance)
    at(NOON)

    assert "不跟随" in str(restored(Delivery.objects.get().fault))


def test_sent_again_it_is_the_same_message_at_another_time(approved, finance, boss, elsewhere):
    opened(boss, "publish")
    moved(approved, "publish", finance)
    at(NOON)
    later = NOON + timedelta(days=1)
    send_again(Delivery.objects.get(), acting_user=boss, now=later)
    at(later)

    (first, before), (second, after) = elsewhere.got
    assert first == second
    assert before["webhook-id"] == after["webhook-id"]
    assert before["webhook-signature"] != after["webhook-signature"]


def test_two_processes_do_not_send_the_same(approved, finance, boss, elsewhere, monkeypatch):
    opened(boss, "publish")
    moved(approved, "publish", finance)
    post = elsewhere.post

    def another_comes_meanwhile(*given: Any, **more: Any) -> Answer:
        monkeypatch.setattr(delivering, "post", post)
        at(NOON)
        return post(*given, **more)

    monkeypatch.setattr(delivering, "post", another_comes_meanwhile)
    at(NOON)

    assert len(elsewhere.got) == 1


def test_what_another_process_puts_off_meanwhile_is_not_kept_waiting(
    approved, finance, boss, elsewhere, monkeypatch
):
    """It sees one message on its way and nothing of how that ends; an answer, even a refusal, wakes the others."""
    opened(boss, "publish", "withdraw")
    elsewhere.answers = Answer(422, "", None)
    moved(approved, "publish", finance)
    moved(approved, "withdraw", finance, reason="误")
    post = elsewhere.post

    def another_comes_meanwhile(*given: Any, **more: Any) -> Answer:
        monkeypatch.setattr(delivering, "post", post)
        at(NOON)
        return post(*given, **more)

    monkeypatch.setattr(delivering, "post", another_comes_meanwhile)
    at(NOON)
    at(NOON + timedelta(seconds=1))

    assert [body["type"] for body in elsewhere.bodies()] == [
        "declaration.publish", "declaration.withdraw",
    ]  # fmt: skip


def test_the_secret_is_kept_sealed(boss):
    receiver, secret = opened(boss, "publish")

    receiver.refresh_from_db()
    assert secret.removeprefix("whsec_") not in receiver.secret


def test_a_lost_sealing_key_is_told(approved, finance, boss, elsewhere, monkeypatch):
    opened(boss, "publish")
    moved(approved, "publish", finance)
    monkeypatch.setenv("KAOJI_SEALING_KEY", "another")
    at(NOON)

    assert "密钥打不开" in str(restored(Delivery.objects.get().fault))
    assert elsewhere.got == []


def test_old_messages_are_forgotten(approved, finance, boss, elsewhere):
    opened(boss, "publish")
    moved(approved, "publish", finance)
    at(NOON)
    assert next_round(now=NOON) == NOON + timedelta(days=90)
    forget(now=NOON + timedelta(days=91))

    assert not Delivery.objects.exists()


def test_what_is_sent_is_what_the_contract_describes(approved, finance, boss, elsewhere):
    contract = json.loads((ROOT / "docs" / "api" / "openapi.json").read_text("utf-8"))
    opened(boss, "publish")
    moved(approved, "publish", finance)
    at(NOON)

    [body] = elsewhere.bodies()
    told = contract["webhooks"][body["type"]]["post"]["requestBody"]["content"]
    schema = {**told["application/json"]["schema"], "components": contract["components"]}
    jsonschema.validate(body, schema)
    assert all(f"declaration.{verb}" in contract["webhooks"] for verb in VERB_NAMES)
