"""The event log: it tells what happened, and it shows when anything was changed afterwards."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from kaoji.platform.events.event_log import UnregisteredEvent, last_hash, record_event, story_of
from kaoji.platform.events.models import Event
from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.verification.queries.verifying import BrokenChain, verify_chain
from support.forging import unguarded
from support.people import NOON, person

pytestmark = pytest.mark.django_db


def saved(user) -> list[Declaration]:
    intake = import_document(
        SONGJIANG_2023.read_bytes(), name="a.txt", acting_user=user, now=NOON
    )
    return confirm_intake(intake, form_numbers=range(17), acting_user=user, now=NOON)


def test_the_chain_holds_and_every_event_tells_its_story():
    saved(person("填报"))

    assert verify_chain() == Event.objects.count() == 23
    for event in Event.objects.all():
        assert "{" not in str(story_of(event))


def test_the_database_refuses_to_change_or_delete_an_event():
    person("填报")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(type="other")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()


def test_a_changed_event_breaks_the_chain():
    saved(person("填报"))
    unguarded("events_event")
    Event.objects.filter(sequence=3).update(payload={"document": "another", "saved": 0})

    with pytest.raises(BrokenChain, match="#3"):
        verify_chain()


def test_a_missing_last_event_breaks_the_chain():
    saved(person("填报"))
    unguarded("events_event")
    Event.objects.filter(sequence=23).delete()

    with pytest.raises(BrokenChain, match="#22 之后缺失"):
        verify_chain()


def test_a_changed_revision_or_document_breaks_the_chain():
    saved(person("填报"))
    unguarded("declarations_revision")
    Revision.objects.filter(declaration__project_name="残疾人福利").update(content="{}")

    with pytest.raises(BrokenChain, match="已被改动"):
        verify_chain()
    with pytest.raises(CommandError, match=r"差异 [0-9]+ 处"):
        call_command("verify_log")


def test_the_log_is_verified_by_a_command(capsys: pytest.CaptureFixture[str]):
    saved(person("填报"))

    call_command("verify_log")

    said, head = capsys.readouterr().out.splitlines()
    assert said == "23 条事件完整无误，各表与之相符"
    assert head == f"日志末端 {last_hash()}"


def test_a_hash_that_was_kept_tells_a_log_that_was_rebuilt():
    saved(person("填报"))
    kept = Event.objects.get(sequence=20).hash

    call_command("verify_log", known=kept)
    with pytest.raises(CommandError, match="差异 1 处"):
        call_command("verify_log", known="f" * 64)


def test_an_event_of_no_registered_type_is_an_error():
    with pytest.raises(UnregisteredEvent):
        record_event("something.happened", at=NOON, actor=None, payload={})


def test_the_head_of_the_log_is_printed_and_mailed_to_who_keeps_it(capsys, settings):
    saved(person("填报"))
    settings.EMAIL_HOST, settings.LOG_KEEPERS = "mail.example.cn", ["keeper@example.cn"]

    call_command("tell_head")

    assert f"日志末端 {last_hash()}" in capsys.readouterr().out
    [message] = mail.outbox
    assert (message.to, last_hash() in message.body) == (["keeper@example.cn"], True)


def test_a_head_that_cannot_be_mailed_is_told(settings):
    settings.LOG_KEEPERS = ["keeper@example.cn"]

    with pytest.raises(CommandError, match="KAOJI_MAIL") as refusal:
        call_command("tell_head")

    assert refusal.value.returncode == 1
