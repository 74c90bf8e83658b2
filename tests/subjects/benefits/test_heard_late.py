"""What the office hears late or out of order is neither lost nor asked of the wrong people."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.months import month
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.subjects.benefits.models import Fact, Item, ListRow, Run
from kaoji.subjects.benefits.queries.digests import digest_differences
from support.paid import ACCOUNT, JULY, PEOPLE, Office, day, number, sheet

pytestmark = pytest.mark.django_db


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


def test_a_death_heard_before_the_grant_counts_once_the_person_is_granted(office: Office):
    dead = number(PEOPLE["赵冬"][0])
    heard = office.receive(
        deaths(f"{dead},2023-06-20"), kind="deaths", as_of=date(2023, 6, 25), now=day(6, 26)
    )
    assert [str(each) for each in heard.remarks] == [
        "1 人这里还没有待遇，已记下；以后接收其待遇名单时即生效，不必再交这份名单"
    ]
    assert heard.unknown == 1

    office.receive()
    july = office.computed()

    assert {name for name, _month, _fen in found(july)} == {"王**", "李**", "张**"}
    [death] = Fact.objects.filter(kind="death")
    assert (death.since, death.received_on) == (date(2023, 6, 20), date(2023, 6, 25))
    assert not list(digest_differences())


def test_another_day_than_the_one_kept_for_somebody_unknown_is_refused(office: Office):
    dead = number(PEOPLE["赵冬"][0])
    told = deaths(f"{dead},2023-06-20")
    for content in (told, told + b"\n"):  # the same, told by two files
        office.receive(content, kind="deaths", as_of=date(2023, 6, 25), now=day(6, 26))
    assert ListRow.objects.count() == 1

    with pytest.raises(UnableToImport) as refused:
        office.receive(
            deaths(f"{dead},2023-06-21"), kind="deaths", as_of=date(2023, 6, 25), now=day(6, 27)
        )
    assert str(refused.value.refusals[0]) == (
        "第 2 行：这里已记 2023-06-20，与表上的 2023-06-21 不同；请先核实"
    )


def test_who_moved_away_and_then_died_may_stand_on_both_lists(office: Office):
    office.receive()
    gone = number(PEOPLE["赵冬"][0])
    office.receive(
        sheet(f"{gone},2023-07-02", captions="身份证号,迁出日期"),
        kind="left", as_of=date(2023, 7, 3), now=day(7, 3),
    )  # fmt: skip

    office.receive(
        deaths(f"{gone},2023-07-20", f"{number(PEOPLE['王春'][0])},2023-07-21"),
        kind="deaths", as_of=date(2023, 7, 22), now=day(7, 22),
    )  # fmt: skip

    ends = Fact.objects.filter(kind__in=("death", "left_city")).order_by("id")
    assert list(ends.values_list("kind", "since")) == [
        ("left_city", date(2023, 7, 2)), ("death", date(2023, 7, 20)), ("death", date(2023, 7, 21)),
    ]  # fmt: skip


@pytest.mark.parametrize("captions", ["身份证号", "证件号码"])
def test_a_list_of_those_entitled_may_be_one_column_of_numbers(office: Office, captions: str):
    office.receive()
    numbers = [number(PEOPLE[name][0]) for name in ("王春", "李夏")]

    received = office.receive(
        sheet(*numbers, captions=captions), kind="entitled", now=day(7, 2), name="应享.csv"
    )

    assert (received.rows, received.unknown) == (2, 0)


def test_one_column_of_numbers_is_understood_in_a_workbook_too(office: Office):
    from io import BytesIO

    from openpyxl import Workbook

    office.receive()
    book = Workbook()
    for text in ("身份证号", number(PEOPLE["王春"][0]), "身份证号", number(PEOPLE["李夏"][0])):
        book.active.append([text])
    content = BytesIO()
    book.save(content)

    received = office.receive(
        content.getvalue(), kind="entitled", now=day(7, 2), name="应享.xlsx"
    )

    assert (
        received.rows == 2
    )  # the heading in the middle, as on each printed page, is none of them
