"""However the bank's lines are cut into files and ordered, nobody is paid twice, and nobody's money is lost."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from kaoji.benefits.movements import Account
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.decide_overpayment import decide_overpayment
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.regain_overpayment import regain_overpayment
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Overpayment, Regained, Run
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
from support.proved import proof_of, told

pytestmark = pytest.mark.django_db
ALL = sum(QUARTER.values())
NO_FAULT: dict[str, list[str]] = {"V1": [], "V2": [], "V3": []}


def owed_to(run: Run, name: str) -> int:
    return sum(fen for _, fen in payable_of(run).get(sent_to(name).payment.person_id, []))


def decided(office: Office, row: Overpayment, *, at: tuple[int, int] = (7, 23)) -> None:
    decide_overpayment(row, "payee", reason="已告知", acting_user=office.checker, now=day(*at))


def given_back(
    office: Office, row: Overpayment, fen: int, *, at: tuple[int, int] = (7, 24)
) -> None:
    regain_overpayment(
        row, fen, on=date(2023, *at), paper="进账单", acting_user=office.cashier, now=day(*at)
    )


def all_but(office: Office, run: Run, name: str) -> None:
    office.answered(run, only=tuple(set("王李张赵") - {name}))


# ---- a second credit and its reversal

SECOND = {"S14": ("S", "2023-07-14"), "S20": ("S", "2023-07-20"), "R22": ("R", "2023-07-22")}


@pytest.mark.parametrize("order", [*permutations(SECOND)], ids="-".join)
def test_a_second_credit_that_was_taken_back_leaves_the_payment(
    office: Office, run: Run, order: tuple[str, ...]
):
    office.who("审计只读")
    all_but(office, run, "李")
    for at, name in enumerate(order, start=22):
        outcome, on = SECOND[name]
        read(office, run, line(sent_to("李"), outcome, on=on, at=1), besides=BANK_SAYS, at=at)

    assert payable_of(run) == {}
    assert undecided_of(run) == []
    assert (bank_paid(), balance(Account.RECEIVABLE), balance(Account.PAYABLE)) == (ALL, 0, 0)
    office.closed(now(run), now=day(7, 26))
    assert told(proof_of(office, now(run))) == NO_FAULT


@pytest.mark.parametrize("cut", [("S14", "S20 R22"), ("S14 S20 R22",), ("S14 R22", "S20")])
def test_it_does_so_in_whatever_files_it_comes(office: Office, run: Run, cut: tuple[str, ...]):
    office.who("审计只读")
    all_but(office, run, "李")
    for at, names in enumerate(cut, start=22):
        lines = [
            line(sent_to("李"), *SECOND[name][:1], on=SECOND[name][1], at=n)
            for n, name in enumerate(names.split(), start=1)
        ]
        read(office, run, *lines, besides=BANK_SAYS, at=at)

    assert payable_of(run) == {}
    assert undecided_of(run) == []
    assert (bank_paid(), balance(Account.RECEIVABLE), balance(Account.PAYABLE)) == (ALL, 0, 0)
    office.closed(now(run), now=day(7, 26))
    assert told(proof_of(office, now(run))) == NO_FAULT


def test_who_holds_more_than_the_payment_that_came_back_is_paid_nothing_again(
    office: Office, run: Run
):
    """李夏 got 450.00, then 500.00 on another day; the first come back. 450.00 of the 500.00 are her payment now."""
    office.answered(run)
    again = line(sent_to("李"), "S", on="2023-07-20", at=1, fen=50_000)
    read(office, run, again, besides=BANK_SAYS, at=20)

    read(office, run, line(sent_to("李"), "R", on="2023-07-22", at=1), at=22)

    assert payable_of(run) == {}
    assert [(each.row.why, each.open) for each in overpaid_of(run)] == [("again", 5_000)]
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (ALL + 5_000, 5_000)


# ---- what was given back on paper, and then taken back by the bank


def test_who_gave_back_a_late_credit_that_the_bank_takes_back_is_owed_it(
    office: Office, run: Run
):
    """王春 died; what was credited late came back on paper, and then by a line of the bank, too."""
    office.answered(run, failed=("王",))
    office.closed(now(run), now=day(7, 18))
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 1), now=day(8, 1))
    august = office.computed(JULY + 1, now=day(8, 2))
    office.approved(office.confirmed(august, now=day(8, 3)), now=day(8, 4))

    def said(outcome: str, on: str, at: int) -> None:
        content = returned(run, line(sent_to("王"), outcome, on=on, at=1))
        read_return(now(run), content, acting_user=office.cashier, now=day(8, at))

    said("S", "2023-08-05", 6)
    row = Overpayment.objects.get()
    decided(office, row, at=(8, 7))
    given_back(office, row, 22_500, at=(8, 8))

    said("R", "2023-08-09", 10)

    assert owed_to(run, "王") == 22_500
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (ALL - 45_000, 0)
    assert balance(Account.PAYABLE) == -22_500


def test_who_gave_back_one_of_two_credits_is_owed_it_when_the_bank_takes_back_both(
    office: Office, run: Run
):
    row = credited_twice(office, run)
    decided(office, row)
    given_back(office, row, 54_000)
    small = Run.objects.get(resends=run)

    read(office, run, line(sent_to("张"), "R", on="2023-07-25", at=1), at=25)
    assert (balance(Account.PAYABLE), bank_paid()) == (-54_000, ALL - 54_000)
    read(office, small, line(sent_to("张", 2), "R", on="2023-07-26", at=1), at=26)

    assert (balance(Account.PAYABLE), bank_paid()) == (-108_000, ALL - 108_000)
    assert balance(Account.RECEIVABLE) == 0


def test_who_gave_part_of_it_back_is_owed_that_when_the_bank_takes_all_back(
    office: Office, run: Run
):
    office.answered(run)
    twice = line(sent_to("李"), "S", on="2023-07-20", at=1)
    read(office, run, twice, besides=BANK_SAYS, at=20)
    row = Overpayment.objects.get()
    decided(office, row)
    given_back(office, row, 20_000)

    read(office, run, line(sent_to("李"), "R", on="2023-07-26", at=1), at=27)

    assert owed_to(run, "李") == 20_000
    assert [each.open for each in overpaid_of(run)] == [0]
    assert (balance(Account.RECEIVABLE), balance(Account.PAYABLE)) == (0, -20_000)


def test_the_same_of_a_line_that_was_credited_too_high(office: Office, run: Run):
    """225.00 were sent, 300.00 credited, 25.00 given back; the bank takes all 300.00 back: 250.00 are owed."""
    all_but(office, run, "王")
    more = line(sent_to("王"), "S", on="2023-07-14", at=1, fen=30_000)
    read(office, run, more, besides=BANK_SAYS)
    row = Overpayment.objects.get()
    decided(office, row)
    given_back(office, row, 2_500)

    read(office, run, line(sent_to("王"), "R", on="2023-07-26", at=1, fen=30_000), at=27)

    assert (balance(Account.PAYABLE), balance(Account.RECEIVABLE)) == (-25_000, 0)
    assert bank_paid() == ALL - 22_500 - 2_500


# ---- a part, a correction, both in one file


def test_a_part_is_taken_back_on_the_word_of_the_bank(office: Office, run: Run):
    credited_twice(office, run)
    part = line(sent_to("张"), "R", on="2023-07-25", at=1, fen=20_000)
    with pytest.raises(UnableToImport, match="银行确认只冲回一部分的，写明依据后再读入"):
        read(office, run, part, at=25)

    read(office, run, part, at=25, besides=BANK_SAYS)

    assert [each.open for each in undecided_of(run)] == [34_000]
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (ALL + 34_000, 34_000)
    assert payable_of(run) == {}
    back = Regained.objects.get()
    assert (back.how, back.fen, back.said) == ("reversed", 20_000, 20_000)


def test_a_bank_may_correct_the_sum_of_a_day_upwards(office: Office, run: Run):
    office.answered(run)
    more = line(sent_to("王"), "S", on="2023-07-14", at=1, fen=30_000)
    with pytest.raises(UnableToImport, match=r"发出 225\.00 元，回盘是 300\.00 元"):
        read(office, run, more, at=20)

    read(office, run, more, at=20, besides=BANK_SAYS)

    assert [(each.row.why, each.open) for each in undecided_of(run)] == [("more", 7_500)]
    assert bank_paid() == ALL + 7_500
    with pytest.raises(Exception, match="每一笔都已读入过"):
        read(office, run, line(sent_to("王"), "S", on="2023-07-14", at=2), at=21)


def test_what_is_paid_too_high_and_taken_back_in_one_file_is_settled(office: Office, run: Run):
    read(
        office, run, line(sent_to("王"), "S", on="2023-07-14", at=1, fen=30_000),
        line(sent_to("王"), "R", on="2023-07-16", at=2, fen=7_500), besides=BANK_SAYS,
    )  # fmt: skip

    assert undecided_of(run) == []
    assert owed_to(run, "王") == 0
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (22_500, 0)


def test_a_stranger_who_is_paid_and_taken_back_in_one_file_owes_nothing(
    office: Office, run: Run
):
    back = stranger(run, at=2, outcome="R", on="2023-07-16")

    read(office, run, stranger(run), back, besides=BANK_SAYS)

    assert [(each.row.why, each.open) for each in overpaid_of(run)] == [("unknown", 0)]
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (0, 0)


def test_a_stranger_whom_the_files_of_two_runs_tell_of_is_registered_once(
    office: Office, run: Run
):
    office.answered(run, failed=("张",))
    small = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    small = office.sent(office.approved(small, now=day(7, 19)), now=day(7, 19))
    read(office, run, stranger(run), besides=BANK_SAYS, at=20)

    mine = line(sent_to("张", 2), "S", on="2023-07-20", at=2)
    read(office, small, stranger(run), mine, besides=BANK_SAYS, at=21)

    assert Overpayment.objects.count() == 1
    assert balance(Account.RECEIVABLE) == 30_000


def test_a_name_in_a_strangers_reference_is_not_shown(office: Office, run: Run):
    office.answered(run)
    named = "1|300.00|2023-07-14|S|||王小明养老62220210"
    with pytest.raises(UnableToImport) as refused:
        read(office, run, named)
    assert "王小明" not in str(refused.value.refusals[0])

    read(office, run, named, besides=BANK_SAYS)

    assert "王小明" not in str(overpaid_of(run)[0].sentence)


# ---- two of one line, one after the other


def test_what_came_back_of_a_line_is_not_owed_again_by_its_earlier_row(
    office: Office, run: Run
):
    """Credited twice, decided, taken back, credited again: the second row is open, and waits for its own decision."""
    first = credited_twice(office, run)
    decided(office, first)
    read(office, run, line(sent_to("张"), "R", on="2023-07-25", at=1), at=25)
    read(office, run, line(sent_to("张"), "S", on="2023-07-26", at=1), at=26)
    second = Overpayment.objects.last()

    assert [(each.row, each.open) for each in overpaid_of(run)] == [
        (first, 0),
        (second, 54_000),
    ]
    with pytest.raises(UnableToAct, match=r"超出还没有收回的 0\.00 元"):
        given_back(office, first, 54_000, at=(7, 27))
    decided(office, second, at=(7, 27))
    assert undecided_of(run) == []
