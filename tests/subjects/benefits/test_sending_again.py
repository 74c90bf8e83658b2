"""A small run sends again what was granted once: it reckons nothing, grants nothing, and pins no rates of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.compute_run import compute_run
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Item, PaymentRequest, Person, Run, Tally, Try
from kaoji.subjects.benefits.queries.digests import digest_differences
from kaoji.subjects.benefits.queries.money import payable_of
from kaoji.subjects.benefits.queries.stops import waits_to_be_resent
from support.forging import unguarded
from support.paid import JULY, Office, day, line, returned

pytestmark = pytest.mark.django_db


def again(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def sent(office: Office) -> Run:
    office.receive()
    return office.sent(office.approved(office.confirmed(office.computed())))


def small_run(office: Office, run: Run) -> Run:
    office.answered(run, failed=("王",))
    return resend_failed(again(run), acting_user=office.clerk, now=day(7, 18))


def paid_again(office: Office, small: Run) -> Run:
    small = office.sent(office.approved(small, now=day(7, 19)), now=day(7, 19))
    office.answered(small, on="2023-07-20", now=day(7, 20))
    return office.closed(again(small), now=day(7, 21))


@pytest.mark.parametrize("act", [freeze_run, compute_run])
def test_a_small_run_is_not_reckoned_anew(office: Office, act: Callable[..., Run]):
    small = small_run(office, sent(office))

    with pytest.raises(UnableToAct, match="重发批次只重发原批次已审批的款项，不能重算"):
        act(small, acting_user=office.clerk, now=day(7, 19))

    assert again(small).state == "confirmed"


def test_an_item_that_somebody_puts_under_a_small_run_grants_nothing_and_is_found(
    office: Office,
):
    run = sent(office)
    small = paid_again(office, small_run(office, run))
    office.closed(again(run), now=day(7, 21))
    assert not list(digest_differences())
    lady = Person.objects.get(name_masked="李**")
    Item.objects.create(
        run=small, computation=1, person=lady, month=JULY + 3, fen=15_000, kind="due",
        change="same", town=office.town("岳阳街道"), due_on=date(2023, 10, 13),
    )  # fmt: skip

    assert [str(each) for each in digest_differences()] == [
        f"第 {small.pk} 批次的明细与其散列不符"
    ]
    october = office.computed(JULY + 3, now=day(10, 3))
    assert Item.objects.filter(run=october, person=lady, month=JULY + 3).exists()


def test_what_is_said_of_a_small_run_pins_no_rates_of_an_original_that_is_open(office: Office):
    run = sent(office)
    small = paid_again(office, small_run(office, run))
    back = line(Try.objects.get(file__run=small), "R", on="2023-07-22", at=1)

    read_return(small, returned(small, back), acting_user=office.cashier, now=day(7, 23))

    assert again(run).state == "reconciled"
    assert not Tally.objects.exists()


def test_what_failed_after_it_was_credited_is_owed_again(office: Office):
    """To a bank a payment that came back the next day may be a failure: the 225 yuan of 王春 are with us."""
    run = sent(office)
    office.answered(run)
    assert not payable_of(again(run))
    mine = Try.objects.get(file__run=run, payment__person__name_masked="王**")
    failed = line(mine, "E", on="2023-07-15", at=1)

    read_return(again(run), returned(run, failed), acting_user=office.cashier, now=day(7, 18))

    assert payable_of(again(run)) == {
        mine.payment.person_id: [(JULY, 7_500), (JULY + 1, 7_500), (JULY + 2, 7_500)]
    }
    assert resend_failed(again(run), acting_user=office.clerk, now=day(7, 19)).approved_fen


def test_what_was_credited_after_it_failed_is_owed_no_more(office: Office):
    run = sent(office)
    office.answered(run, failed=("王",))
    mine = Try.objects.get(file__run=run, payment__person__name_masked="王**")
    late = line(mine, "S", on="2023-07-15", at=1)

    read_return(again(run), returned(run, late), acting_user=office.cashier, now=day(7, 18))

    assert not payable_of(again(run))


def test_what_failed_is_sent_again_while_another_line_has_no_answer(office: Office):
    run = sent(office)
    office.answered(run, only=("王", "李"), failed=("王",))
    assert waits_to_be_resent(again(run), day(7, 18))

    small = resend_failed(again(run), acting_user=office.clerk, now=day(7, 18))

    assert (small.people, small.approved_fen) == (1, 22_500)  # 张秋 and 赵冬 are with the bank
    assert not waits_to_be_resent(again(run), day(7, 19))
    paid_again(office, small)
    with pytest.raises(UnableToAct, match="不能关闭"):
        office.closed(again(run), now=day(7, 22))


def test_a_bank_may_tell_again_what_it_told_before(office: Office):
    run = sent(office)
    office.answered(run, only=("李", "张"))

    whole = office.answered(run)

    assert whole.count == 2  # 王春 and 赵冬, who are new in it
    assert again(run).state == "reconciled"
    assert not list(digest_differences())
    with pytest.raises(UnableToAct, match="每一笔都已读入过，没有新的结果"):
        office.answered(run, only=("李",))


def test_a_run_that_was_approved_without_requests_is_not_closed_unpaid(office: Office):
    """As an older version left it: the requests came later than its approval."""
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    unguarded("benefits_paymentrequest")
    PaymentRequest.objects.all().delete()
    Run.objects.filter(pk=run.pk).update(asked_digest="")

    with pytest.raises(UnableToAct, match=r"还有 4 人 2,265\.00 元没有发放，不能关闭"):
        office.closed(again(run))
    with pytest.raises(UnableToAct, match="审批时没有留下支付申请，不能制盘"):
        office.sent(again(run))
