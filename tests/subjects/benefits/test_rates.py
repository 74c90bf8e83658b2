"""What the rates are parts of: nobody leaves a denominator, and what is learned later moves the rate by now alone."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.months import Month
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.queries.tallies import latest_rates
from support.paid import ACCOUNT, JULY, PEOPLE, Office, day, number, sheet

pytestmark = pytest.mark.django_db


def closed(office: Office, *, failed: tuple[str, ...] = ()) -> Run:
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=failed)
    return office.closed(Run.objects.get(pk=run.pk))


def entitled(office: Office, *numbers: str, as_of: date = date(2023, 6, 30), now=None) -> None:
    office.receive(
        sheet(*numbers, captions="身份证号"), kind="entitled", as_of=as_of, name="应享.csv",
        now=now or day(7, 2),
    )  # fmt: skip


def rate(run: Run, statistic: str, basis: str = "on_day") -> tuple[int, int]:
    found = latest_rates(run, basis=basis)[statistic]
    return found.numerator, found.denominator


def test_whom_the_office_does_not_know_is_entitled_all_the_same(office: Office):
    stranger = number(date(1950, 1, 1), serial=77)
    entitled(office, *(number(born) for born, _town in PEOPLE.values()), stranger)

    run = closed(office, failed=("张",))

    # Five stand on the list: three were paid, one payment failed, one is unknown here.
    assert rate(run, "covered") == (3, 5)


def test_a_month_that_was_paid_ahead_is_paid_and_everybody_counts(office: Office):
    entitled(office, *(number(born) for born, _town in PEOPLE.values()))
    closed(office)
    august = office.computed(JULY + 1, now=day(8, 3))
    august = office.approved(office.confirmed(august, now=day(8, 4)), now=day(8, 5))

    august = office.closed(august, now=day(8, 6))

    # The run of August pays nobody: the quarter was paid in July.
    assert rate(august, "covered") == (4, 4)


def test_who_was_listed_before_the_office_knew_them_is_recognised(office: Office):
    """The list of those entitled came first; the line in it names nobody whom the office knew."""
    numbers = [number(born) for born, _town in PEOPLE.values()]
    office.receive(
        sheet(*numbers, captions="身份证号"), kind="entitled", now=day(6, 30), name="应享.csv"
    )

    run = closed(office)

    assert rate(run, "covered") == (4, 4)
    assert not run.found_doubts.filter(check_id__in=("C15", "C16")).exists()


def test_a_death_heard_after_the_closing_moves_the_rate_by_now_and_not_on_the_day(
    office: Office,
):
    run = closed(office)
    assert rate(run, "right_items", "now") == (12, 12)

    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-07-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 2), now=day(8, 2))

    # July is the month of the death and due; August and September were paid ahead.
    assert rate(run, "right_items", "now") == (10, 12)
    assert rate(run, "right_money", "now") == (226_500 - 2 * 2 * 35_000, 226_500 - 2 * 35_000)
    assert rate(run, "right_items") == (12, 12)


def test_a_fact_typed_after_the_closing_leaves_the_rate_on_the_day_where_it_was_pinned(
    office: Office,
):
    """Even when the rates are written again, as the closing of a resending does."""
    from kaoji.subjects.benefits.actions.resend_failed import resend_failed

    run = closed(office, failed=("张",))
    died = sheet(
        f"{number(PEOPLE['赵冬'][0])},2023-06-20,2023-06-25", captions="身份证号,日期,收到日期"
    )
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18, 8))

    again = resend_failed(run, acting_user=office.clerk, now=day(7, 19))
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    office.closed(Run.objects.get(pk=again.pk), now=day(7, 23))

    assert rate(run, "right_items") == (12, 12)
    assert rate(run, "right_items", "now") == (9, 12)


def test_a_list_of_another_month_leaves_the_coverage_of_this_one(office: Office):
    entitled(office, number(PEOPLE["王春"][0]))
    run = closed(office)
    others = [number(born) for born, _town in PEOPLE.values()]
    entitled(office, *others, as_of=date(2023, 8, 31), now=day(9, 1))
    assert rate(run, "covered", "now") == (1, 1)

    entitled(office, *others[:3], number(date(1950, 1, 1), serial=77), as_of=date(2023, 7, 31), now=day(9, 2))  # fmt: skip

    assert rate(run, "covered", "now") == (3, 4)
    assert rate(run, "covered") == (1, 1)


def test_who_becomes_known_is_counted_in_one_town_and_no_longer_at_the_office(office: Office):
    newcomer = number(date(1950, 1, 1), serial=77)
    entitled(office, number(PEOPLE["王春"][0]), newcomer)
    run = closed(office)
    assert rate(run, "covered", "now") == (1, 2)
    office.receive(
        sheet(f"钱新,{newcomer},方松街道,2023-08,{ACCOUNT.format(9)},工商银行"), now=day(8, 1),
        as_of=date(2023, 7, 31), name="新.csv",
    )  # fmt: skip

    entitled(
        office, number(PEOPLE["王春"][0]), newcomer, f"{number(PEOPLE['李夏'][0])}",
        as_of=date(2023, 7, 31), now=day(8, 2),
    )  # fmt: skip

    assert rate(run, "covered", "now") == (2, 3)


def june_of_a_child(office: Office) -> Run:
    """June paid by the 1,900 yuan that were known on the 5th; 沪民规〔2023〕5号 of the 29th says 2,500 for June too."""
    born = date(2014, 3, 2)
    office.receive(
        sheet(
            f"王春,{number(born)},岳阳街道,2023-06,{ACCOUNT.format(0)},困境儿童",
            captions="姓名,身份证号,街镇,起发月份,收款账号,类别",
        ),
        programme="child_living", as_of=date(2023, 5, 31), now=day(6, 1),
    )  # fmt: skip
    june = office.computed(Month(JULY - 1), programme="child_living", now=day(6, 5))
    june = office.approved(office.confirmed(june, now=day(6, 6)), now=day(6, 6))
    june = office.sent(june, now=day(6, 7))
    office.answered(june, on="2023-06-09", now=day(6, 12))

    return office.closed(Run.objects.get(pk=june.pk), now=day(7, 10))


def test_a_notice_issued_after_the_freezing_makes_the_payment_too_low_by_now_alone(
    office: Office,
):
    june = june_of_a_child(office)

    assert rate(june, "right_money", "now") == (190_000, 250_000)
    assert rate(june, "right_items", "now") == (0, 1)
    assert rate(june, "right_money") == (190_000, 190_000)
    assert rate(june, "right_items") == (1, 1)


def test_an_arrear_is_right_when_it_makes_its_month_whole(office: Office):
    june_of_a_child(office)
    july = office.computed(JULY, programme="child_living", now=day(7, 11))
    july = office.approved(office.confirmed(july, now=day(7, 12)), now=day(7, 12))
    office.answered(office.sent(july, now=day(7, 12)), on="2023-07-13", now=day(7, 14))

    july = office.closed(Run.objects.get(pk=july.pk), now=day(7, 14))

    for basis in ("on_day", "now"):
        assert rate(july, "right_money", basis) == (310_000, 310_000)
