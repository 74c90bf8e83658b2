"""The rows that one digest covers, of lists, runs, files and answers; and those that are no longer what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from kaoji.benefits.digests import digest_of, hashed_words
from kaoji.core.speech import Sentence, say
from kaoji.platform.sealing import BrokenSeal, opened
from kaoji.subjects.benefits.models import (
    BankFile,
    Doubt,
    Item,
    LeftOut,
    PaymentRequest,
    ReceivedList,
    ReturnFile,
    Run,
    Try,
)
from kaoji.subjects.benefits.queries.requests import requests_of
from kaoji.subjects.benefits.queries.rosters import doubts_of

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

_KEY = 1  # one key has sealed everything so far
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


def rows_of_doubts(run: Run) -> Iterator[tuple[Any, ...]]:
    """What the checks found of a run's last computation."""
    for doubt in doubts_of(run).iterator(chunk_size=5_000):
        yield told_doubt(doubt)


def told_doubt(doubt: Doubt) -> tuple[Any, ...]:
    """A doubt as its digest covers it."""
    said = json.dumps(doubt.sentence, ensure_ascii=False, sort_keys=True)
    return (doubt.check_id, doubt.effect, doubt.person_id, doubt.month, said)


def row_of_try(each: Try) -> tuple[Any, ...]:
    """A line of a file for the bank as the file's digest covers it."""
    of = each.payment
    months = (number for part in each.months for number in part)
    return (
        each.line, each.reference, each.number, each.account_id, each.fen, of.pk, of.run_id,
        of.person_id, of.fen, *months,
    )  # fmt: skip


def rows_of_file(file: BankFile) -> Iterator[tuple[Any, ...]]:
    """The lines of a file for the bank: each try with its payment, its account and its months."""
    for each in file.tries.select_related("payment").iterator(chunk_size=5_000):
        yield row_of_try(each)


def rows_of_return(file: ReturnFile) -> Iterator[tuple[Any, ...]]:
    """What a file that came back says, line by line; the bank's own words, which may name a person, by their hash."""
    names = ("line", "answers__reference", "outcome", "on", "fen", "text")
    for *row, text in file.answered.values_list(*names).iterator(chunk_size=5_000):
        yield (*row, hashed_words(text))


def digest_differences() -> Iterator[Sentence]:
    """Every list, run and file whose rows are no longer those that its event told of."""
    for received in ReceivedList.objects.order_by("pk"):
        if digest_of(rows_of_list(received)) != received.digest or _told_otherwise(received):
            yield say("名单“{name}”带来的记录与其散列不符", name=received.name)
    for run in Run.objects.order_by("pk"):
        yield from _of_run(run)
    for file in BankFile.objects.order_by("pk"):
        yield from _of_file(file)
    for answer in ReturnFile.objects.order_by("pk"):
        if digest_of(rows_of_return(answer)) != answer.digest:
            yield say("第 {id} 份回盘的各行与其散列不符", id=answer.pk)


def _of_file(file: BankFile) -> Iterator[Sentence]:
    # A file that was made before its lines had a digest has none; its content has its own.
    if file.digest and digest_of(rows_of_file(file)) != file.digest:
        yield say("第 {id} 份盘片的各笔与其散列不符", id=file.pk)
    if not _is_what_was_made(file):
        yield say("第 {id} 份盘片密封的内容与其散列不符", id=file.pk)


def _told_otherwise(received: ReceivedList) -> bool:
    """What a list brought is known since the list is, where it is: else a run would not see it, or another would."""
    brought = (received.people, received.facts, received.accounts)
    elsewhere = received.people.exclude(place=received.place_id, key_number=_KEY)
    return elsewhere.exists() or any(
        rows.exclude(made_at=received.made_at).exists() for rows in brought
    )


def _is_what_was_made(file: BankFile) -> bool:
    try:
        content = opened(file.sealed, purpose=f"benefits.file.{file.sha256}")
    except BrokenSeal:
        return False
    return sha256(content).hexdigest() == file.sha256


def _of_run(run: Run) -> Iterator[Sentence]:
    found = rows_of_run(run) if run.resends_id is None else _rows_resent(run)
    resent = run.resends_id is not None and Item.objects.filter(run=run).exists()
    if resent or (run.items_digest and digest_of(found) != run.items_digest):
        yield say("第 {id} 批次的明细与其散列不符", id=run.pk)
    if run.doubts_digest and digest_of(rows_of_doubts(run)) != run.doubts_digest:
        yield say("第 {id} 批次的疑点与其散列不符", id=run.pk)
    if run.asked_digest and digest_of(rows_asked(run)) != run.asked_digest:
        yield say("第 {id} 批次送审的支付申请与其散列不符", id=run.pk)


def _rows_resent(run: Run) -> Iterator[tuple[Any, ...]]:
    """A small run has no items of its own: what it sends again stands in its requests, whoever was stopped since."""
    for person, months in PaymentRequest.objects.filter(run=run).values_list(
        "person", "months"
    ):
        yield from ((person, month, fen) for month, fen in months)
