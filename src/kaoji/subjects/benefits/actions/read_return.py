"""Read what came back from the bank: files in any order, but every line of one, or none.

A line that answers nothing of ours, says twice in a file the same, or names another amount is refused at its
line: a file with one such line is another bank's, another month's, or has been worked upon – until somebody says
on which word of the bank it was paid after all. What an earlier file said just so is passed over: a bank may tell
the whole month each time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.digests import digest_of, hashed_words
from kaoji.benefits.fen import written_fen
from kaoji.benefits.identity import veiled
from kaoji.benefits.movements import MovementKind, Part
from kaoji.benefits.payments import Outcome
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import Sentence, say
from kaoji.documents.banks.answers import ReturnReading
from kaoji.documents.banks.answers import read_return as read_answers
from kaoji.documents.banks.layout import bank_layouts
from kaoji.platform.events.event_log import record_event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import (
    book,
    held_run,
    moment_in,
    move,
    require_for,
    state_of,
    take_duty,
)
from kaoji.subjects.benefits.actions.matching import sorted_lines
from kaoji.subjects.benefits.actions.overpaying import OfTries, kept_besides, kept_of_answers
from kaoji.subjects.benefits.actions.register_overpaid import register_overpaid
from kaoji.subjects.benefits.actions.reversals import Placed
from kaoji.subjects.benefits.actions.tallying import tallied
from kaoji.subjects.benefits.models import (
    BankFile,
    Overpayment,
    Regained,
    ReturnFile,
    ReturnLine,
    Run,
    Try,
)
from kaoji.subjects.benefits.queries.money import (
    all_answered,
    besides_in,
    entangled,
    money_of,
    moved_in,
    parts_since,
    where_of,
)
from kaoji.subjects.benefits.queries.stops import refused_people
from kaoji.workflow.roles import MAY_PAY_BENEFITS

_BLOCK = 2_000
_MOST_TOLD, _LONGEST = 200, 500
_HEARS = {RunState.SENT, RunState.RECONCILED, RunState.CLOSED}


def read_return(
    run: Run, content: bytes, *, besides: str = "", acting_user: User, now: datetime
) -> ReturnFile:
    """Read it by the layout that the run was sent in, match and book it; nothing half-entered.

    *besides* says on which word of the bank lines that nobody sent so were credited all the same. Raises
    UnableToImport with every line at fault.
    """
    require_for(acting_user, MAY_PAY_BENEFITS, run)
    register_overpaid(run, acting_user=acting_user, now=now)
    with transaction.atomic():
        held = held_run(run)
        if held.state not in _HEARS:
            raise UnableToAct(
                say(
                    "批次现在是“{state}”，还没有发送，不会有回盘",
                    state=state_of(held),
                )
            )
        layout, reading = _read(held, content)
        _require_readable(reading)
        _require_new(reading.sha256)
        rows = Try.objects.filter(file__run=held).select_related("file")
        tries = {each.reference: each for each in rows.defer("file__sealed")}
        found = sorted_lines(held, reading, tries, confirmed=bool(besides.strip()))
        if found.refusals:
            raise UnableToImport(tuple(found.refusals[:_MOST_TOLD]))
        _require_taken(found.answers, tries)
        duty = take_duty(held, Duty.PAY, acting_user, now)
        at = moment_in(held, now)
        file = _kept(held, layout, reading, found.answers, tries, besides, acting_user, at)
        extra = kept_besides(file, found.besides, found.back, acting_user=acting_user, now=at)
        moved = _moved(held, file, tries)
        twice = kept_of_answers(
            file, moved.besides_before, moved.besides, acting_user=acting_user, now=at
        )
        parts = [*moved.parts, *extra.parts]
        booked = book(held, parts, on=localdate(now), cause=f"return:{file.pk}", now=now)
        waits = refused_people(held, now)
        if held.state == RunState.SENT and all_answered(held) and not waits:
            move(held, "reconcile")
            held.save()
        of = held.resends or held
        # The rates of a run are pinned when it is closed, not by what is said of the small one before.
        closed = held.state == of.state == RunState.CLOSED
        rates = tallied(of, at) if closed else []
        overpaid = [*extra.overpayments, *twice]
        record_event(
            "benefits.overpaid_read" if overpaid or extra.regained else "benefits.return_read",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "count": file.count,
                "credited": file.credited,
                "failed": file.failed,
                "sha256": file.sha256,
                "digest": file.digest,
                **_told_besides(overpaid, extra.regained),
            },
            rows=[held, duty, file, *booked, *rates, *overpaid, *extra.regained],
        )
    return file


def _told_besides(overpaid: list[Overpayment], regained: list[Regained]) -> dict[str, Any]:
    if not overpaid and not regained:
        return {}
    yuan = written_fen(sum(row.fen for row in overpaid))
    return {"besides": len(overpaid), "yuan": yuan, "back": len(regained)}


@dataclass(frozen=True)
class _Moves:
    """What a file moves, and what the bank has paid besides by its answers, with it and before it."""

    parts: list[Part]
    besides_before: OfTries
    besides: OfTries


def _moved(run: Run, file: ReturnFile, tries: dict[str, Try]) -> _Moves:
    """What the file moves: of who was sent one line and answered once, just that; of others by replaying."""
    months = {month for each in tries.values() for month, _fen in each.months}
    of = run.resends or run
    replayed = entangled(of, months)
    before = money_of(of, months, replayed, without=file)
    after = money_of(of, months, replayed)
    parts = parts_since(of, after, moved_in(of, before))
    where = where_of(run)
    by_key = {each.pk: each for each in tries.values()}
    names = ("answers", "answers__payment__person", "outcome")
    for key, person, outcome in file.answered.values_list(*names).iterator():
        if person not in replayed:
            parts += [
                Part(kind, fen, where[person, month])
                for kind in _BOOKED[Outcome(outcome)]
                for month, fen in by_key[key].months
            ]
    return _Moves(parts, besides_in(before), besides_in(after))


# What the first answer to a line moves. What the bank returns it had paid, whether or not it said so.
_BOOKED: dict[Outcome, tuple[MovementKind, ...]] = {
    Outcome.PENDING: (),
    Outcome.CREDITED: (MovementKind.CREDIT,),
    Outcome.FAILED: (MovementKind.FAIL,),
    Outcome.RETURNED: (MovementKind.CREDIT, MovementKind.RETURN),
}


def _read(run: Run, content: bytes) -> tuple[str, ReturnReading]:
    """The file by the layout that the run was sent in last, or by an earlier one that the bank had refused."""
    files = BankFile.objects.filter(run=run).order_by("-part")
    layouts = list(dict.fromkeys(files.values_list("layout", flat=True)))
    if not layouts:
        raise UnableToAct(say("这一批次没有盘片"))
    readings = [(name, read_answers(bank_layouts()[name].answer, content)) for name in layouts]
    return next((each for each in readings if each[1].usable), readings[0])


def _require_readable(reading: ReturnReading) -> None:
    if not reading.usable:
        raise UnableToImport(
            tuple(
                say("第 {line} 行：{why}", line=fault.line, why=_veiled(fault.sentence))
                for fault in reading.faults[:_MOST_TOLD]
            )
        )


def _veiled(sentence: Sentence) -> Sentence:
    """The sentence without the accounts that another bank's file has where ours has something else."""
    return Sentence(
        sentence.template,
        {
            name: _veiled(value) if isinstance(value, Sentence) else veiled(str(value))
            for name, value in sentence.values.items()
        },
    )


