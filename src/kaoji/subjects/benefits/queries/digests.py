"""One digest over many rows: an event tells it in their place, and whoever has the rows makes it again.

Each row is hashed, the hashes are put in order and hashed together: the order in which rows came does not
count, a row more, fewer or other does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.subjects.benefits.models import Item, LeftOut, ReceivedList, ReturnFile, Run
from kaoji.subjects.benefits.queries.requests import requests_of


def digest_of(rows: Iterable[tuple[Any, ...]]) -> str:
    """SHA-256 over the hashes of the rows, in the order of the hashes."""
    hashes = sorted(sha256("\t".join(map(str, row)).encode()).digest() for row in rows)
    return sha256(b"".join(hashes)).hexdigest()


OF_PERSON = (
    "id_hash", "id_sealed", "id_masked", "name_sealed", "name_hash", "name_masked", "birth",
)  # fmt: skip
OF_FACT = (
    "person__id_hash", "programme", "kind", "value", "since", "until", "asked_on",
    "decided_on", "received_on",
)  # fmt: skip
OF_ACCOUNT = (
    "person__id_hash", "kind", "payee_hash", "holder_sealed", "holder_hash", "number_sealed",
    "number_hash", "last4", "bank", "since",
)  # fmt: skip

OF_LISTED = ("id_hash", "on", "received_on")


def rows_of_list(received: ReceivedList) -> Iterator[tuple[Any, ...]]:
    """Everything that a list brought, as its digest covers it."""
    yield from (("person", *row) for row in received.people.values_list(*OF_PERSON).iterator())
    yield from (("fact", *row) for row in received.facts.values_list(*OF_FACT).iterator())
    yield from (
        ("account", *row) for row in received.accounts.values_list(*OF_ACCOUNT).iterator()
    )
    yield from (("listed", *row) for row in received.listed.values_list(*OF_LISTED).iterator())


def rows_of_run(run: Run) -> Iterator[tuple[Any, ...]]:
    """The items of a run's last computation."""
    found = Item.objects.filter(run=run, computation=run.computation)
    names = ("person_id", "month", "fen", "kind", "change", "town_id", "due_on")
    yield from found.values_list(*names).iterator(chunk_size=5_000)


def rows_asked(run: Run) -> Iterator[tuple[Any, ...]]:
    """What an approval of the run stands for: each payment with its account, what is left out, the sums."""
    yield ("run", run.items_digest, run.people, run.fen, run.reduced, run.approved_fen)
    for person, account, fen, months in (
        requests_of(run)
        .values_list("person_id", "account_id", "fen", "months")
        .iterator(chunk_size=5_000)
    ):
        yield ("request", person, account, fen, *(number for part in months for number in part))
    left = LeftOut.objects.filter(item__run=run, item__computation=run.computation)
    for row in left.values_list("item__person_id", "item__month", "why").iterator():
        yield ("left out", *row)


def rows_of_return(file: ReturnFile) -> Iterator[tuple[Any, ...]]:
    """What a file that came back says, line by line."""
    names = ("line", "answers__reference", "outcome", "on", "fen", "text")
    yield from file.answered.values_list(*names).iterator(chunk_size=5_000)


def digest_differences() -> Iterator[Sentence]:
    """Every list, run and returned file whose rows are no longer those that its event told of."""
    for received in ReceivedList.objects.order_by("pk"):
        if digest_of(rows_of_list(received)) != received.digest:
            yield say("名单“{name}”带来的记录与其散列不符", name=received.name)
    for run in Run.objects.order_by("pk"):
        yield from _of_run(run)
    for file in ReturnFile.objects.order_by("pk"):
        if digest_of(rows_of_return(file)) != file.digest:
            yield say("第 {id} 份回盘的各行与其散列不符", id=file.pk)


def _of_run(run: Run) -> Iterator[Sentence]:
    # A small run has no items of its own: what it sends again stands in its requests.
    found = run.items_digest and run.resends_id is None
    if found and digest_of(rows_of_run(run)) != run.items_digest:
        yield say("第 {id} 批次的明细与其散列不符", id=run.pk)
    if run.asked_digest and digest_of(rows_asked(run)) != run.asked_digest:
        yield say("第 {id} 批次送审的支付申请与其散列不符", id=run.pk)
