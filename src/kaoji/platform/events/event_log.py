"""The event log: one event for every action, in the same transaction, chained by hashes.

An event's hash covers everything in it and the hash of the event before, so that nothing in
the past can be changed without breaking every hash after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import models, transaction

from kaoji.core.canonical import canonical_json, digest
from kaoji.core.speech import Sentence, say
from kaoji.platform.events.confided import NOBODY, MayBeTold, confided
from kaoji.platform.events.happened import Happened
from kaoji.platform.events.models import Event, LogHead
from kaoji.platform.events.of_rooms import reactions, stories
from kaoji.platform.events.vouching import hashes_of, keys_of

GENESIS = "0" * 64


class Keyed(Protocol):
    """A row of some table, named by its key."""

    pk: Any


class UnregisteredEvent(ValueError):
    """An event of a type that cannot tell its story."""


def record_event(
    event_type: str,
    *,
    at: datetime,
    actor: User | None,
    payload: dict[str, Any],
    declaration: Keyed | None = None,
    intake: Keyed | None = None,
    rows: Iterable[models.Model] = (),
    gone: Iterable[models.Model] = (),
) -> Event:
    """Append one event, which vouches for *rows* as they stand now and for the end of those *gone*.

    Call it inside the action's transaction, after the rows were saved and before they are deleted. Rooms that
    derive something from what changed keep it up to date now, in the same transaction.
    """
    if event_type not in stories():
        raise UnregisteredEvent(event_type)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event belongs to a transaction")
    rows = tuple(rows)
    hashes = hashes_of(rows)
    if hashes:
        payload = {**payload, "rows": hashes}
    ended = keys_of(gone)
    if ended:
        payload = {**payload, "gone": ended}
    head = LogHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        LogHead.objects.get_or_create(pk=1)
        head = LogHead.objects.select_for_update().get(pk=1)
    event = Event(
        sequence=head.sequence + 1,
        at=at,
        actor=actor,
        type=event_type,
        declaration_id=declaration.pk if declaration else None,
        intake_id=intake.pk if intake else None,
        payload=payload,
        previous_hash=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save()
    happened = Happened(event_type, at, declaration, rows)
    for react in reactions().get(event_type, ()):
        react(happened)
    return event


def said_by(event: Event) -> dict[str, Any]:
    """All that an event says, as its hash covers it and an export tells it."""
    return {
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "type": event.type,
        "declaration": event.declaration_id,
        "intake": event.intake_id,
        "payload": event.payload,
        "previous_hash": event.previous_hash,
    }


def hash_of(event: Event) -> str:
    """SHA-256 over the canonical JSON of all that the event says."""
    return digest(canonical_json(said_by(event)))


def story_of(event: Event) -> Sentence:
    """What happened, in a sentence."""
    return say(stories()[event.type], **event.payload)


def last_hash() -> str:
    """The head of the log: whoever keeps it can tell later whether the log was changed or cut."""
    head = LogHead.objects.filter(pk=1).first()
    return head.hash if head else GENESIS


def history_of(
    declaration: models.Model, *, reader: User, before: int | None = None
) -> Iterator[Event]:
    """A declaration's events of which *reader* may be told, newest first; those *before* an entry of that number."""
    untold = [kind for kind, confiding in confided().items() if confiding is NOBODY]
    found = Event.objects.filter(declaration=declaration.pk).exclude(type__in=untold)
    if before is not None:
        found = found.filter(sequence__lt=before)
    asked: dict[str, MayBeTold] = {}
    for event in found.select_related("actor").order_by("-sequence").iterator():
        confiding = confided().get(event.type)
        if confiding is not None and event.type not in asked:
            asked[event.type] = confiding(reader, declaration)
        if confiding is None or asked[event.type](event):
            yield event
