"""What was decided not to be paid stays unpaid, and nobody makes payments timely by naming another pay day."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.platform.events.models import Event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.evidence import told
from kaoji.subjects.benefits.models import Doubt, Item, Run
from support.paid import ACCOUNT, JULY, OLD_AGE, PEOPLE, Office, day, number, row, sheet

pytestmark = pytest.mark.django_db


def paid(office: Office, run: Run, at) -> Run:
    run = office.sent(office.approved(office.confirmed(run, now=at), now=at), now=at)
    office.answered(run, on=f"{at:%Y-%m-%d}", now=at)
    return office.closed(Run.objects.get(pk=run.pk), now=at)


def stop(office: Office, run: Run, at) -> None:
    for doubt in Doubt.objects.filter(run=run, effect="hold"):
        decide_doubt(doubt, "stop", reason="本人放弃", acting_user=office.checker, now=at)


def with_a_stop(office: Office) -> Run:
    """July's quarter is paid to 李夏; of 王春, who has no account, it was decided not to pay."""
    office.receive(sheet(row("王春", account=""), row("李夏")))
    july = office.computed()
    stop(office, july, day(7, 4))
    return paid(office, july, day(7, 6))


def test_what_was_stopped_is_not_offered_again_by_the_next_run(office: Office):
    with_a_stop(office)

    august = office.computed(JULY + 1, now=day(8, 3))

    assert (august.items, august.fen) == (0, 0)


def test_what_was_stopped_is_offered_again_once_something_new_is_known(office: Office):
    with_a_stop(office)
    known = sheet(row("王春", account=ACCOUNT.format(5)))
    office.receive(known, as_of=date(2023, 7, 31), now=day(8, 1), name="账户.csv")

    august = office.computed(JULY + 1, now=day(8, 3))

    assert (august.people, august.fen) == (1, 3 * 7_500)


def test_the_months_after_a_stop_are_asked_about_anew(office: Office):
    with_a_stop(office)

    october = office.computed(JULY + 3, now=day(10, 3))

    assert Item.objects.filter(run=october, person__name_masked="王**").count() == 3
    assert october.people == 2


def test_what_was_stopped_in_a_resending_is_not_sent_a_third_time(office: Office):
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("张", "赵"))
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18))
    again = resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 19))
    stop(office, again, day(7, 20))
    again = Run.objects.get(pk=again.pk)
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    office.closed(Run.objects.get(pk=again.pk), now=day(7, 23))

    with pytest.raises(UnableToAct, match="没有要重发的款项"):
        resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 24))


def test_another_pay_day_than_the_law_s_needs_a_reason_that_is_shown_with_the_rate(
    office: Office,
):
    office.receive()
    july = {"programme": OLD_AGE, "month": JULY, "acting_user": office.clerk, "now": day(7, 2)}
    with pytest.raises(UnableToAct, match="按规定 2023-07-14 发放；改为 2023-07-31 须写明理由"):
        open_run(office.place, due_on=date(2023, 7, 31), reason=" ", **july)

    run = open_run(office.place, due_on=date(2023, 7, 31), reason="银行系统停机", **july)

    moved = "发放日由 2023-07-14 改为 2023-07-31：银行系统停机"
    assert str(run.moved_day) == moved
    event = Event.objects.get(type="benefits.run_opened_for_a_day")
    assert (event.payload["by_law"], event.payload["reason"]) == ("2023-07-14", "银行系统停机")
    rate = {
        "run": run.pk, "town": office.place.pk, "statistic": "timely", "basis": "on_day",
        "numerator": 1, "denominator": 1,
    }  # fmt: skip
    from kaoji.measuring.answer import Row

    assert told(Row("benefit_tallies", 1, date(2023, 7, 1), rate))[1].endswith(moved)

    from django.test import Client

    client = Client()
    client.force_login(office.clerk)
    for page in (f"/benefits/{office.place.pk}/{OLD_AGE}/", f"/benefits/runs/{run.pk}/"):
        assert moved in client.get(page).content.decode()


def test_the_law_s_own_day_needs_no_reason(office: Office):
    office.receive()

    run = open_run(
        office.place, programme=OLD_AGE, month=JULY, due_on=date(2023, 7, 14),
        acting_user=office.clerk, now=day(7, 2),
    )  # fmt: skip

    assert run.moved_day is None
    assert run.confirm_by == date(2023, 7, 10)


def test_a_removal_that_comes_in_late_makes_no_month_due_later(office: Office):
    """March to July were in arrears by papers of 1 March; that she moved in July delays none of them."""
    captions = "姓名,身份证号,街镇,申请日期,收到日期,起发月份,收款账号,残疾等级,残疾类别"
    who = f"王春,{number(PEOPLE['王春'][0])}"
    more = f"2023-03-01,2023-03-01,2023-03,{ACCOUNT.format(0)},1,肢体"
    office.receive(
        sheet(f"{who},岳阳街道,{more}", captions=captions), programme="disability_nursing",
        as_of=date(2023, 7, 5), now=day(7, 6),
    )  # fmt: skip
    office.receive(
        sheet(
            f"{who},方松街道,{ACCOUNT.format(0)},1,肢体",
            captions="姓名,身份证号,街镇,收款账号,残疾等级,残疾类别",
        ),
        programme="disability_nursing", as_of=date(2023, 7, 25), now=day(7, 25), name="2.csv",
    )  # fmt: skip

    run = office.computed(JULY + 1, programme="disability_nursing", now=day(8, 3))

    items = Item.objects.filter(run=run, month__lt=JULY + 1)
    assert items.count() == 5
    assert all(item.due_on < date(2023, 7, 25) for item in items)
