"""Is what stands in the database what the log says? Every row, every state, every file.

Four looks, each at what the others cannot see: the chain of hashes; the last hash that an event
gives each row; whether the story that the events tell could have happened; what is derived from rows
for lists and searches. A state changed past the actions, a waiver prolonged, an account made
superuser shows up in at least one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from kaoji.audit.replay import impossible
from kaoji.audit.vouching import Vouchers
from kaoji.core.canonical import digest
from kaoji.core.speech import Sentence, say
from kaoji.platform.accounts.models import EmergencyCode
from kaoji.platform.events.event_log import GENESIS, hash_of, said_by
from kaoji.platform.events.guards import missing_guards
from kaoji.platform.events.models import Event, LogHead
from kaoji.platform.events.of_rooms import audited
from kaoji.platform.events.vouching import rows_of_table
from kaoji.platform.files.models import Document
from kaoji.subjects.declarations.models import Revision
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.verification.queries.derived import derived_differences

# What of a forged log is told at most; one flaw is enough to distrust the rest.
_MOST_TOLD = 200


class BrokenChain(ValueError):
    """An event, or what it vouches for, was changed, or is missing."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def verify_chain() -> int:
    """How many events hold, and everything they vouch for. Raises BrokenChain at the first flaw."""
    for sentence in differences():
        raise BrokenChain(sentence)
    return Event.objects.count()


def differences(known_hash: str | None = None) -> Iterator[Sentence]:
    """Everything that disagrees, the log itself first. *known_hash* must still stand in the log."""
    yield from _chain(known_hash)
    vouchers = Vouchers()
    for event in Event.objects.order_by("sequence").values("sequence", "payload").iterator():
        vouchers.hear(event)
    for table in audited():
        yield from vouchers.differences(table, rows_of_table(table))
    for unknown in sorted(vouchers.said.keys() - audited().keys()):
        yield say("事件提到不认识的表 {table}", table=unknown)
    yield from impossible(
        (said_by(event) for event in Event.objects.order_by("sequence").iterator()),
        {name: list(rows_of_table(name)) for name in ("organisations", "appointments", "accounts", "declarations", "approvals", "revisions")},
    )  # fmt: skip
    yield from _emergency_codes()
    yield from _contents()
    yield from derived_differences()
    yield from missing_guards(connection)


def told(found: Iterable[Sentence]) -> tuple[list[Sentence], bool]:
    """The first differences, and whether there are more than are told."""
    listed: list[Sentence] = []
    for sentence in found:
        if len(listed) == _MOST_TOLD:
            return listed, True
        listed.append(sentence)
    return listed, False


def _chain(known_hash: str | None) -> Iterator[Sentence]:
    """The log by itself: gapless, each event on the one before, up to its head."""
    previous, count, is_known = GENESIS, 0, known_hash in {None, GENESIS}
    for event in Event.objects.order_by("sequence").iterator():
        count += 1
        stands = (event.sequence, event.previous_hash, event.hash)
        if stands != (count, previous, hash_of(event)):
            yield say("事件 #{number} 与前文不符", number=event.sequence)
            return
        previous = event.hash
        is_known = is_known or previous == known_hash
    head = LogHead.objects.filter(pk=1).first()
    if (head.sequence, head.hash) != (count, previous) if head else count:
        yield say("事件链在 #{number} 之后缺失", number=count)
    if not is_known:
        yield say("事件链里没有以前的散列 {hash}", hash=known_hash)


def _emergency_codes() -> Iterator[Sentence]:
    """A code that nobody was given is a way in: those that are left are among those that were told."""
    told_codes: dict[str, set[str]] = {}
    types = ("account.secured", "account.unsecured")
    for event in Event.objects.filter(type__in=types).order_by("sequence"):
        told_codes[event.payload["username"]] = set(event.payload.get("codes", ()))
    for code in EmergencyCode.objects.select_related("person"):
        if code.digest not in told_codes.get(code.person.username, set()):
            yield say(
                "账号 {username} 有一个没有事件为证的应急码", username=code.person.username
            )


def _contents() -> Iterator[Sentence]:
    """Files and contents have the hashes that stand beside them."""
    for document in Document.objects.order_by("pk").iterator(chunk_size=1):
        if digest(bytes(document.content)) != document.sha256:
            yield say("文件“{name}”的内容与散列不符，已被改动", name=document.name)
    rows: list[tuple[str, Any]] = [
        ("revisions", Revision.objects), ("self_evaluations", SelfEvaluation.objects),
    ]  # fmt: skip
    for table, found in rows:
        for row in found.order_by("pk").iterator(chunk_size=500):
            if digest(row.content.encode()) != row.sha256:
                yield say("{table} 第 {id} 行的内容与散列不符", table=table, id=row.pk)
