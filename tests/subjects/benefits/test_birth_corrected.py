"""A month of birth that was told wrong is corrected by a list; what it makes more or less follows in the next run."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.approvals import Duty
from kaoji.benefits.movements import Account
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.held import doers
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.receive_list import receive_list
from kaoji.subjects.benefits.models import Doubt, Fact, Item, Movement, Person, Run, Tally, Try
from kaoji.subjects.benefits.queries.digests import digest_differences
from kaoji.subjects.benefits.queries.overpaid import undecided_of
from support.besides import balance, now
from support.paid import JULY, PEOPLE, Office, day, line, number, returned, row, sheet
from support.proved import proof_of, told

pytestmark = pytest.mark.django_db
WITH_BIRTH = "姓名,身份证号,街镇,起发月份,收款账号,开户行,出生日期"


def paid(office: Office, birth: str) -> Run:
    """王春, born in May 1956 by her number and told otherwise by the list, is paid from July on."""
    office.receive(sheet(f"{row('王春')},{birth}", captions=WITH_BIRTH))
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run)
    return office.closed(Run.objects.get(pk=run.pk))


def correction(office: Office, birth: str = "1956-05-09", name: str = "王春") -> object:
    rows = sheet(f"{number(PEOPLE[name][0])},{birth}", captions="身份证号,出生日期")
    return office.receive(
        rows, kind="births", as_of=date(2023, 9, 30), now=day(10, 1), name="更正.csv"
    )


def items(run: Run) -> dict[int, int]:
    found = Item.objects.filter(run=run, computation=run.computation)
    return dict(found.values_list("month", "fen"))


def test_who_is_older_than_was_told_is_paid_what_was_missing(office: Office):
    """67 by her number: 75 a month. Told as 59, she was due nothing until the correction."""
    office.receive(sheet(f"{row('王春')},1964-05-09", captions=WITH_BIRTH), name="a.csv")
    office.receive(sheet(row("李夏")), name="b.csv")
    run = office.computed()
    assert not Item.objects.filter(run=run, person__name_masked="王**").exists()
    office.approved(office.confirmed(run))

    correction(office)
    october = office.computed(JULY + 3, now=day(10, 3))

    mine = Item.objects.filter(run=october, person__name_masked="王**")
    assert dict(mine.values_list("month", "fen")) == {JULY + n: 7_500 for n in range(6)}
    assert set(mine.filter(month__lt=JULY + 3).values_list("kind", flat=True)) <= {
        "due", "arrear",
    }  # fmt: skip


def test_who_is_younger_than_was_told_owes_what_was_too_much(office: Office):
    """Told as 73 she got 150 a month; at 67 it is 75."""
    july = paid(office, "1950-05-09")
    assert set(items(july).values()) == {15_000}

    correction(office)
    october = office.computed(JULY + 3, now=day(10, 3))
    assert items(october) == {
        **{JULY + n: -7_500 for n in range(3)},
        **{JULY + n: 7_500 for n in range(3, 6)},
    }
    office.approved(office.confirmed(october, now=day(10, 5)), now=day(10, 6))

    assert Movement.objects.get(kind="claim").fen == 3 * 7_500
    by_now = Tally.objects.filter(run=july, statistic="right_items", basis="now").last()
    assert (by_now.numerator, by_now.denominator) == (0, 3)
    on_day = Tally.objects.filter(run=july, statistic="right_items", basis="on_day").last()
    assert (on_day.numerator, on_day.denominator) == (3, 3)


def test_a_correction_may_itself_be_corrected(office: Office):
    july = paid(office, "1956-05-09")
    correction(office, "1950-05-09")
    rows = sheet(f"{number(PEOPLE['王春'][0])},1956-05", captions="身份证号,出生年月")
    office.receive(
        rows, kind="births", as_of=date(2023, 10, 2), now=day(10, 2), name="再更正.csv"
    )

    october = office.computed(JULY + 3, now=day(10, 3))

    assert items(october) == {JULY + n: 7_500 for n in range(3, 6)}
    assert Fact.objects.filter(kind="birth").count() == 3
    assert july.state == "closed"


def test_after_it_the_number_and_the_birth_agree(office: Office):
    paid(office, "1950-05-09")
    assert Doubt.objects.filter(check_id="C05").exists()
    correction(office)

    october = office.computed(JULY + 3, now=day(10, 3))

    assert not Doubt.objects.filter(run=october, check_id="C05").exists()
    assert Person.objects.get().birth == date(1950, 5, 1)  # as first told
    again = office.receive(
        sheet(row("王春")), name="c.csv", as_of=date(2023, 10, 5), now=day(10, 6)
    )
    assert not [each for each in again.remarks if "出生年月" in str(each)]


def test_what_a_list_says_otherwise_is_told_with_the_way_to_correct_it(office: Office):
    office.receive()

    heard = office.receive(
        sheet(f"{row('王春')},1950-05-09", captions=WITH_BIRTH), name="b.csv", now=day(7, 2)
    )

    assert any(
        "1 人的出生年月与已记的不同（第 2 行），仍按已记的；核实后如已记的有误，请交出生更正名单"
        in str(each)
        for each in heard.remarks
    )


@pytest.mark.parametrize(
    ("name", "birth", "why"),
    [
        ("王春", "1956-05-20", "已记的就是 1956-05 出生，无须更正"),
        ("李夏", "1950-03-02", "这里没有登记这个人，无可更正"),
        ("王春", "2024-01-01", "2024-01-01 晚于名单截至日 2023-09-30"),
    ],
)
def test_a_line_that_corrects_nothing_is_refused(
    office: Office, name: str, birth: str, why: str
):
    office.receive(sheet(row("王春")))

    with pytest.raises(UnableToImport) as refused:
        correction(office, birth, name)

    assert why in str(refused.value.refusals[0])
    assert Fact.objects.filter(kind="birth").count() == 1


def test_a_run_that_was_frozen_before_does_not_know_it(office: Office):
    office.receive(sheet(f"{row('王春')},1950-05-09", captions=WITH_BIRTH))
    october = office.computed(JULY + 3, now=day(9, 28))
    correction(office)
    assert set(items(october).values()) == {15_000}

    again = freeze_run(october, acting_user=office.clerk, now=day(10, 2))

    assert again.state == "frozen"


def test_who_received_the_correction_has_prepared_every_run_that_rests_on_it(office: Office):
    """A birth holds for every programme, whichever the list was received for."""
    paid(office, "1950-05-09")
    second = office.who("发放经办", 2)
    rows = sheet(f"{number(PEOPLE['王春'][0])},1956-05-09", captions="身份证号,出生日期")
    receive_list(
        rows, name="x.csv", place=office.place, programme="child_living", kind="births",
        as_of=date(2023, 9, 30), acting_user=second, now=day(10, 1),
    )  # fmt: skip

    october = office.computed(JULY + 3, now=day(10, 3))

    assert str(second.pk) in doers(october)[Duty.PREPARE]


def test_the_recount_outside_follows_it(office: Office):
    july = paid(office, "1950-05-09")
    correction(office)
    october = office.approved(
        office.confirmed(office.computed(JULY + 3, now=day(10, 3)), now=day(10, 5)),
        now=day(10, 6),
    )
    october = office.sent(october, now=day(10, 7))
    office.answered(october, on="2023-10-12", now=day(10, 13))
    october = office.closed(Run.objects.get(pk=october.pk), now=day(10, 14))

    assert told(proof_of(office, july, october)) == {"V1": [], "V2": [], "V3": []}
    assert not list(digest_differences())


def test_the_same_person_under_another_number_is_not_granted_everything_again(office: Office):
    """What a list with a corrected identity number would do: until numbers can be corrected it is refused."""
    office.receive()
    mine = row("王春")
    other = mine.replace(number(PEOPLE["王春"][0]), number(date(1956, 5, 8)))

    with pytest.raises(UnableToImport) as refused:
        office.receive(sheet(other), name="b.csv", now=day(7, 2))

    assert (
        "与已登记的 王** 310117********01** 同名、同账户，只是身份证号不同；换号会把各月再发一遍"
        in str(refused.value.refusals[0])
    )
    wife = other.replace("王春", "周春")  # a couple may share a card
    assert office.receive(sheet(wife), name="c.csv", now=day(7, 2)).new == 1


def test_what_becomes_due_again_is_not_paid_again_where_the_bank_paid_it_besides(
    office: Office,
):
    """150 a month failed; at 67 only 75 was due; then the bank credited 150 after all; and she is 73 in the end."""
    office.receive(sheet(f"{row('王春')},1950-05-09", captions=WITH_BIRTH))
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("王",))
    office.closed(now(run), now=day(7, 18))
    correction(office)
    october = office.computed(JULY + 3, now=day(10, 3))
    office.approved(office.confirmed(october, now=day(10, 5)), now=day(10, 6))
    late = returned(run, line(Try.objects.get(), "S", on="2023-10-07", at=1))
    read_return(now(run), late, acting_user=office.cashier, now=day(10, 8))
    [besides] = undecided_of(run)
    assert (besides.row.why, besides.open) == ("late", 3 * 7_500)

    rows = sheet(f"{number(PEOPLE['王春'][0])},1950-05-09", captions="身份证号,出生日期")
    office.receive(
        rows, kind="births", as_of=date(2023, 10, 9), now=day(10, 9), name="再更正.csv"
    )
    office.answered(office.sent(now(october), now=day(10, 9)), on="2023-10-10", now=day(10, 11))
    november = office.computed(JULY + 4, now=day(11, 3))
    assert items(november) == {JULY + n: 7_500 for n in range(6)}
    november = office.approved(office.confirmed(november, now=day(11, 5)), now=day(11, 6))
    november = office.sent(november, now=day(11, 7))

    [sent] = Try.objects.filter(file__run=november)
    assert sent.months == [[JULY + n, 7_500] for n in range(3, 6)]
    assert undecided_of(run) == []
    assert balance(Account.RECEIVABLE) == 0
    office.answered(november, on="2023-11-10", now=day(11, 11))
    for each in (october, november):
        office.closed(now(each), now=day(11, 12))
    assert told(proof_of(office, now(run), now(october), now(november))) == {
        "V1": [], "V2": [], "V3": [],
    }  # fmt: skip
