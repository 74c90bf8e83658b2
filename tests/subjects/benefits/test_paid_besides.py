"""What the bank pays besides is booked, asked back from somebody, and lets nobody close a run quietly."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.movements import Account
from kaoji.platform.events.models import Event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.organisation.actions.permission import NotPermitted
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.decide_overpayment import decide_overpayment
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.regain_overpayment import regain_overpayment
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import (
    Overpayment,
    ReturnFile,
    Run,
    Tally,
)
from kaoji.subjects.benefits.queries.digests import digest_differences
from kaoji.subjects.benefits.queries.money import payable_of
from kaoji.subjects.benefits.queries.overpaid import overpaid_of, undecided_of
from support.besides import (
    BANK_SAYS,
    QUARTER,
    balance,
    bank_paid,
    credited_twice,
    now,
    read,
    sent_to,
    stranger,
)
from support.paid import JULY, PEOPLE, Office, day, line, number, returned, sheet

pytestmark = pytest.mark.django_db


# ---- the first try and what was sent again, both credited


def test_what_was_credited_twice_is_booked_and_owed_by_who_got_it(office: Office, run: Run):
    found = credited_twice(office, run)

    assert (found.why, found.fen, found.line) == ("twice", 54_000, 2)
    assert bank_paid() == sum(QUARTER.values()) + 54_000
    assert balance(Account.RECEIVABLE) == 54_000
    assert balance(Account.PAYABLE) == balance(Account.IN_TRANSIT) == 0
    assert str(overpaid_of(run)[0].sentence) == (
        f"张** 310117********01**：银行 2023-07-21 多付 540.00 元（首发与重发都到账），"
        f"见第 {found.file_id} 份回盘第 2 行"
    )
    told = Event.objects.get(type="benefits.overpaid_read").payload
    assert (told["besides"], told["yuan"], told["back"]) == (1, "540.00", 0)
    assert not list(digest_differences())


def test_nobody_closes_a_run_while_that_is_undecided(office: Office, run: Run):
    found = credited_twice(office, run)

    with pytest.raises(UnableToAct, match=r"多付的 1 笔还没有决定.*张\*\*.*540\.00 元"):
        office.closed(now(run), now=day(7, 23))
    decide_overpayment(
        found, "payee", reason="已电话告知", acting_user=office.checker, now=day(7, 23)
    )

    small = Run.objects.get(resends=run)
    assert office.closed(small, now=day(7, 24)).state == "closed"
    assert office.closed(now(run), now=day(7, 24)).state == "closed"
    # Of the town's six months the three of 张秋 were paid twice over.
    wrong = Tally.objects.get(town__name="方松街道", statistic="right_items", basis="now")
    assert (wrong.numerator, wrong.denominator) == (3, 6)
    money = Tally.objects.get(town__name="方松街道", statistic="right_money", basis="now")
    assert (money.numerator, money.denominator) == (105_000, 159_000)


def test_a_line_that_takes_it_back_settles_it_by_itself(office: Office, run: Run):
    credited_twice(office, run)

    read(office, run, line(sent_to("张"), "R", on="2023-07-25", at=1), at=25)

    assert [each.open for each in overpaid_of(run)] == [0]
    assert bank_paid() == sum(QUARTER.values())
    assert balance(Account.RECEIVABLE) == 0
    assert payable_of(run) == {}


def test_where_the_other_line_comes_back_the_one_too_many_is_the_payment(
    office: Office, run: Run
):
    credited_twice(office, run)
    small = Run.objects.get(resends=run)

    read(office, small, line(sent_to("张", 2), "R", on="2023-07-25", at=1), at=25)

    assert undecided_of(run) == []
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (sum(QUARTER.values()), 0)
    assert payable_of(run) == {}


def test_what_the_person_gives_back_is_noted_part_by_part(office: Office, run: Run):
    found = credited_twice(office, run)

    def give(fen: int, on: date = date(2023, 7, 25)) -> None:
        regain_overpayment(
            found, fen, on=on, paper="进账单 12", acting_user=office.cashier, now=day(7, 26)
        )

    with pytest.raises(UnableToAct, match="还没有决定向谁追回"):
        give(20_000)
    decide_overpayment(
        found, "payee", reason="已告知", acting_user=office.checker, now=day(7, 23)
    )
    with pytest.raises(UnableToAct, match=r"540\.01 元超出还没有收回的 540\.00 元"):
        give(54_001)
    with pytest.raises(UnableToAct, match="2023-07-20 不在多付之日 2023-07-21 和今天之间"):
        give(20_000, date(2023, 7, 20))
    give(20_000)
    assert [each.open for each in overpaid_of(run)] == [34_000]
    give(34_000)

    assert [each.open for each in overpaid_of(run)] == [0]
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (sum(QUARTER.values()), 0)


def test_who_gave_part_of_it_back_is_owed_that_when_the_bank_takes_all_back(
    office: Office, run: Run
):
    found = credited_twice(office, run)
    decide_overpayment(
        found, "payee", reason="已告知", acting_user=office.checker, now=day(7, 23)
    )
    regain_overpayment(
        found, 20_000, on=date(2023, 7, 25), paper="进账单", acting_user=office.cashier,
        now=day(7, 25),
    )  # fmt: skip

    read(office, run, line(sent_to("张"), "R", on="2023-07-26", at=1), at=26)

    [months] = payable_of(run).values()
    assert sum(fen for _, fen in months) == 20_000
    assert balance(Account.RECEIVABLE) == 0


def test_a_late_credit_of_what_was_cancelled_is_owed_back(office: Office, run: Run):
    """王春 died on 20 June; the line failed, the next run cancels it, and then the bank credits it after all."""
    office.answered(run, failed=("王",))
    office.closed(now(run), now=day(7, 18))
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 1), now=day(8, 1))
    august = office.computed(JULY + 1, now=day(8, 2))
    office.approved(office.confirmed(august, now=day(8, 3)), now=day(8, 4))
    late = returned(run, line(sent_to("王"), "S", on="2023-08-05", at=1))

    read_return(now(run), late, acting_user=office.cashier, now=day(8, 6))

    [found] = undecided_of(run)
    assert (found.row.why, found.open) == ("late", 22_500)
    assert bank_paid() == sum(QUARTER.values())
    assert balance(Account.RECEIVABLE) == 22_500


# ---- what nobody had sent so: refused at its line, until the bank stands by it


def test_more_than_was_sent_is_refused_until_the_bank_stands_by_it(office: Office, run: Run):
    more = line(sent_to("王"), "S", on="2023-07-14", at=1, fen=30_000)
    with pytest.raises(UnableToImport) as refused:
        read(office, run, more)
    assert "发出 225.00 元，回盘是 300.00 元，金额不符" in str(refused.value.refusals[0])
    assert "登记为多付" in str(refused.value.refusals[0])
    assert not ReturnFile.objects.exists()

    read(office, run, more, besides=BANK_SAYS)

    [found] = undecided_of(run)
    assert (found.row.why, found.open, found.row.file.word) == ("more", 7_500, BANK_SAYS)
    assert bank_paid() == 30_000
    assert balance(Account.RECEIVABLE) == 7_500


@pytest.mark.parametrize(
    ("back", "paid", "owed"),
    [(7_500, 22_500, 0), (30_000, 0, 22_500), (22_500, 7_500, 15_000)],
)
def test_the_bank_takes_back_what_was_too_much_or_all_of_it(
    office: Office, run: Run, back: int, paid: int, owed: int
):
    more = line(sent_to("王"), "S", on="2023-07-14", at=1, fen=30_000)
    read(office, run, more, besides=BANK_SAYS)

    read(office, run, line(sent_to("王"), "R", on="2023-07-18", at=1, fen=back), at=19)

    assert bank_paid() == paid
    mine = sent_to("王").payment.person_id
    assert sum(fen for _, fen in payable_of(run).get(mine, [])) == owed
    assert balance(Account.RECEIVABLE) == 0


def test_less_than_was_sent_is_refused_whatever_anybody_says(office: Office, run: Run):
    less = line(sent_to("王"), "S", on="2023-07-14", at=1, fen=20_000)

    with pytest.raises(UnableToImport, match="金额不符"):
        read(office, run, less, besides=BANK_SAYS)


def test_the_same_line_on_another_day_is_asked_about_and_then_owed(office: Office, run: Run):
    office.answered(run)
    twice = line(sent_to("李"), "S", on="2023-07-20", at=1)
    with pytest.raises(UnableToImport, match=r"已经到账，这里又说 2023-07-20 到账 450\.00 元"):
        read(office, run, twice, at=20)

    read(office, run, twice, besides=BANK_SAYS, at=20)

    assert [(each.row.why, each.open) for each in undecided_of(run)] == [("again", 45_000)]
    assert bank_paid() == sum(QUARTER.values()) + 45_000
    read(office, run, line(sent_to("李"), "R", on="2023-07-22", at=1), at=22)
    assert undecided_of(run) == []
    assert payable_of(run) == {}
    assert bank_paid() == sum(QUARTER.values())


def test_the_same_line_twice_in_a_file_is_asked_about_and_then_owed(office: Office, run: Run):
    lines = [line(sent_to("李"), "S", on="2023-07-14", at=at) for at in (1, 2)]
    with pytest.raises(UnableToImport, match="重复了"):
        read(office, run, *lines)

    read(office, run, *lines, besides=BANK_SAYS)

    assert [(each.row.why, each.row.line) for each in undecided_of(run)] == [("again", 3)]
    with pytest.raises(UnableToAct, match="每一笔都已读入过"):
        read(office, run, *reversed(lines), at=19)


def test_whom_nobody_sent_anything_is_owed_by_the_bank(office: Office, run: Run):
    office.answered(run)
    with pytest.raises(UnableToImport, match="“X9-77”不是我们发出的"):
        read(office, run, stranger(run))
    read(office, run, stranger(run), besides=BANK_SAYS)
    [found] = undecided_of(run)
    assert str(found.sentence).startswith("参考号“X9-77”：银行 2023-07-14 多付 300.00 元")
    assert bank_paid() == sum(QUARTER.values()) + 30_000

    with pytest.raises(UnableToAct, match="没有登记收款人，只能由银行追回"):
        decide_overpayment(
            found.row, "payee", reason="x", acting_user=office.checker, now=day(7, 19)
        )
    decide_overpayment(
        found.row, "bank", reason="已发函", acting_user=office.checker, now=day(7, 19)
    )
    office.closed(now(run), now=day(7, 20))

    rate = Tally.objects.get(town=office.place, statistic="right_items", basis="now")
    assert (rate.numerator, rate.denominator) == (0, 1)
    wrong = stranger(run, outcome="R", on="2023-07-25").replace("300.00", "299.00")
    with pytest.raises(UnableToImport, match=r"还有 300\.00 元没有收回，这里冲回 299\.00 元"):
        read(office, now(run), wrong, at=25)
    read(office, now(run), stranger(run, outcome="R", on="2023-07-25"), at=25)
    assert [each.open for each in overpaid_of(run)] == [0]
    assert bank_paid() == sum(QUARTER.values())
    assert not list(digest_differences())


def test_a_line_of_another_run_is_read_there_whatever_anybody_says(office: Office, run: Run):
    office.answered(run, failed=("张",))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 19))
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))

    with pytest.raises(UnableToImport, match="另一批次的，请到那一批次读入"):
        read(
            office, again, line(sent_to("张"), "S", on="2023-07-21", at=1),
            besides=BANK_SAYS, at=22,
        )  # fmt: skip


def test_a_bank_may_tell_again_what_it_paid_besides(office: Office, run: Run):
    more = line(sent_to("王"), "S", on="2023-07-14", at=1, fen=30_000)
    read(office, run, more, stranger(run, at=2), besides=BANK_SAYS)

    with pytest.raises(UnableToAct, match="每一笔都已读入过"):
        read(office, run, stranger(run), more.replace("1|", "2|", 1), at=19)

    assert Overpayment.objects.count() == 2


@pytest.mark.parametrize("who", ["clerk", "cashier"])
def test_only_who_checks_decides_and_nobody_twice(office: Office, run: Run, who: str):
    found = credited_twice(office, run)

    with pytest.raises(NotPermitted):
        decide_overpayment(
            found, "payee", reason="x", acting_user=getattr(office, who), now=day(7, 23)
        )
    with pytest.raises(UnableToAct, match="请写明理由"):
        decide_overpayment(
            found, "payee", reason=" ", acting_user=office.checker, now=day(7, 23)
        )
    decide_overpayment(found, "bank", reason="x", acting_user=office.checker, now=day(7, 23))
    with pytest.raises(UnableToAct, match="已经有人决定"):
        decide_overpayment(
            found, "payee", reason="x", acting_user=office.checker, now=day(7, 23)
        )
