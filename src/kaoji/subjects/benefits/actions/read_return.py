"""Read what came back from the bank: files in any order, but every line of one, or none.

A line that answers nothing of ours, says twice in a file the same, or names another amount is refused at its
line: a file with one such line is another bank's, another month's, or has been worked upon. What an earlier
file said just so is passed over: a bank may tell the whole month each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.digests import digest_of, hashed_words
from kaoji.benefits.fen import written_fen
from kaoji.benefits.identity import veiled
from kaoji.benefits.movements import MovementKind, Part
from kaoji.benefits.payments import (
    BankLine,
    Judged,
    Outcome,
    TryState,
    Verdict,
    judge,
    state_of_try,
)
from kaoji.benefits.payments import Try as Sent
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
from kaoji.subjects.benefits.actions.tallying import tallied
from kaoji.subjects.benefits.models import BankFile, ReturnFile, ReturnLine, Run, Try
from kaoji.subjects.benefits.queries.money import (
    entangled,
    money_of,
    moved_in,
    parts_since,
    where_of,
)
from kaoji.workflow.roles import MAY_PAY_BENEFITS

_BLOCK = 2_000
_MOST_TOLD = 200
_HEARS = {RunState.SENT, RunState.RECONCILED, RunState.CLOSED}


def read_return(run: Run, content: bytes, *, acting_user: User, now: datetime) -> ReturnFile:
    """Read it by the layout that the run was sent in, match and book it; nothing half-entered.

    Raises UnableToImport with every line at fault.
    """
    require_for(acting_user, MAY_PAY_BENEFITS, run)
    with transaction.atomic():
        held = held_run(run)
        if held.state not in _HEARS:
            raise UnableToAct(
                say(
                    "批次现在是“{state}”，还没有发送，不会有回盘",
                    state=state_of(held),
                )
            )
        sent_in = BankFile.objects.filter(run=held).first()
        if sent_in is None:
            raise UnableToAct(say("这一批次没有盘片"))
        reading = read_answers(bank_layouts()[sent_in.layout].answer, content)
        _require_readable(reading)
        _require_new(reading.sha256)
        tries = {each.reference: each for each in Try.objects.filter(file__run=held)}
        said = list(_said(held, tries))
        reading = _news(reading, said)
        judged = judge(
            reading.lines,
            [Sent(each.reference, str(each.payment_id), each.fen) for each in tries.values()],
            seen=said,
        )
        refusals = [*_refused(judged, reading)]
        if refusals:
            raise UnableToImport(tuple(refusals[:_MOST_TOLD]))
        duty = take_duty(held, Duty.PAY, acting_user, now)
        at = moment_in(held, now)
        file = _kept(held, sent_in.layout, reading, tries, acting_user, at)
        parts = _moved(held, file, tries)
        booked = book(held, parts, on=localdate(now), cause=f"return:{file.pk}", now=now)
        if held.state == RunState.SENT and _all_answered(held):
            move(held, "reconcile")
            held.save()
        of = held.resends or held
        # The rates of a run are pinned when it is closed, not by what is said of the small one before.
        closed = held.state == of.state == RunState.CLOSED
        rates = tallied(of, at) if closed else []
        record_event(
            "benefits.return_read",
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
            },
            rows=[held, duty, file, *booked, *rates],
        )
    return file


def _moved(run: Run, file: ReturnFile, tries: dict[str, Try]) -> list[Part]:
    """What the file moves: of who was sent one line and answered once, just that; of others by replaying."""
    months = {month for each in tries.values() for month, _fen in each.months}
    of = run.resends or run
    replayed = entangled(of, months)
    before = moved_in(of, money_of(of, months, replayed, without=file))
    parts = parts_since(of, money_of(of, months, replayed), before)
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
    return parts


# What the first answer to a line moves. What the bank returns it had paid, whether or not it said so.
_BOOKED: dict[Outcome, tuple[MovementKind, ...]] = {
    Outcome.PENDING: (),
    Outcome.CREDITED: (MovementKind.CREDIT,),
    Outcome.FAILED: (MovementKind.FAIL,),
    Outcome.RETURNED: (MovementKind.CREDIT, MovementKind.RETURN),
}


def _require_readable(reading: ReturnReading) -> None:
    if not reading.usable:
        raise UnableToImport(
            tuple(
                say("第 {line} 行：{why}", line=fault.line, why=_veiled(fault.sentence))
                for fault in reading.faults[:_MOST_TOLD]
            )
        )


def _news(reading: ReturnReading, said: Iterable[BankLine]) -> ReturnReading:
    """The file without what an earlier one said just so. Raises UnableToAct where that is all of it."""
    known = {(line.reference, line.on, line.outcome, line.fen) for line in said}
    fresh = [
        at
        for at, line in enumerate(reading.lines)
        if (line.reference, line.on, line.outcome, line.fen) not in known
    ]
    if reading.lines and not fresh:
        raise UnableToAct(say("这份回盘的每一笔都已读入过，没有新的结果"))
    return replace(
        reading,
        lines=tuple(reading.lines[at] for at in fresh),
        numbers=tuple(reading.numbers[at] for at in fresh),
        texts=tuple(reading.texts[at] for at in fresh),
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


def _said(run: Run, tries: dict[str, Try]) -> Iterator[BankLine]:
    """What earlier files said of the run's tries."""
    by_key = {each.pk: reference for reference, each in tries.items()}
    rows = ReturnLine.objects.filter(answers__file__run=run)
    for key, on, outcome, fen in rows.values_list("answers", "on", "outcome", "fen"):
        yield BankLine(on, Outcome(outcome), by_key[key], fen)


