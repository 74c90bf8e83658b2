"""A run that was approved and has nothing to pay it by: what it granted is asked for anew, and approved anew."""

from __future__ import annotations

import pytest
from django.test import Client

from kaoji.benefits.movements import Account
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.cancel_run import cancel_run
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Item, PaymentRequest, Run, Try
from kaoji.subjects.benefits.pages.strip import act_for
from support.besides import QUARTER, balance, bank_paid, now
from support.forging import unguarded
from support.paid import LAYOUT, Office, day

pytestmark = pytest.mark.django_db
ALL = sum(QUARTER.values())


@pytest.fixture
def run(office: Office) -> Run:
    office.receive()
    return office.approved(office.confirmed(office.computed()))


def without_requests(run: Run) -> Run:
    """As an older version left it: the requests came later than its approval."""
    unguarded("benefits_paymentrequest")
    PaymentRequest.objects.all().delete()
    Run.objects.filter(pk=run.pk).update(asked_digest="")
    return now(run)


def paid_by_small_run(office: Office, run: Run) -> Run:
    small = resend_failed(now(run), acting_user=office.clerk, now=day(7, 7))
    assert (small.state, small.people, small.approved_fen) == ("confirmed", 4, ALL)
    small = office.sent(office.approved(small, now=day(7, 8)), now=day(7, 8))
    office.answered(small)
    return office.closed(now(small))


def test_what_was_approved_without_requests_is_asked_for_approved_and_paid(
    office: Office, run: Run
):
    run = without_requests(run)
    with pytest.raises(UnableToAct, match="请经办补立支付申请，重新审批后由补立的批次发放"):
        make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))
    act = act_for(run, office.clerk)
    assert act is not None
    assert (act.name, act.posts) == ("补立支付申请", True)
    assert act_for(run, office.cashier) is None

    paid_by_small_run(office, run)

    assert bank_paid() == ALL
    assert balance(Account.PAYABLE) == 0
    act = act_for(now(run), office.clerk)
    assert act is not None
    assert act.name == "关闭批次"
    assert office.closed(now(run), now=day(7, 20)).state == "closed"


def test_a_sound_run_is_not_asked_for_anew(office: Office, run: Run):
    with pytest.raises(UnableToAct, match="银行有了回盘"):
        resend_failed(run, acting_user=office.clerk, now=day(7, 7))


def test_of_payments_that_are_not_those_approved_it_is_said_whose_and_what_helps(
    office: Office, run: Run
):
    unguarded("benefits_paymentrequest")
    mine = PaymentRequest.objects.get(person__name_masked="王**")
    months = [mine.months[0], [mine.months[1][0], 9_000], mine.months[2]]
    PaymentRequest.objects.filter(pk=mine.pk).update(months=months, fen=24_000)

    with pytest.raises(UnableToAct) as refused:
        make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))

    assert str(refused.value) == (
        "支付申请与审批时不同（王** 310117********01** 2023-08 的申请与核定差 15.00 元），不能制盘；"
        "请经办补立支付申请，重新审批后由补立的批次发放"
    )
    client = Client()
    client.force_login(office.clerk)
    assert "补立支付申请" in client.get(f"/benefits/runs/{run.pk}/").content.decode()
    paid_by_small_run(office, run)
    assert bank_paid() == ALL
    assert office.closed(now(run), now=day(7, 20)).state == "closed"


def test_where_the_items_themselves_were_changed_nothing_is_asked_for(office: Office, run: Run):
    unguarded("benefits_item")
    Item.objects.filter(person__name_masked="王**").update(fen=9_000)

    with pytest.raises(UnableToAct, match=r"明细与计算时不同.*由管理员从备份恢复"):
        make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))
    with pytest.raises(UnableToAct, match="银行有了回盘"):
        resend_failed(run, acting_user=office.clerk, now=day(7, 7))


def test_a_small_run_that_is_not_as_approved_is_cancelled_and_opened_again(
    office: Office, run: Run
):
    run = office.sent(run)
    office.answered(run, failed=("王",))
    small = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    small = office.approved(small, now=day(7, 19))
    unguarded("benefits_paymentrequest")
    PaymentRequest.objects.filter(run=small).update(fen=1)

    with pytest.raises(UnableToAct, match="请经办撤销这一重发批次，再重发一次"):
        make_bank_file(small, LAYOUT, acting_user=office.cashier, now=day(7, 19))
    cancel_run(now(small), reason="与审批不同", acting_user=office.clerk, now=day(7, 19))

    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 20))
    office.sent(office.approved(again, now=day(7, 21)), now=day(7, 21))
    assert Try.objects.filter(number=2).count() == 1
