"""Pages show what waits first, in the same order on every database, and ask the database no more for more people."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kaoji.benefits.months import Month
from kaoji.subjects.benefits.actions.cancel_run import cancel_run
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Doubt, Item, Movement, Run
from kaoji.subjects.benefits.queries.requests import pays_something
from support.forging import unguarded
from support.paid import ACCOUNT, JULY, LAYOUT, OLD_AGE, PEOPLE, Office, day, number, row, sheet

pytestmark = pytest.mark.django_db


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def crowd(count: int) -> bytes:
    """So many people of 67 years, each with a citizen number and an account."""
    rows = [
        f"王{at},{number(date(1956, 5, 1 + at % 28), serial=100 + at)},岳阳街道,2023-07,"
        f"{ACCOUNT.format(1000 + at)},工商银行"
        for at in range(count)
    ]
    return sheet(*rows)


def queries(act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_doubts_that_nobody_decided_stand_before_those_that_somebody_did(office: Office):
    office.receive(sheet(*(row(name, account="") for name in PEOPLE)))
    run = office.computed()
    first = Doubt.objects.filter(run=run, check_id="C08").order_by("id").first()
    decide_doubt(first, "stop", reason="已核实", acting_user=office.checker, now=day(7, 4))

    page = client_of(office.checker).get(f"/benefits/runs/{run.pk}/doubts/")

    shown = [doubt.pk for doubt, *_rest in page.context["rows"] if doubt.effect == "hold"]
    assert shown[-1] == first.pk
    assert len(shown) == 4


def test_a_roster_shows_what_waits_for_the_town_before_what_is_as_before(office: Office):
    office.receive()
    run = office.computed()
    mine = Item.objects.filter(run=run, town__name="岳阳街道")
    lowest = mine.order_by("id").first()
    # What is as last month needs nobody, wherever it was written down.
    unguarded("benefits_item")
    Item.objects.filter(pk=lowest.pk).update(change="same")

    town = office.town("岳阳街道")
    client = client_of(office.who("街镇确认", 1, town))
    page = client.get(f"/benefits/runs/{run.pk}/towns/{town.pk}/")

    shown = [item for item, *_rest in page.context["rows"]]
    assert shown[-1].pk == lowest.pk
    rest = [(item.person_id, item.month) for item in shown[:-1]]
    assert rest == sorted(rest)


def resent(office: Office, period: Month, month_: int) -> tuple[int, int]:
    """Everybody's payment of a quarter fails; how many are sent again, and how often the database was asked."""
    run = office.computed(period, now=day(month_, 3))
    run = office.approved(office.confirmed(run, now=day(month_, 4)), now=day(month_, 5))
    run = office.sent(run, now=day(month_, 6))
    office.answered(run, failed=("王",), on=f"2023-{month_:02d}-14", now=day(month_, 16))
    again = resend_failed(
        Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(month_, 17)
    )
    again = office.approved(again, now=day(month_, 18))
    asked = queries(
        lambda: make_bank_file(again, LAYOUT, acting_user=office.cashier, now=day(month_, 19))
    )
    return again.people, asked


def test_a_resending_asks_no_more_of_the_database_for_more_people(office: Office):
    office.receive(crowd(2))
    few = resent(office, JULY, 7)
    office.receive(crowd(12), name="多.csv", as_of=date(2023, 9, 30), now=day(10, 1))

    many = resent(office, Month(JULY + 3), 10)

    assert (few[0], many[0]) == (2, 12)
    assert many[1] <= few[1] + 3  # not one more a person


def test_what_is_accrued_tells_how_many_items_it_sums_up(office: Office):
    office.receive()
    office.approved(office.confirmed(office.computed()))

    accrued = Movement.objects.filter(kind="accrue").order_by("town__name")
    assert list(accrued.values_list("town__name", "fen", "count")) == [
        ("岳阳街道", 3 * (7_500 + 15_000), 6), ("方松街道", 3 * (18_000 + 35_000), 6),
    ]  # fmt: skip


def test_the_tasks_of_a_clerk_do_not_offer_to_close_what_is_to_be_paid(office: Office):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    clerk, cashier = client_of(office.clerk), client_of(office.cashier)
    assert pays_something(run)
    assert "关闭批次" not in clerk.get("/todo/").content.decode()
    assert "制作盘片" in cashier.get("/todo/").content.decode()
    office.answered(office.sent(run))
    office.closed(Run.objects.get(pk=run.pk))

    august = office.computed(JULY + 1, now=day(8, 3))
    august = office.approved(office.confirmed(august, now=day(8, 4)), now=day(8, 5))

    assert not pays_something(august)
    assert "关闭批次" in clerk.get(f"/benefits/runs/{august.pk}/").content.decode()
    assert "制作盘片" not in cashier.get("/todo/").content.decode()


def test_the_page_of_a_programme_asks_no_more_for_more_runs(office: Office):
    office.receive()
    client = client_of(office.clerk)
    page = f"/benefits/{office.place.pk}/{OLD_AGE}/"
    client.get(page)
    office.computed()
    one = queries(lambda: client.get(page))
    for at in (1, 2, 3):
        run = Run.objects.first()
        cancel_run(run, reason="名单有误", acting_user=office.clerk, now=day(7, 3 + at))
        office.computed(Month(JULY + at), now=day(7, 3 + at))

    assert queries(lambda: client.get(page)) <= one
