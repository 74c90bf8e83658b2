"""What the office hears late or out of order is neither lost nor asked of the wrong people."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.months import month
from kaoji.subjects.benefits.models import Item, Run
from paid import ACCOUNT, JULY, PEOPLE, Office, day, number, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def paid(office: Office, run: Run, at) -> Run:
    run = office.sent(office.approved(office.confirmed(run, now=at), now=at), now=at)
    office.answered(run, on=f"{at:%Y-%m-%d}", now=at)
    return office.closed(Run.objects.get(pk=run.pk), now=at)


def deaths(*rows: str) -> bytes:
    return sheet(*rows, captions="身份证号,死亡日期")


def found(run: Run) -> list[tuple[str, str, int]]:
    items = Item.objects.filter(run=run, computation=run.computation)
    return [(i.person.name_masked, i.written_month, i.fen) for i in items.order_by("month")]


def test_a_notice_issued_between_two_freezings_reaches_who_has_no_new_fact(office: Office):
    """沪民规〔2023〕5号 of 29 June: 2,500 yuan from June on, 1,900 before."""
    born = date(2014, 3, 2)
    office.receive(
        sheet(
            f"王春,{number(born)},岳阳街道,2023-06,{ACCOUNT.format(0)},困境儿童",
            captions="姓名,身份证号,街镇,起发月份,收款账号,类别",
        ),
        programme="child_living", as_of=date(2023, 5, 31), now=day(6, 1),
    )  # fmt: skip
    june = office.computed(month(2023, 6), programme="child_living", now=day(6, 5))
    assert found(june) == [("王**", "2023-06", 190_000)]
    paid(office, june, day(6, 7))

    july = office.computed(JULY, programme="child_living", now=day(7, 5))

    assert found(july) == [("王**", "2023-06", 60_000), ("王**", "2023-07", 250_000)]


def test_a_list_that_was_still_being_read_at_the_freezing_is_heard_by_the_next_run(
    office: Office,
):
    office.receive()
    july = office.computed(now=day(7, 3, 4))
    died = deaths(f"{number(PEOPLE['赵冬'][0])},2023-06-20")
    # Handed in an hour before the freezing, entered after it.
    office.receive(died, kind="deaths", as_of=date(2023, 7, 2), now=day(7, 3, 3))
    paid(office, july, day(7, 5))

    august = office.computed(JULY + 1, now=day(8, 3))

    assert found(august) == [
        ("赵**", "2023-07", -35_000), ("赵**", "2023-08", -35_000), ("赵**", "2023-09", -35_000),
    ]  # fmt: skip
