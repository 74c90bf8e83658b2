"""A bank that did not take a file at all, and what is done then."""

from __future__ import annotations

from kaoji.subjects.benefits.actions.confirm_refusal import confirm_refusal
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.refuse_bank_file import refuse_bank_file
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.models import (
    BankFile,
    Run,
    Try,
)
from support.besides import now
from support.paid import LAYOUT, Office, day, line, returned


def reported(office: Office, run: Run, *, at: int = 8) -> None:
    refuse_bank_file(
        run.bank_files.last(),
        reason="李经理说批次号错误",
        acting_user=office.cashier,
        now=day(7, at),
    )


def refused(office: Office, run: Run, *, at: int = 8) -> None:
    """The cashier notes it, the checker asks the bank."""
    reported(office, run, at=at)
    confirm_refusal(
        run.bank_files.last(),
        reason="已向李经理核实",
        acting_user=office.checker,
        now=day(7, at),
    )


def sent_again(office: Office, run: Run, *, at: int = 9, layout: str = LAYOUT) -> BankFile:
    [file] = make_bank_file(now(run), layout, acting_user=office.cashier, now=day(7, at))
    take_bank_file(file, acting_user=office.cashier, now=day(7, at))
    return file


def answered(
    office: Office, run: Run, tries: list[Try], *, at: int = 17, besides: str = ""
) -> None:
    lines = [line(each, "S", on="2023-07-14", at=n) for n, each in enumerate(tries, start=1)]
    read_return(
        now(run), returned(run, *lines), besides=besides, acting_user=office.cashier,
        now=day(7, at),
    )  # fmt: skip