def _require_new(sha256: str) -> None:
    known = ReturnFile.objects.filter(sha256=sha256).first()
    if known is not None:
        raise UnableToAct(
            say("这份回盘已于 {day} 读入过，没有再记一次", day=localdate(known.made_at))
        )


def _require_taken(answers: list[Placed], tries: dict[str, Try]) -> None:
    """No bank answers a file that nobody brought there."""
    for number, line in answers:
        file = tries[line.reference].file
        if file.taken_at is None:
            raise UnableToAct(
                say(
                    "第 {line} 行：盘片 {file} 还没有取走，银行不会有回盘；请先取走交银行",
                    line=number,
                    file=file.name,
                )
            )


def _kept(
    run: Run,
    layout: str,
    reading: ReturnReading,
    answers: list[Placed],
    tries: dict[str, Try],
    word: str,
    acting_user: User,
    now: datetime,
) -> ReturnFile:
    sums: defaultdict[Outcome, int] = defaultdict(int)
    for _number, line in answers:
        sums[line.outcome] += line.fen
    texts = dict(zip(reading.numbers, reading.texts, strict=True))
    rows = [
        (
            number, line.reference, line.outcome.value, line.on, line.fen,
            veiled(texts[number])[:90],
        )
        for number, line in answers
    ]  # fmt: skip
    file = ReturnFile.objects.create(
        place=run.place,
        run=run,
        layout=layout,
        sha256=reading.sha256,
        count=len(rows),
        credited=sums[Outcome.CREDITED],
        failed=sums[Outcome.FAILED] + sums[Outcome.RETURNED],
        word=veiled(word.strip())[:_LONGEST],
        digest=digest_of((*row, hashed_words(text)) for *row, text in rows),
        made_at=now,
        made_by=acting_user,
    )
    ReturnLine.objects.bulk_create(
        (
            ReturnLine(
                file=file, line=number, answers=tries[reference], outcome=outcome, on=on,
                fen=fen, text=text,
            )
            for number, reference, outcome, on, fen, text in rows
        ),
        batch_size=_BLOCK,
    )  # fmt: skip
    return file
