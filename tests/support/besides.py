"""A run of which the bank pays something besides: twice, too much, again, to a stranger."""

from __future__ import annotations

from datetime import date

from kaoji.benefits.movements import ENTRIES, Account, MovementKind
from kaoji.subjects.benefits.actions.decide_overpayment import decide_overpayment
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.regain_overpayment import regain_overpayment
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Movement, Overpayment, ReturnFile, Run, Try
from kaoji.subjects.benefits.queries.overpaid import undecided_of
from support.paid import Office, day, line, returned

BANK_SAYS = "银行 2023-07-17 书面确认"
QUARTER = {"王": 22_500, "李": 45_000, "张": 54_000, "赵": 105_000}
"""By the first sign of the name what July's run sends them."""


def now(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def sent_to(name: str, number_: int = 1) -> Try:
    return Try.objects.get(payment__person__name_masked__startswith=name, number=number_)


def read(office: Office, run: Run, *lines: str, besides: str = "", at: int = 18) -> ReturnFile:
    return read_return(
        run, returned(run, *lines), besides=besides, acting_user=office.cashier, now=day(7, at)
    )


def balance(account: Account) -> int:
    """An account as the movements leave it; debits above zero."""
    found = 0
    for each in Movement.objects.all():
        debit, credit = ENTRIES[MovementKind(each.kind)]
        fen = -each.fen if each.counter else each.fen
        found += fen * ((debit is account) - (credit is account))
    return found


def bank_paid() -> int:
    return -balance(Account.BANK)


def credited_twice(office: Office, run: Run) -> Overpayment:
    """张秋's line fails and is sent again; both are credited in the end."""
    office.answered(run, failed=("张",))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    again = office.sent(office.approved(again, now=day(7, 19)), now=day(7, 19))
    office.answered(again, on="2023-07-20", now=day(7, 20))
    read(office, run, line(sent_to("张"), "S", on="2023-07-21", at=1), at=21)
    return Overpayment.objects.get()


def stranger(run: Run, *, at: int = 1, outcome: str = "S", on: str = "2023-07-14") -> str:
    return f"{at}|300.00|{on}|{outcome}||{'退汇' if outcome == 'R' else ''}|X9-77"


def everything_besides(office: Office, run: Run) -> Run:
    """Paid twice and given back in part, too much, again, to a stranger, who is taken back; all decided; closed."""
    twice = credited_twice(office, run)
    decide_overpayment(
        twice, "payee", reason="张秋已来电", acting_user=office.checker, now=day(7, 23)
    )
    regain_overpayment(
        twice, 20_000, on=date(2023, 7, 24), paper="张秋进账单", acting_user=office.cashier,
        now=day(7, 24),
    )  # fmt: skip
    read(
        office, run, line(sent_to("李"), "S", on="2023-07-24", at=1, fen=50_000),
        stranger(run, at=2, on="2023-07-24"), besides=BANK_SAYS, at=25,
    )  # fmt: skip
    for each in undecided_of(run):
        decide_overpayment(
            each.row, "bank", reason="已发函", acting_user=office.checker, now=day(7, 26)
        )
    office.closed(Run.objects.get(resends=run), now=day(7, 27))
    office.closed(now(run), now=day(7, 27))
    read(office, now(run), stranger(run, outcome="R", on="2023-07-28"), at=28)
    return now(run)
