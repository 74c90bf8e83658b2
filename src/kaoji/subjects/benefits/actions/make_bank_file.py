"""Make the files for the bank: one line a person, each with a reference that is ours and unique for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.digests import digest_of
from kaoji.benefits.movements import MovementKind, Part, sending_cause
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.documents.banks.layout import BankLayout, bank_layouts
from kaoji.documents.banks.writing import UnableToWrite, WrittenFile, write_files
from kaoji.platform.events.event_log import record_event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.sealing import sealed
from kaoji.subjects.benefits.actions.held import (
    book,
    held_run,
    moment_in,
    move,
    require_for,
    take_duty,
)
from kaoji.subjects.benefits.models import (
    BankFile,
    PayeeAccount,
    Payment,
    Run,
    Try,
)
from kaoji.subjects.benefits.queries.asked import has_its_items, is_as_approved, what_differs
from kaoji.subjects.benefits.queries.digests import row_of_try
from kaoji.subjects.benefits.queries.left_out import left_out_of
from kaoji.subjects.benefits.queries.money import Months, where_of
from kaoji.subjects.benefits.queries.outgoing import outgoing_lines, told_unfit
from kaoji.subjects.benefits.queries.requests import (
    approved_accounts,
    blocks,
    to_pay,
)
from kaoji.subjects.benefits.queries.stops import refused_people
from kaoji.workflow.roles import MAY_PAY_BENEFITS

_BLOCK = 2_000
# Where files are with the bank already and it refused one of them whole.
_AGAIN = {RunState.FILED, RunState.SENT}


def make_bank_file(
    run: Run, layout: str, *, acting_user: User, now: datetime
) -> list[BankFile]:
    """Write what was approved and is still owed; in as many files as the bank asks for.

    Where the bank refused a file whole, its lines go out again, and nothing else. Whom the bank's file cannot hold,
    whose account is another one than was approved, and of whom on the day of a second file something is found that
    holds money, is left out, told in the event, and waits to be sent again (`why_left_out`); the others do not wait
    for them. Raises UnableToImport where it can hold nobody.
    """
    require_for(acting_user, MAY_PAY_BENEFITS, run)
    if layout not in bank_layouts():
        raise UnableToAct(say("请选择银行的文件格式"))
    with transaction.atomic():
        held = held_run(run)
        refused = refused_people(held, now) if held.state in _AGAIN else set()
        if not refused:
            move(held, "file")
        duty = take_duty(held, Duty.PAY, acting_user, now)
        owed = to_pay(held)
        if refused:
            owed = {person: months for person, months in owed.items() if person in refused}
        _require_approved(held, owed)
        accounts = approved_accounts(held, owed)
        left = left_out_of(held, layout, owed, now, again=bool(refused))
        if len(left) == len(owed):
            raise UnableToImport(told_unfit(left))
        owed = {person: months for person, months in owed.items() if person not in left}
        payments = _payments(held, owed)
        numbers = _numbers(payments)
        at = moment_in(held, now)
        references = {
            person: f"K{payment.pk}-{numbers[person]}" for person, payment in payments.items()
        }
        first = held.bank_files.count() + 1
        written = _written(bank_layouts()[layout], held, owed, accounts, references, first)
        people = {reference: person for person, reference in references.items()}
        files = []
        for part, file in enumerate(written, start=first):
            tries = [
                _try(line, reference, payments[who], numbers[who], accounts[who], owed[who])
                for line, reference in file.lines
                for who in (people[reference],)
            ]
            files.append(_kept(held, layout, part, file, tries, acting_user, at))
        held.save()
        where = where_of(held)
        sent = (
            Part(MovementKind.SEND, fen, where[person, month])
            for person, months in owed.items()
            for month, fen in months
        )
        cause = sending_cause(held.pk, first)
        booked = book(held, sent, on=localdate(now), cause=cause, now=now)
        record_event(
            "benefits.file_made_without" if left else "benefits.file_made",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "bank": bank_layouts()[layout].title,
                "files": len(files),
                "count": sum(file.count for file in files),
                "fen": sum(file.fen for file in files),
                "sha256": [file.sha256 for file in files],
                # Events go home with the proof: who is left out is told by number, never by name.
                **({"left": len(left), "left_people": sorted(left)} if left else {}),
            },
            rows=[held, duty, *files, *booked],
        )
    return files


def _require_approved(run: Run, owed: Mapping[int, Months]) -> None:
    """Raise UnableToAct where there is nothing to pay, or something else than what was approved."""
    if not run.asked_digest:
        raise UnableToAct(
            say(
                "这一批次审批时没有留下支付申请，不能制盘；请经办补立支付申请，重新审批后由补立的批次发放"
            )
        )
    if not owed:
        raise UnableToAct(say("这一批次没有要发放的款项，请经办直接关闭"))
    if is_as_approved(run) and has_its_items(run):
        return
    what = what_differs(run)
    if not has_its_items(run):
        raise UnableToAct(
            say(
                "支付申请与审批时不同（{what}），不能制盘；请审计核验办理记录，由管理员从备份恢复被改动的行",
                what=what,
            )
        )
    if run.resends_id is not None:
        raise UnableToAct(
            say(
                "支付申请与审批时不同（{what}），不能制盘；请经办撤销这一重发批次，再重发一次",
                what=what,
            )
        )
    raise UnableToAct(
        say(
            "支付申请与审批时不同（{what}），不能制盘；请经办补立支付申请，重新审批后由补立的批次发放",
            what=what,
        )
    )


def _payments(run: Run, owed: Mapping[int, Months]) -> dict[int, Payment]:
    of = run.resends or run
    known = set(of.payments.values_list("person_id", flat=True))
    Payment.objects.bulk_create(
        (
            Payment(run=of, person_id=person, fen=sum(fen for _, fen in months))
            for person, months in owed.items()
            if person not in known
        ),
        batch_size=_BLOCK,
    )
    return {
        each.person_id: each
        for some in blocks(owed)
        for each in of.payments.filter(person__in=some)
    }


def _numbers(payments: Mapping[int, Payment]) -> dict[int, int]:
    """By person which try of the payment it is."""
    keys = {payment.pk: person for person, payment in payments.items()}
    found = dict.fromkeys(payments, 1)
    for some in blocks(keys):
        tries = Try.objects.filter(payment__in=some).order_by().values("payment")
        for row in tries.annotate(count=Count("id")):
            found[keys[row["payment"]]] = row["count"] + 1
    return found


def _written(
    layout: BankLayout,
    run: Run,
    owed: Mapping[int, Months],
    accounts: Mapping[int, PayeeAccount],
    references: Mapping[int, str],
    first: int,
) -> list[WrittenFile]:
    outgoing = outgoing_lines(run, owed, accounts, references)
    try:
        return write_files(
            layout.upload, outgoing, batch_reference=f"K{run.pk}", first_part=first
        )
    except UnableToWrite as refused:
        people = list(owed)
        faults = {people[number - 1]: why for number, why in refused.faults}
        raise UnableToImport(told_unfit(faults)) from refused


def _try(
    line: int,
    reference: str,
    payment: Payment,
    number: int,
    account: PayeeAccount,
    owed: Months,
) -> Try:
    return Try(
        payment=payment,
        number=number,
        account=account,
        line=line,
        reference=reference,
        fen=sum(fen for _, fen in owed),
        months=[list(part) for part in owed],
    )


def _kept(
    run: Run,
    layout: str,
    part: int,
    file: WrittenFile,
    tries: list[Try],
    acting_user: User,
    now: datetime,
) -> BankFile:
    kept = BankFile.objects.create(
        run=run,
        layout=layout,
        part=part,
        sha256=file.sha256,
        count=file.count,
        fen=file.fen,
        digest=digest_of(map(row_of_try, tries)),
        sealed=sealed(file.content, purpose=f"benefits.file.{file.sha256}"),
        made_at=now,
        made_by=acting_user,
    )
    for each in tries:
        each.file = kept
    Try.objects.bulk_create(tries, batch_size=_BLOCK)
    return kept