def _refused(judged: Iterable[Judged], reading: ReturnReading) -> Iterator[Sentence]:
    """Why a line is not taken, at its line in the file."""
    verdicts = list(judged)
    unknown = [each.line.reference for each in verdicts if each.verdict is Verdict.UNKNOWN]
    elsewhere = Try.objects.filter(reference__in=unknown[:_MOST_TOLD])
    others = {each.reference: each.file.run for each in elsewhere.select_related("file__run")}
    for number, found in zip(reading.numbers, verdicts, strict=True):
        why = _why(found, others)
        if why is not None:
            yield say("第 {line} 行：{why}", line=number, why=why)


def _why(found: Judged, others: dict[str, Run]) -> Sentence | None:
    reference = found.line.reference
    if found.verdict is Verdict.UNKNOWN and reference in others:
        return say(
            "参考号 {reference} 是 {month} 另一批次的，请到那一批次读入",
            reference=reference,
            month=others[reference].written,
        )
    if found.verdict is Verdict.UNKNOWN:
        return say(
            "参考号“{reference}”不是我们发出的；是否拿错了文件？", reference=veiled(reference)
        )
    if found.verdict is Verdict.REPEATED:
        return say("参考号 {reference} 的这一结果已经说过，重复了", reference=reference)
    if found.verdict is Verdict.AMOUNT and found.answers is not None:
        return say(
            "参考号 {reference} 发出 {sent} 元，回盘是 {said} 元，金额不符；请向银行核实",
            reference=reference,
            sent=written_fen(found.answers.fen),
            said=written_fen(found.line.fen),
        )
    return None


def _kept(
    run: Run,
    layout: str,
    reading: ReturnReading,
    tries: dict[str, Try],
    acting_user: User,
    now: datetime,
) -> ReturnFile:
    sums: defaultdict[Outcome, int] = defaultdict(int)
    for line in reading.lines:
        sums[line.outcome] += line.fen
    rows = [
        (number, line.reference, line.outcome.value, line.on, line.fen, veiled(text)[:90])
        for number, line, text in zip(
            reading.numbers, reading.lines, reading.texts, strict=True
        )
    ]
    file = ReturnFile.objects.create(
        place=run.place,
        run=run,
        layout=layout,
        sha256=reading.sha256,
        count=len(rows),
        credited=sums[Outcome.CREDITED],
        failed=sums[Outcome.FAILED] + sums[Outcome.RETURNED],
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


def _all_answered(run: Run) -> bool:
    """Has every line that was sent an answer that stands?"""
    heard: defaultdict[int, list[BankLine]] = defaultdict(list)
    lines = ReturnLine.objects.filter(answers__file__run=run)
    for key, on, outcome, fen in lines.values_list("answers", "on", "outcome", "fen"):
        heard[key].append(BankLine(on, Outcome(outcome), "", fen))
    sent = Try.objects.filter(file__run=run).values_list("id", flat=True)
    return all(state_of_try(heard.get(key, ())) is not TryState.SENT for key in sent)
