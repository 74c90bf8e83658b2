"""What a run paid, left out, doubted and when it heard of it is vouched for: any change of it is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import F

from kaoji.platform.sealing import sealed
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import (
    BankFile,
    Doubt,
    Fact,
    LeftOut,
    PayeeAccount,
    Payment,
    PaymentRequest,
    Person,
    ReturnLine,
    Run,
    Try,
)
from kaoji.subjects.benefits.queries.digests import digest_differences
from kaoji.subjects.benefits.queries.requests import looked_at
from support.forging import unguarded
from support.paid import PEOPLE, Office, day, number, row, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid() -> Run:
    """王春 has no account and is left out; 张秋's payment fails and is sent again, 赵冬's is stopped on the way."""
    office = Office()
    office.receive(sheet(row("王春", account=""), *map(row, ("李夏", "张秋", "赵冬"))))
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("张", "赵"))
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18))
    again = resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 19))
    for doubt in Doubt.objects.filter(run=again, effect="hold"):
        decide_doubt(doubt, "stop", reason="死亡", acting_user=office.checker, now=day(7, 20))
    again = Run.objects.get(pk=again.pk)
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    assert not list(digest_differences())
    return again


def of_the_resending(table) -> object:
    return table.objects.filter(run__resends__isnull=False)


FORGERIES: dict[str, tuple[type, Callable[[], object], str]] = {
    "an account of a try": (
        Try, lambda: Try.objects.filter(number=2).update(account=PayeeAccount.objects.first()),
        "盘片的各笔与其散列不符",
    ),
    "the months of a try": (
        Try, lambda: Try.objects.filter(number=1).update(months=[]), "盘片的各笔与其散列不符",
    ),
    "the sum of a payment": (
        Payment, lambda: Payment.objects.update(fen=F("fen") + 1), "盘片的各笔与其散列不符",
    ),
    "a file's sealed content": (
        BankFile,
        lambda: BankFile.objects.update(sealed=sealed(b"x", purpose="benefits.file.x")),
        "盘片密封的内容与其散列不符",
    ),
    "why something was left out": (
        LeftOut, lambda: LeftOut.objects.update(why="stopped"), "支付申请与其散列不符",
    ),
    "that something was left out": (
        LeftOut, lambda: LeftOut.objects.all().delete(), "支付申请与其散列不符",
    ),
    "a doubt that held money": (
        Doubt, lambda: Doubt.objects.filter(effect="hold").update(effect="warn"),
        "疑点与其散列不符",
    ),
    "what is sent again": (
        PaymentRequest, lambda: of_the_resending(PaymentRequest).update(fen=1),
        "支付申请与其散列不符",
    ),
    "since when a person is known": (
        Person, lambda: Person.objects.update(made_at=day(6, 1)), "带来的记录与其散列不符",
    ),
    "which office a person belongs to": (
        Person, lambda: Person.objects.update(place=Office().town("方松街道")),
        "带来的记录与其散列不符",
    ),
    "by which key a person is known": (
        Person, lambda: Person.objects.update(key_number=2), "带来的记录与其散列不符",
    ),
    "since when a death is known": (
        Fact, lambda: Fact.objects.filter(kind="death").update(made_at=day(7, 1)),
        "带来的记录与其散列不符",
    ),
    "since when an account is known": (
        PayeeAccount, lambda: PayeeAccount.objects.update(made_at=day(6, 1)),
        "带来的记录与其散列不符",
    ),
    "what the bank said": (
        ReturnLine, lambda: ReturnLine.objects.filter(outcome="failed").update(outcome="credited"),
        "回盘的各行与其散列不符",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGERIES)
def test_whoever_changes_it_past_the_program_is_found_out(paid: Run, what: str):
    table, forge, why = FORGERIES[what]
    unguarded(table._meta.db_table)

    assert forge()

    assert any(why in str(told) for told in digest_differences())


def test_a_request_that_nobody_signed_makes_no_account_looked_at(paid: Run):
    office = Office()
    office.receive(
        sheet(row("王春", account="6222021001110099999")), as_of=date(2023, 7, 23),
        now=day(7, 23), name="账户.csv",
    )  # fmt: skip
    account = PayeeAccount.objects.get(person__name_masked="王**")
    assert not PayeeAccount.objects.filter(looked_at(paid), pk=account.pk).exists()

    PaymentRequest.objects.create(
        run=paid, computation=9, person=account.person, account=account, fen=1, months=[]
    )

    assert not PayeeAccount.objects.filter(looked_at(paid), pk=account.pk).exists()
