"""A file that the bank did not take at all: its lines go out again, under new references, and nobody is paid twice."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.movements import Account
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.benefits.actions.confirm_refusal import confirm_refusal
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.refuse_bank_file import refuse_bank_file
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.models import (
    Doubt,
    FileRefusal,
    ReturnFile,
    Run,
    Try,
)
from kaoji.subjects.benefits.pages.strip import act_for
from kaoji.subjects.benefits.queries.digests import digest_differences
from kaoji.subjects.benefits.queries.left_out import why_left_out
from kaoji.subjects.benefits.queries.money import payable_of
from kaoji.subjects.benefits.queries.overpaid import undecided_of
from kaoji.subjects.benefits.queries.stops import refused_people
from support.besides import BANK_SAYS, QUARTER, balance, bank_paid, now, sent_to
from support.paid import LAYOUT, PEOPLE, Office, day, line, number, returned, sheet
from support.proved import proof_of, told
from support.refused import answered, refused, reported, sent_again

pytestmark = pytest.mark.django_db
ALL = sum(QUARTER.values())


def test_every_line_goes_out_again_under_a_new_reference(office: Office, run: Run):
    refused(office, run)
    assert balance(Account.IN_TRANSIT) == 0
    assert -balance(Account.PAYABLE) == ALL

    again = sent_again(office, run)

    assert (again.part, again.count, again.fen) == (2, 4, ALL)
    assert again.name.endswith("-2.txt")
    assert set(again.tries.values_list("number", flat=True)) == {2}
    assert Try.objects.values("reference").distinct().count() == 8
    answered(office, run, list(again.tries.all()))
    assert now(run).state == "reconciled"
    assert (bank_paid(), balance(Account.PAYABLE)) == (ALL, 0)
    assert office.closed(now(run)).state == "closed"
    assert not list(digest_differences())


def test_what_the_refused_file_is_answered_with_after_all_is_asked_about(
    office: Office, run: Run
):
    refused(office, run)
    again = sent_again(office, run)
    first = [sent_to("王")]

    with pytest.raises(UnableToImport) as asked:
        answered(office, run, first)
    assert "所在的盘片已登记为银行整份退回，这里却说 2023-07-14 到账" in str(
        asked.value.refusals[0]
    )
    answered(office, run, first, besides=BANK_SAYS)
    answered(office, run, list(again.tries.all()), at=18)

    [found] = undecided_of(run)
    assert (found.row.why, found.open) == ("twice", QUARTER["王"])
    assert bank_paid() == ALL + QUARTER["王"]
    assert payable_of(run) == {}


@pytest.mark.parametrize("then", ["E", "S"])
def test_a_refused_line_that_is_in_process_after_all_frees_no_money_of_the_new_try(
    office: Office, run: Run, then: str
):
    """The bank takes up a line of the refused file, and then fails or credits it; the new try is under way."""
    refused(office, run)
    again = sent_again(office, run)
    theirs = sent_to("张")

    def said(outcome: str, on: int) -> None:
        content = returned(run, line(theirs, outcome, on=f"2023-07-{on:02}", at=1))
        read_return(
            now(run), content, besides=BANK_SAYS, acting_user=office.cashier, now=day(7, on)
        )

    said("A", 10)
    said(then, 11)

    assert payable_of(now(run)) == {}
    assert -balance(Account.IN_TRANSIT) == ALL
    answered(office, run, list(again.tries.all()), at=17)
    twice = QUARTER["张"] if then == "S" else 0
    assert (bank_paid(), balance(Account.RECEIVABLE)) == (ALL + twice, twice)


def test_who_was_paid_by_the_refused_file_after_all_is_not_sent_anything_again(
    office: Office, run: Run
):
    refused(office, run)
    answered(office, run, [sent_to("王")], besides=BANK_SAYS)
    assert now(run).state == "sent"

    assert ReturnFile.objects.get().word == BANK_SAYS
    again = sent_again(office, run, at=18)

    assert again.count == 3
    assert not undecided_of(run)
    answered(office, run, list(again.tries.all()), at=19)
    assert (now(run).state, bank_paid()) == ("reconciled", ALL)


def died(office: Office, name: str, *, on: str = "2023-06-20", at: int = 8) -> None:
    content = sheet(f"{number(PEOPLE[name][0])},{on}", captions="身份证号,日期")
    office.receive(
        content, kind="deaths", as_of=date(2023, 7, at), now=day(7, at, 6), name="d.csv"
    )


def test_who_died_meanwhile_is_not_sent_again_unseen(office: Office, run: Run):
    office.who("审计只读")
    refused(office, run)
    died(office, "王春")

    again = sent_again(office, run)

    assert {each.payment.person.name_masked for each in again.tries.all()} == {
        "李**", "张**", "赵**",
    }  # fmt: skip
    [why] = map(str, why_left_out(now(run), day(7, 9)))
    assert why.startswith("王**")
    assert "要先清查，请经办重发" in why
    answered(office, run, list(again.tries.all()))
    small = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    held = Doubt.objects.filter(run=small, effect="hold")
    assert set(held.values_list("check_id", flat=True)) == {"C01"}
    for doubt in held:
        decide_doubt(doubt, "stop", reason="死亡", acting_user=office.checker, now=day(7, 19))
    office.closed(office.approved(now(small), now=day(7, 20)), now=day(7, 20))
    assert bank_paid() == ALL - QUARTER["王"]


def test_whom_a_checker_stopped_no_new_file_pays(office: Office, run: Run):
    refused(office, run)
    died(office, "王春")
    small = resend_failed(now(run), acting_user=office.clerk, now=day(7, 9))
    for doubt in Doubt.objects.filter(run=small, effect="hold"):
        decide_doubt(doubt, "stop", reason="死亡", acting_user=office.checker, now=day(7, 9, 6))
    office.sent(office.approved(now(small), now=day(7, 10)), now=day(7, 10))

    with pytest.raises(UnableToAct, match="不能制盘"):
        make_bank_file(now(run), LAYOUT, acting_user=office.cashier, now=day(7, 11))
    assert refused_people(now(run), day(7, 11)) == set()


def test_only_what_stood_in_the_refused_file_goes_out_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    """Two files of two lines; the first is refused, a line of the second fails: that is sent again by a small run."""
    from kaoji.documents.banks.layout import bank_layouts

    upload = bank_layouts()[LAYOUT].upload
    monkeypatch.setitem(upload.__dict__, "lines_most", 2)
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    one, two = make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))
    for each in (one, two):
        take_bank_file(each, acting_user=office.cashier, now=day(7, 7))
    refuse_bank_file(one, reason="退", acting_user=office.cashier, now=day(7, 8))
    confirm_refusal(one, reason="核实", acting_user=office.checker, now=day(7, 8))
    failed = two.tries.first()
    read_return(
        now(run), returned(run, line(failed, "E", on="2023-07-10", at=1)),
        acting_user=office.cashier, now=day(7, 11),
    )  # fmt: skip

    again = sent_again(office, run, at=12)

    mine = set(one.tries.values_list("payment", flat=True))
    assert set(again.tries.values_list("payment", flat=True)) == mine
    with pytest.raises(UnableToAct, match="不能制盘"):
        make_bank_file(now(run), LAYOUT, acting_user=office.cashier, now=day(7, 12))


def test_a_file_that_the_bank_answers_line_by_line_is_not_refused_whole(
    office: Office, run: Run
):
    office.answered(run, only=("王",), failed=("王",))

    with pytest.raises(UnableToAct, match="已有 1 条回盘，银行已经受理，不是整份退回"):
        refused(office, run, at=18)
    office.answered(run)
    with pytest.raises(UnableToAct, match="现在是“已对账”，盘片不能再登记为整份退回"):
        refused(office, run, at=18)


def test_nothing_goes_out_again_on_the_word_of_the_cashier_alone(office: Office, run: Run):
    file = run.bank_files.get()
    with pytest.raises(UnableToAct, match=r"出纳没有登记盘片 .* 被整份退回"):
        confirm_refusal(file, reason="x", acting_user=office.checker, now=day(7, 8))
    reported(office, run)

    assert -balance(Account.IN_TRANSIT) == ALL
    with pytest.raises(UnableToAct, match="不能制盘"):
        make_bank_file(now(run), LAYOUT, acting_user=office.cashier, now=day(7, 8))
    with pytest.raises(UnableToAct, match="没有要重发的款项"):
        resend_failed(now(run), acting_user=office.clerk, now=day(7, 8))
    with pytest.raises(NotPermitted):
        confirm_refusal(file, reason="x", acting_user=office.cashier, now=day(7, 8))
    with pytest.raises(UnableToAct, match="请写明向银行核实的依据"):
        confirm_refusal(file, reason=" ", acting_user=office.checker, now=day(7, 8))
    office.answered(run, only=("王",))  # the bank had taken it after all
    with pytest.raises(UnableToAct, match="银行已经受理"):
        confirm_refusal(file, reason="x", acting_user=office.checker, now=day(7, 18))


def test_a_file_that_nobody_took_away_is_not_refused(office: Office):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))

    with pytest.raises(UnableToAct, match="还没有取走，银行没有见过它"):
        reported(office, run)


def test_a_refused_file_is_not_taken_nor_refused_again(office: Office, run: Run):
    file = run.bank_files.get()
    with pytest.raises(UnableToAct, match="请写明银行退回"):
        refuse_bank_file(file, reason=" ", acting_user=office.cashier, now=day(7, 8))
    refused(office, run)

    with pytest.raises(UnableToAct, match="已登记为银行整份退回，请另制盘片"):
        take_bank_file(file, acting_user=office.cashier, now=day(7, 8))
    with pytest.raises(UnableToAct, match="已登记为整份退回"):
        reported(office, run)
    assert FileRefusal.objects.count() == 1


def test_another_bank_may_be_tried_and_its_answer_is_read(office: Office, run: Run):
    refused(office, run)
    again = sent_again(office, run, layout="plain_fixed")

    answered(office, run, [sent_to("王")], besides=BANK_SAYS)  # the first bank after all

    assert again.layout == "plain_fixed"
    assert bank_paid() == QUARTER["王"]


def test_a_small_run_is_refused_and_made_again_like_any_other(office: Office, run: Run):
    office.answered(run, failed=("王",))
    small = resend_failed(now(run), acting_user=office.clerk, now=day(7, 18))
    small = office.sent(office.approved(small, now=day(7, 19)), now=day(7, 19))
    refused(office, small, at=20)

    again = sent_again(office, small, at=21)

    assert [each.number for each in again.tries.all()] == [3]
    answered(office, small, list(again.tries.all()), at=22)
    assert now(small).state == "reconciled"
    assert bank_paid() == ALL


def test_what_nobody_sends_again_in_the_run_a_small_one_sends(office: Office, run: Run):
    refused(office, run)
    small = resend_failed(now(run), acting_user=office.clerk, now=day(7, 9))
    small = office.sent(office.approved(small, now=day(7, 10)), now=day(7, 10))
    with pytest.raises(UnableToAct, match="不能"):
        make_bank_file(now(run), LAYOUT, acting_user=office.cashier, now=day(7, 11))
    office.answered(small)
    office.closed(now(small))

    act = act_for(now(run), office.clerk)
    assert act is not None
    assert act.name == "关闭批次"
    assert office.closed(now(run), now=day(7, 19)).state == "closed"
    assert bank_paid() == ALL
    assert told(proof_of(office, now(run))) == {"V1": [], "V2": [], "V3": []}
