"""Of preparing, confirming, checking, approving and paying no two are one person's, whatever roles they hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User

from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.approve_run import approve_run
from kaoji.subjects.benefits.actions.cancel_run import cancel_run
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.compute_run import compute_run
from kaoji.subjects.benefits.actions.confirm_account import confirm_account
from kaoji.subjects.benefits.actions.confirm_roster import confirm_roster
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.receive_list import receive_list
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.models import DutyDone, PayeeAccount, Run
from kaoji.workflow.roles import ROLE_NAMES
from support.paid import (
    EVERYBODY,
    JULY,
    LAYOUT,
    OLD_AGE,
    PEOPLE,
    Office,
    day,
    number,
    row,
    sheet,
)
from support.people import LONG_AGO, NOON, person

pytestmark = pytest.mark.django_db
ROLES = {name: role for role, name in ROLE_NAMES.items()}


def moved(who: User, role: str, office: Office, at=None) -> User:
    """The same person in another role: the two cannot be held at once, but one after the other."""
    boss = User.objects.filter(username="boss").first() or person("管理员", "boss")
    for appointment in who.appointments.filter(ended_at__isnull=True):
        end_appointment(appointment, acting_user=boss, now=NOON)
    appoint(who, ROLES[role], at or office.place, since=LONG_AGO, acting_user=None, now=NOON)
    return User.objects.get(pk=who.pk)


def refused(act: Callable[[], object], before: str, duty: str) -> None:
    with pytest.raises(UnableToAct, match=f"已做{before}的人不能再做{duty}，请换一人"):
        act()


def test_who_confirmed_a_roster_may_not_approve_the_run(office: Office):
    office.receive()
    run = office.confirmed(office.computed())
    town = office.town("岳阳街道")
    confirmer = moved(office.who("街镇确认", 1, town), "发放审批", office)

    refused(
        lambda: approve_run(run, seen=run.asked_digest, acting_user=confirmer, now=day(7, 6)),
        "街镇确认", "审批",
    )  # fmt: skip


def test_who_received_a_list_may_not_approve_what_is_reckoned_from_it(office: Office):
    other = office.who("发放经办", 2)
    receive_list(
        EVERYBODY, name="名单.csv", place=office.place, programme=OLD_AGE, kind="grants",
        as_of=date(2023, 6, 30), acting_user=other, now=day(7, 1),
    )  # fmt: skip
    run = office.confirmed(office.computed())
    approver = moved(other, "发放审批", office)

    refused(
        lambda: approve_run(run, seen=run.asked_digest, acting_user=approver, now=day(7, 6)),
        "经办", "审批",
    )  # fmt: skip


def test_who_received_a_list_may_not_approve_what_is_sent_again_of_it(office: Office):
    other = office.who("发放经办", 2)
    receive_list(
        EVERYBODY, name="名单.csv", place=office.place, programme=OLD_AGE, kind="grants",
        as_of=date(2023, 6, 30), acting_user=other, now=day(7, 1),
    )  # fmt: skip
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("王",))
    small = resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 18))
    approver = moved(other, "发放审批", office)

    refused(
        lambda: approve_run(small, seen=small.asked_digest, acting_user=approver, now=day(7, 19)),
        "经办", "审批",
    )  # fmt: skip


def test_who_brought_an_account_by_another_programme_may_not_approve_what_is_paid_to_it(
    office: Office,
):
    office.receive()
    other = office.who("发放经办", 2)
    line = f"王春,{number(PEOPLE['王春'][0])},岳阳街道,2023-07,6222021001110099999,1,肢体"
    receive_list(
        sheet(line, captions="姓名,身份证号,街镇,起发月份,收款账号,残疾等级,残疾类别"),
        name="护理补贴.csv", place=office.place, programme="disability_nursing", kind="grants",
        as_of=date(2023, 7, 1), acting_user=other, now=day(7, 2),
    )  # fmt: skip
    run = office.confirmed(office.computed())
    approver = moved(other, "发放审批", office)

    refused(
        lambda: approve_run(run, seen=run.asked_digest, acting_user=approver, now=day(7, 6)),
        "经办", "审批",
    )  # fmt: skip


def test_who_confirmed_an_account_may_not_approve_what_is_paid_to_it(office: Office):
    office.receive()
    run = office.confirmed(office.computed())
    office.receive(
        sheet(row("王春", account="6222021001110099999")), as_of=date(2023, 7, 5),
        now=day(7, 5), name="账户.csv",
    )  # fmt: skip
    other = office.who("发放清查", 2)
    changed = PayeeAccount.objects.order_by("pk").last()
    confirm_account(changed, reason="电话核实", acting_user=other, now=day(7, 6))
    approver = moved(other, "发放审批", office)

    refused(
        lambda: approve_run(run, seen=run.asked_digest, acting_user=approver, now=day(7, 7)),
        "清查", "审批",
    )  # fmt: skip


def test_who_approved_neither_receives_nor_closes_nor_takes_the_file(office: Office):
    office.receive()
    run = office.approved(office.confirmed(office.computed()))
    [file] = make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7))
    approver = moved(office.approver(), "发放出纳", office)
    refused(lambda: take_bank_file(file, acting_user=approver, now=day(7, 7)), "审批", "出纳")
    take_bank_file(file, acting_user=office.cashier, now=day(7, 7))
    office.answered(run)
    run = Run.objects.get(pk=run.pk)

    approver = moved(approver, "发放经办", office)

    refused(lambda: close_run(run, acting_user=approver, now=day(7, 18)), "审批", "经办")
    for kind in ("grants", "deaths"):
        refused(
            lambda kind=kind: receive_list(
                _sheet(kind),
                name="x.csv", place=office.place, programme=OLD_AGE, kind=kind,
                as_of=date(2023, 7, 17), acting_user=approver, now=day(7, 18),
            ),
            "审批", "经办",
        )  # fmt: skip


def _sheet(kind: str) -> bytes:
    if kind == "grants":
        return sheet(row("王春"))
    return sheet(f"{number(PEOPLE['王春'][0])},2023-07-10", captions="身份证号,日期")


def test_who_checked_neither_computes_nor_confirms_nor_cancels(office: Office):
    office.receive()
    run = office.confirmed(office.computed())
    checker = moved(office.checker, "发放经办", office)
    refused(
        lambda: cancel_run(run, reason="错了", acting_user=checker, now=day(7, 6)),
        "清查", "经办",
    )  # fmt: skip
    again = freeze_run(run, acting_user=office.clerk, now=day(7, 6))

    refused(lambda: compute_run(again, acting_user=checker, now=day(7, 6)), "清查", "经办")

    again = compute_run(again, acting_user=office.clerk, now=day(7, 6))
    town = office.town("岳阳街道")
    checker = moved(checker, "街镇确认", office, town)
    refused(
        lambda: confirm_roster(again, town, acting_user=checker, now=day(7, 7)),
        "清查", "街镇确认",
    )  # fmt: skip


def test_each_step_notes_whose_duty_it_was(office: Office):
    office.receive()
    run = open_run(
        office.place, programme=OLD_AGE, month=JULY, acting_user=office.clerk, now=day(7, 2)
    )
    run = compute_run(
        freeze_run(run, acting_user=office.clerk, now=day(7, 3)),
        acting_user=office.clerk, now=day(7, 3),
    )  # fmt: skip
    office.sent(office.approved(office.confirmed(run)))

    noted = DutyDone.objects.values_list("duty", "made_by__username")
    assert set(noted) == {
        ("prepare", "发放经办1"), ("confirm", "街镇确认1岳阳街道"), ("confirm", "街镇确认1方松街道"),
        ("check", "发放清查1"), ("approve", "发放审批1"), ("pay", "发放出纳1"),
    }  # fmt: skip
