"""The bank is told what was approved and no more: fixed rows, the accounts that were looked at, and a digest over it."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.platform.events.models import Event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.confirm_account import confirm_account
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import (
    Doubt,
    LeftOut,
    PayeeAccount,
    PaymentRequest,
    Run,
    Try,
)
from kaoji.subjects.benefits.pages.strip import act_for
from kaoji.subjects.benefits.queries.digests import digest_differences
from kaoji.subjects.benefits.queries.left_out import why_left_out
from kaoji.subjects.benefits.queries.money import payable_of
from support.forging import unguarded
from support.paid import ACCOUNT, JULY, LAYOUT, OLD_AGE, Office, day, line, returned, row, sheet
from support.proved import proof_of, told

pytestmark = pytest.mark.django_db
NEW = ACCOUNT.format(77)


def now(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def sent(office: Office) -> Run:
    office.receive()
    return office.sent(office.approved(office.confirmed(office.computed())))


def paid_to(name: str, number: int = 1) -> str:
    """The end of the account that a try of somebody went to."""
    return Try.objects.get(payment__person__name_masked=name, number=number).account.last4


def another_account(office: Office, name: str, *, at) -> PayeeAccount:
    office.receive(sheet(row(name, account=NEW)), now=at, as_of=at.date(), name=f"{name}.csv")
    return PayeeAccount.objects.get(last4=NEW[-4:])


def test_what_comes_back_after_the_approval_of_a_resending_waits_for_the_next(office: Office):
    run = sent(office)
    office.answered(run, failed=("张",))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 19))
    again = office.approved(again, now=day(7, 20))
    assert again.approved_fen == 3 * 18_000

    # After the approval the bank takes 赵冬's payment back: it is owed again, and nobody approved that.
    theirs = Try.objects.get(payment__person__name_masked="赵**")
    back = returned(run, line(theirs, "R", on="2023-07-20", at=1))
    read_return(run, back, acting_user=office.cashier, now=day(7, 21))
    office.sent(again, now=day(7, 22))

    assert [t.payment.person.name_masked for t in Try.objects.filter(number=2)] == ["张**"]
    assert sum(t.fen for t in Try.objects.filter(file__run=again)) == 3 * 18_000
    assert theirs.payment.person_id in payable_of(run)


def test_a_file_pays_less_where_less_is_owed_than_was_approved(office: Office):
    from support.paid import PEOPLE, number

    run = sent(office)
    office.answered(run, failed=("王",))
    again = office.approved(
        resend_failed(now(run), acting_user=office.clerk, now=day(7, 19)), now=day(7, 20)
    )
    died = sheet(f"{number(PEOPLE['王春'][0])},2023-07-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 2), now=day(8, 2))
    august = office.computed(JULY + 1, now=day(8, 3))
    office.approved(office.confirmed(august, now=day(8, 4)), now=day(8, 5))

    office.sent(again, now=day(8, 6))

    # Of the three approved months two have fallen since.
    assert Try.objects.get(number=2).months == [[JULY, 7_500]]


def test_a_file_that_would_pay_more_than_was_approved_is_refused(office: Office):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    Run.objects.filter(pk=run.pk).update(approved_fen=226_499)

    with pytest.raises(UnableToAct, match=r"合计 2,265\.00 元，审批的是 2,264\.99 元"):
        make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))
    assert not Try.objects.exists()


def test_payments_other_than_those_approved_are_refused_and_found_out(office: Office):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    assert not list(digest_differences())
    unguarded("benefits_paymentrequest")
    mine, theirs = PaymentRequest.objects.order_by("fen")[:2]
    PaymentRequest.objects.filter(pk=mine.pk).update(account=theirs.account)

    assert [str(each) for each in digest_differences()] == [
        f"第 {run.pk} 批次送审的支付申请与其散列不符"
    ]
    with pytest.raises(UnableToAct, match="收款账户或不予发放的名单与审批时不同"):
        make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))


def test_an_account_that_came_after_the_freezing_is_not_paid_to_unseen(office: Office):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    another_account(office, "王春", at=day(7, 6, 8))

    office.sent(run)

    assert paid_to("王**") == ACCOUNT.format(0)[-4:]


def test_an_account_that_a_second_person_confirmed_after_the_approval_is_asked_for_anew(
    office: Office,
):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    account = another_account(office, "王春", at=day(7, 6, 8))

    with pytest.raises(NotPermitted):
        confirm_account(account, reason="电话", acting_user=office.clerk, now=day(7, 7))
    with pytest.raises(UnableToAct, match="请写明核实的依据"):
        confirm_account(account, reason=" ", acting_user=office.checker, now=day(7, 7))
    confirm_account(account, reason="电话核实", acting_user=office.checker, now=day(7, 7))
    with pytest.raises(UnableToAct, match="这个账户已经有人核实"):
        confirm_account(account, reason="再核实", acting_user=office.checker, now=day(7, 7))
    assert Event.objects.get(type="benefits.account_confirmed").payload["who"] == "王**"

    run = office.sent(run, now=day(7, 8))
    assert not Try.objects.filter(payment__person__name_masked="王**").exists()
    [why] = map(str, why_left_out(run, day(7, 8)))
    assert f"（尾号 {ACCOUNT.format(0)[-4:]}）之后换成了尾号 {NEW[-4:]}，要另行送审" in why
    office.answered(run)
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    again = office.sent(office.approved(again, now=day(7, 19)), now=day(7, 19))

    assert paid_to("王**") == NEW[-4:]
    office.answered(again, on="2023-07-20", now=day(7, 20))
    office.closed(now(again), now=day(7, 21))
    office.closed(now(run), now=day(7, 21))
    assert told(proof_of(office, now(run))) == {"V1": [], "V2": [], "V3": []}


def test_where_every_account_changed_after_the_approval_all_is_asked_for_anew(office: Office):
    office.receive(sheet(row("王春")))
    run = office.approved(office.confirmed(office.computed()))
    account = another_account(office, "王春", at=day(7, 6, 8))
    confirm_account(account, reason="电话核实", acting_user=office.checker, now=day(7, 7))
    with pytest.raises(UnableToImport, match="要另行送审；请经办重发"):
        office.sent(run, now=day(7, 8))
    act = act_for(run, office.clerk)
    assert act is not None
    assert act.name == "补立支付申请"

    again = resend_failed(run, acting_user=office.clerk, now=day(7, 8))
    again = office.sent(office.approved(again, now=day(7, 9)), now=day(7, 9))

    assert paid_to("王**") == NEW[-4:]
    office.answered(again)
    office.closed(now(again))
    assert office.closed(now(run), now=day(7, 19)).state == "closed"
    assert told(proof_of(office, now(run))) == {"V1": [], "V2": [], "V3": []}


def test_a_failed_payment_is_resent_to_a_new_account_once_somebody_confirmed_it(office: Office):
    run = sent(office)
    office.answered(run, failed=("王",))
    account = another_account(office, "王春", at=day(7, 18))

    with pytest.raises(
        UnableToAct, match=r"失败的 1 人都换了收款账户（王\*\* .*），请先由清查人员核实新账户"
    ):
        resend_failed(now(run), acting_user=office.clerk, now=day(7, 19))
    confirm_account(account, reason="电话核实", acting_user=office.checker, now=day(7, 19))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 19))
    office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))

    assert paid_to("王**", 2) == NEW[-4:]


def test_a_released_doubt_pays_nobody_without_an_account(office: Office):
    office.receive(sheet(row("王春", account=""), row("李夏")))
    run = office.computed()
    for doubt in Doubt.objects.filter(check_id="C08"):
        decide_doubt(
            doubt, "release", reason="随后补", acting_user=office.checker, now=day(7, 4)
        )

    run = office.confirmed(run)

    assert run.approved_fen == 3 * 15_000
    assert set(LeftOut.objects.values_list("item__person__name_masked", "why")) == {
        ("王**", "held")
    }


def test_an_approved_run_with_nothing_to_pay_is_closed_without_the_bank(office: Office):
    run = sent(office)
    office.answered(run)
    office.closed(now(run))
    august = office.computed(JULY + 1, now=day(8, 3))
    august = office.approved(office.confirmed(august, now=day(8, 4)), now=day(8, 5))
    with pytest.raises(UnableToAct, match="没有要发放的款项，请经办直接关闭"):
        make_bank_file(august, LAYOUT, acting_user=office.cashier, now=day(8, 6))

    closed = office.closed(august, now=day(8, 6))

    assert closed.state == "closed"
    assert Event.objects.filter(type="benefits.run_closed", payload__run=august.pk).exists()


def test_an_approved_run_that_still_has_to_pay_is_not_closed(office: Office):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))

    with pytest.raises(UnableToAct, match=r"还有 4 人 2,265\.00 元没有发放，不能关闭"):
        close_run(run, acting_user=office.clerk, now=day(7, 7))


def test_a_resending_of_which_everything_was_stopped_is_closed_without_the_bank(
    office: Office,
):
    from support.paid import PEOPLE, number

    run = sent(office)
    office.answered(run, failed=("赵",))
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18))
    again = resend_failed(now(run), acting_user=office.clerk, now=day(7, 19))
    for doubt in Doubt.objects.filter(run=again, effect="hold"):
        decide_doubt(doubt, "stop", reason="死亡", acting_user=office.checker, now=day(7, 20))
    again = office.approved(now(again), now=day(7, 20))
    assert (again.state, again.approved_fen) == ("approved", 0)

    assert office.closed(again, now=day(7, 21)).state == "closed"
    assert office.closed(now(run), now=day(7, 21)).state == "closed"


def test_a_town_sees_the_account_that_is_paid_to(office: Office):
    from django.test import Client

    office.receive()
    run = office.computed()
    another_account(office, "王春", at=day(7, 4))
    town = office.town("岳阳街道")
    client = Client()
    client.force_login(office.who("街镇确认", 1, town))

    roster = client.get(f"/benefits/runs/{run.pk}/towns/{town.pk}/").content.decode()

    assert f"**** {ACCOUNT.format(0)[-4:]}" in roster
    assert f"**** {NEW[-4:]}" not in roster


def test_the_page_of_accounts_is_where_they_are_confirmed(office: Office):
    from django.test import Client

    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    account = another_account(office, "王春", at=day(7, 6, 8))
    client = Client()
    client.force_login(office.checker)

    assert "待核实的账户 1 个" in client.get(f"/benefits/runs/{run.pk}/").content.decode()
    page = f"/benefits/runs/{run.pk}/accounts/"
    assert f"**** {account.last4}" in client.get(page).content.decode()
    assert client.post(page, {"account": account.pk, "reason": "电话核实"}).status_code == 302
    assert "没有待核实的账户" in client.get(page).content.decode()


def test_a_run_that_is_not_frozen_yet_has_no_account_to_confirm(office: Office):
    from django.test import Client

    office.receive()
    run = open_run(
        office.place, programme=OLD_AGE, month=JULY, acting_user=office.clerk, now=day(7, 2)
    )
    client = Client()
    client.force_login(office.checker)

    page = client.get(f"/benefits/runs/{run.pk}/accounts/")

    assert "没有待核实的账户" in page.content.decode()
