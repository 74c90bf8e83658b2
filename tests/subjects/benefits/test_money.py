"""Money goes the way it came: what is cancelled, returned or paid twice is booked where it was granted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Movement, Run, Try
from kaoji.subjects.benefits.queries.money import payable_of
from support.paid import JULY, PEOPLE, Office, day, line, number, returned, row, sheet

pytestmark = pytest.mark.django_db


def sent(office: Office) -> Run:
    office.receive()
    return office.sent(office.approved(office.confirmed(office.computed())))


def now(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def booked(town: str) -> dict[str, int]:
    """The movements of a town by kind, in fen."""
    found: dict[str, int] = {}
    for each in Movement.objects.filter(town__name=town):
        found[each.kind] = found.get(each.kind, 0) + each.fen * (-1 if each.counter else 1)
    return found


def test_what_was_granted_in_one_town_is_cancelled_there_though_the_person_moved(
    office: Office,
):
    run = sent(office)
    office.answered(run, failed=("王",))
    moved = row("王春").replace("岳阳街道", "方松街道")
    office.receive(sheet(moved), as_of=date(2023, 8, 1), now=day(8, 1), name="迁.csv")
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-07-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 2), now=day(8, 2))

    august = office.computed(JULY + 1, now=day(8, 3))
    assert set(august.found_items.values_list("town__name", "fen")) == {("方松街道", -7_500)}
    office.approved(office.confirmed(august, now=day(8, 4)), now=day(8, 5))

    # August and September were never credited: they fall where they were accrued.
    assert booked("岳阳街道")["cancel"] == 2 * 7_500
    assert "cancel" not in booked("方松街道")
    assert payable_of(run) == {Try.objects.get(line=1).payment.person_id: [(JULY, 7_500)]}


def test_what_was_granted_in_one_year_is_cancelled_in_it(office: Office):
    office.receive(as_of=date(2023, 9, 30), now=day(10, 1))
    run = office.computed(JULY + 3, now=day(10, 3))
    run = office.approved(office.confirmed(run, now=day(10, 4)), now=day(10, 5))
    office.answered(
        office.sent(run, now=day(10, 6)), failed=("王",), on="2023-10-13", now=day(10, 16)
    )
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-10-20", captions="身份证号,日期")
    later = datetime(2024, 1, 2, 4, tzinfo=UTC)
    office.receive(died, kind="deaths", as_of=date(2024, 1, 2), now=later)

    january = office.computed(JULY + 6, now=later)
    office.approved(office.confirmed(january, now=later), now=later)

    cancelled = Movement.objects.get(kind="cancel")
    assert (cancelled.run_id, cancelled.budget_year, cancelled.fen) == (
        january.pk,
        2023,
        2 * 7_500,
    )
    accrued = Movement.objects.filter(kind="accrue", run=january)
    assert set(accrued.values_list("budget_year", flat=True)) == {2024}


def test_a_line_that_only_says_returned_answers_its_try(office: Office):
    run = sent(office)
    first, *others = Try.objects.order_by("line")
    lines = [line(t, "S", on="2023-07-14", at=at) for at, t in enumerate(others, start=2)]
    content = returned(run, line(first, "R", on="2023-07-14", at=1), *lines)

    read_return(run, content, acting_user=office.cashier, now=day(7, 17))

    assert now(run).state == "reconciled"
    assert payable_of(run)[first.payment.person_id] == [
        (JULY, 7_500), (JULY + 1, 7_500), (JULY + 2, 7_500),
    ]  # fmt: skip
    assert booked("岳阳街道")["credit"] == 3 * (7_500 + 15_000)
    assert booked("岳阳街道")["return"] == 3 * 7_500


def test_where_two_credits_were_made_and_one_came_back_nothing_is_paid_a_third_time(
    office: Office,
):
    """Failed on the 14th; resent; the first line credited after all; the resend is what comes back."""
    run = sent(office)
    office.answered(run, failed=("张",))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 19))
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    first, second = Try.objects.filter(payment__person__name_masked="张**").order_by("number")
    late = returned(run, line(first, "S", on="2023-07-20", at=1))
    read_return(run, late, acting_user=office.cashier, now=day(7, 23))

    back = returned(again, line(second, "R", on="2023-07-25", at=1))
    read_return(again, back, acting_user=office.cashier, now=day(7, 26))

    assert payable_of(run) == {}
    office.closed(now(again), now=day(7, 27))
    with pytest.raises(UnableToAct, match="没有要重发的款项"):
        resend_failed(now(run), acting_user=office.clerk, now=day(7, 27))
    assert office.closed(now(run), now=day(7, 27)).state == "closed"
    # In the books as at the bank: everybody was paid once.
    money = booked("方松街道")
    assert money["credit"] - money["return"] == 3 * (18_000 + 35_000)


def test_a_second_credit_does_not_swallow_the_failure_of_the_try_that_is_under_way(
    office: Office,
):
    """Failed on the 14th; while the resend is with the bank the first line is credited after all."""
    run = sent(office)
    office.answered(run, failed=("张",))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 19))
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    first = Try.objects.get(payment__person__name_masked="张**", number=1)
    late = returned(run, line(first, "S", on="2023-07-20", at=1))
    read_return(run, late, acting_user=office.cashier, now=day(7, 21))

    office.answered(again, failed=("张",), on="2023-07-22", now=day(7, 23))

    # The credit that was one too many is now the payment, in the books too.
    assert payable_of(run) == {}
    assert booked("方松街道")["credit"] == 3 * (18_000 + 35_000)


def test_a_clock_that_was_set_back_does_not_upset_the_books(office: Office):
    """The file was made by a clock that ran ahead of the one by which the answer was read."""
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    run = office.sent(run, now=day(7, 20))
    office.answered(run, now=day(7, 17))
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-07-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 2), now=day(8, 2))

    august = office.computed(JULY + 1, now=day(8, 3))
    office.approved(office.confirmed(august, now=day(8, 4)), now=day(8, 5))

    assert booked("岳阳街道")["claim"] == 2 * 7_500
