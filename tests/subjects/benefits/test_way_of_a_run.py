"""The way of a run: list, run, doubts, towns, approval, bank and back; what failed is sent again; the rates."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.platform.events.models import Event
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Doubt, Item, Movement, Run, Tally
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.paid import JULY, PEOPLE, Office, day, number, sheet

pytestmark = pytest.mark.django_db


def rate(run: Run, statistic: str, basis: str = "on_day") -> tuple[int, int]:
    """What the last tallies of a run say, all towns together."""
    last: dict[int, Tally] = {}
    for tally in Tally.objects.filter(run=run, statistic=statistic, basis=basis):
        last[tally.town_id] = tally
    return (
        sum(tally.numerator for tally in last.values()),
        sum(tally.denominator for tally in last.values()),
    )


def sums() -> dict[str, int]:
    """The movements by kind, in fen."""
    found: dict[str, int] = {}
    for row in Movement.objects.all():
        found[row.kind] = found.get(row.kind, 0) + row.fen * (-1 if row.counter else 1)
    return found


def test_from_the_list_to_the_bank_and_back_with_a_failure_sent_again(office: Office):
    received = office.receive()
    assert (received.rows, received.new, received.remarks) == (4, 4, ())

    # A quarter is paid ahead: three months of 75, 150, 180 and 350 yuan.
    run = office.computed()
    assert (run.people, run.items, run.fen) == (4, 12, 3 * (7500 + 15000 + 18000 + 35000))
    assert run.due_on == date(2023, 7, 14)  # the 15th is a Saturday
    assert set(Item.objects.values_list("change", flat=True)) == {"new"}

    run = office.approved(office.confirmed(run))
    assert (run.state, run.approved_fen) == ("approved", 226_500)
    assert sums() == {"accrue": 226_500}

    run = office.sent(run)
    office.answered(run, failed=("张",))
    run.refresh_from_db()
    assert run.state == "reconciled"
    assert sums() == {"accrue": 226_500, "send": 226_500, "credit": 172_500, "fail": 54_000}

    run = office.closed(run)
    assert rate(run, "timely") == (9, 12)
    assert rate(run, "right_items") == (9, 9)
    assert rate(run, "right_money") == (172_500, 226_500)
    assert rate(run, "new_timely") == (9, 12)

    again = resend_failed(run, acting_user=office.clerk, now=day(7, 19))
    assert (again.people, again.approved_fen) == (1, 54_000)
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    again = office.closed(Run.objects.get(pk=again.pk), now=day(7, 23))
    assert again.state == "closed"
    assert sums() == {
        "accrue": 226_500, "send": 280_500, "credit": 226_500, "fail": 54_000,
    }  # fmt: skip
    assert rate(run, "timely") == (9, 12)  # paid on the 21st: late for good
    assert rate(run, "right_money") == (226_500, 226_500)
    assert verify_chain() == Event.objects.count()


def test_a_death_heard_after_the_freezing_holds_the_money_until_somebody_decides(
    office: Office,
):
    office.receive()
    run = office.computed()
    assert not Doubt.objects.exists()
    died = f"身份证号,日期\n{number(PEOPLE['赵冬'][0])},2023-06-20\n".encode()
    office.receive(died, kind="deaths", as_of=date(2023, 7, 4), now=day(7, 4))

    from kaoji.subjects.benefits.actions.compute_run import compute_run
    from kaoji.subjects.benefits.actions.freeze_run import freeze_run

    # Reckoned anew, nothing is due to the dead; what was frozen before had asked about it.
    run = freeze_run(run, acting_user=office.clerk, now=day(7, 5))
    run = compute_run(run, acting_user=office.clerk, now=day(7, 5))

    assert (run.people, run.items) == (3, 9)


def test_the_next_run_finds_nothing_but_what_is_new(office: Office):
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run)
    office.closed(Run.objects.get(pk=run.pk))

    august = office.computed(JULY + 1, now=day(8, 3))

    assert (august.items, august.fen) == (0, 0)
    assert verify_chain() == Event.objects.count()


def test_a_month_without_a_run_of_its_own_is_paid_by_the_next(office: Office):
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run)
    office.closed(Run.objects.get(pk=run.pk))

    # July to September were paid ahead; nobody opened October, of nobody anything new is known.
    november = office.computed(JULY + 4, now=day(11, 3))

    months = Item.objects.filter(run=november).order_by().values_list("month", flat=True)
    assert sorted(set(months)) == [JULY + 3, JULY + 4, JULY + 5]
    assert (november.people, november.items) == (4, 12)


def test_a_death_in_a_month_already_paid_is_reduced_and_claimed(office: Office):
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run)
    office.closed(Run.objects.get(pk=run.pk))
    died = f"身份证号,日期\n{number(PEOPLE['赵冬'][0])},2023-07-20\n".encode()
    office.receive(died, kind="deaths", as_of=date(2023, 8, 2), now=day(8, 2))

    august = office.computed(JULY + 1, now=day(8, 3))
    august = office.approved(office.confirmed(august, now=day(8, 4)), now=day(8, 5))

    # The month of the death is still paid; August and September were paid ahead.
    assert [(i.written_month, i.fen) for i in Item.objects.filter(run=august)] == [
        ("2023-08", -35_000), ("2023-09", -35_000),
    ]  # fmt: skip
    assert sums()["claim"] == 70_000


def test_stopped_by_decision_is_not_paid_and_released_is(office: Office):
    office.receive(sheet(*map(_without_account, PEOPLE)))
    run = office.computed()
    held = Doubt.objects.filter(check_id="C08").order_by("pk")
    assert held.count() == 2

    first, second = held
    decide_doubt(first, "stop", reason="账户未办好", acting_user=office.checker, now=day(7, 4))
    run = office.confirmed(run)

    assert run.approved_fen == 226_500 - _quarter(first) - _quarter(second)


def _without_account(name: str) -> str:
    from support.paid import row

    return row(name, account="" if name in {"王春", "李夏"} else None)


def _quarter(doubt: Doubt) -> int:
    return sum(doubt.run.found_items.filter(person=doubt.person).values_list("fen", flat=True))
