"""The recount outside tells true histories of money paid besides, and finds what was forged of them."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.fen import written_fen
from kaoji.benefits.movements import Account
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.decide_overpayment import decide_overpayment
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.regain_overpayment import regain_overpayment
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Movement, Overpayment, Regained, Run
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
)
from support.forging import unguarded
from support.paid import JULY, PEOPLE, Office, day, line, number, returned, sheet
from support.proved import cover_up, forge, proof_of, remarks_of, told

pytestmark = pytest.mark.django_db
ALL = sum(QUARTER.values())
NO_FAULT: dict[str, list[str]] = {"V1": [], "V2": [], "V3": []}


def decided(office: Office, row: Overpayment, *, at: tuple[int, int] = (7, 23)) -> None:
    decide_overpayment(row, "payee", reason="已告知", acting_user=office.checker, now=day(*at))


def given_back(
    office: Office, row: Overpayment, fen: int, *, at: tuple[int, int] = (7, 24)
) -> None:
    regain_overpayment(
        row, fen, on=date(2023, *at), paper="进账单", acting_user=office.cashier, now=day(*at)
    )


def test_what_a_file_pays_too_much_and_makes_good_again_is_found_so_outside(
    office: Office, run: Run
):
    """The late credit of the first line is one too many, until the second has failed and is credited after all."""
    office.who("审计只读")
    office.answered(run, failed=("张",))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    again = office.sent(office.approved(again, now=day(7, 19)), now=day(7, 19))
    read(office, run, line(sent_to("张"), "S", on="2023-07-19", at=1), at=20)
    read(
        office, again, line(sent_to("张", 2), "E", on="2023-07-20", at=1),
        line(sent_to("张", 2), "S", on="2023-07-21", at=2), at=22,
    )  # fmt: skip
    for each in undecided_of(run):
        decided(office, each.row)
    office.closed(now(again), now=day(7, 24))
    office.closed(now(run), now=day(7, 24))

    assert told(proof_of(office, now(run))) == NO_FAULT


def test_the_open_sum_is_the_same_outside_where_a_later_arrear_took_some_of_it(
    office: Office, run: Run
):
    office.who("审计只读")
    row = credited_twice(office, run)
    decided(office, row)
    office.closed(Run.objects.get(resends=run), now=day(7, 25))
    office.closed(now(run), now=day(7, 25))
    born = sheet(f"{number(PEOPLE['张秋'][0])},1931-01-31", captions="身份证号,出生日期")
    office.receive(born, kind="births", as_of=date(2023, 7, 31), now=day(8, 1), name="b.csv")
    august = office.computed(JULY + 1, now=day(8, 2))
    august = office.approved(office.confirmed(august, now=day(8, 3)), now=day(8, 4))
    office.closed(august, now=day(8, 8))

    proof = proof_of(office, now(run), now(august))

    [found] = overpaid_of(run)
    assert any(
        f"还有 {written_fen(found.open)} 元没有收回" in each for each in remarks_of(proof)
    )
    assert found.open < 54_000
    assert told(proof) == NO_FAULT


def test_a_run_of_mere_reductions_has_no_rates_to_miss(office: Office, run: Run):
    office.who("审计只读")
    office.answered(run)
    office.closed(now(run), now=day(7, 18))
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 1), now=day(8, 1))
    august = office.computed(JULY + 1, now=day(8, 2))
    august = office.approved(office.confirmed(august, now=day(8, 3)), now=day(8, 4))
    august = office.closed(now(august), now=day(8, 5))

    assert told(proof_of(office, august)) == NO_FAULT


def test_a_list_by_a_clock_that_was_set_back_counts_the_money_that_had_moved(
    office: Office, run: Run
):
    office.who("审计只读")
    office.answered(run)
    office.closed(now(run), now=day(7, 18))
    back = returned(run, line(sent_to("李"), "R", on="2023-07-19", at=1))
    read_return(now(run), back, acting_user=office.cashier, now=day(8, 10))
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-06-20", captions="身份证号,日期")

    office.receive(died, kind="deaths", as_of=date(2023, 8, 1), now=day(8, 9), name="d.csv")

    assert told(proof_of(office, now(run))) == NO_FAULT


@pytest.mark.parametrize("forged", ["late", "again", "regained"])
def test_what_is_hung_on_somebody_else_is_found(office: Office, run: Run, forged: str):
    office.who("审计只读")
    office.answered(run, failed=("张",))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    again = office.sent(office.approved(again, now=day(7, 19)), now=day(7, 19))
    office.answered(again, on="2023-07-20", now=day(7, 20))
    read(
        office, run, line(sent_to("张"), "S", on="2023-07-21", at=1),
        line(sent_to("李"), "S", on="2023-07-21", at=2),
        line(sent_to("赵"), "S", on="2023-07-14", at=3, fen=112_500), besides=BANK_SAYS, at=21,
    )  # fmt: skip
    for each in undecided_of(run):
        decided(office, each.row)
    given_back(office, Overpayment.objects.get(why="more"), 7_500)
    office.closed(now(again), now=day(7, 25))
    office.closed(now(run), now=day(7, 25))
    assert told(proof_of(office, now(run))) == NO_FAULT

    other = sent_to("王")
    if forged == "late":
        forge(Overpayment, {"why": "twice"}, answers=other, reference=other.reference)
    elif forged == "again":
        months = [[month, 15_000] for month, _ in other.months]
        forge(
            Overpayment,
            {"why": "again"},
            answers=other,
            reference=other.reference,
            months=months,
        )
    else:
        back = Regained.objects.get()
        forge(Regained, {"pk": back.pk}, fen=50_000, months=[[back.months[0][0], 50_000]])
        forge(Movement, {"kind": "recover"}, fen=50_000)
    cover_up()

    assert told(proof_of(office, now(run)))["V2"]


# ---- files that were read before such rows were kept


def as_read_before(office: Office, run: Run) -> None:
    """Credited twice, as an older version left it: no row tells of it, nothing is booked."""
    credited_twice(office, run)
    unguarded("benefits_overpayment")
    unguarded("benefits_movement")
    Overpayment.objects.all().delete()
    Movement.objects.filter(kind="overpay").delete()
    assert balance(Account.RECEIVABLE) == 0


def test_what_was_credited_twice_before_is_registered_when_the_bank_takes_it_back(
    office: Office, run: Run
):
    as_read_before(office, run)

    read(office, run, line(sent_to("张"), "R", on="2023-07-25", at=1), at=25)

    assert [(each.row.why, each.open) for each in overpaid_of(run)] == [("twice", 0)]
    assert (bank_paid(), balance(Account.RECEIVABLE), payable_of(run)) == (ALL, 0, {})


def test_what_was_credited_twice_before_lets_nobody_close_quietly(office: Office, run: Run):
    as_read_before(office, run)

    with pytest.raises(UnableToAct, match=r"多付的 1 笔还没有决定.*540\.00 元"):
        office.closed(now(run), now=day(7, 24))

    [found] = undecided_of(run)
    assert (found.row.why, found.open, found.row.line) == ("twice", 54_000, 2)
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (ALL + 54_000, 54_000)
    decided(office, found.row)
