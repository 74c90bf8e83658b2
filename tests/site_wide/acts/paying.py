"""Benefits: lists, runs, confirmations, approvals, the bank's files, sealed values."""

from __future__ import annotations

import io
from datetime import date

from django.contrib.auth.models import User

from kaoji.subjects.benefits.actions.approve_run import approve_run
from kaoji.subjects.benefits.actions.cancel_run import cancel_run
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.compute_run import compute_run
from kaoji.subjects.benefits.actions.confirm_account import confirm_account
from kaoji.subjects.benefits.actions.confirm_refusal import confirm_refusal
from kaoji.subjects.benefits.actions.confirm_roster import confirm_roster
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.decide_overpayment import decide_overpayment
from kaoji.subjects.benefits.actions.end_confirming import end_confirming
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.open_seal import open_seal
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.receive_list import receive_list
from kaoji.subjects.benefits.actions.refuse_bank_file import refuse_bank_file
from kaoji.subjects.benefits.actions.regain_overpayment import regain_overpayment
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.actions.take_proof import take_proof
from kaoji.subjects.benefits.models import Doubt, Overpayment, PayeeAccount, Person, Run, Try
from site_wide.acts.world import World, act, doing
from support.paid import (
    EVERYBODY,
    JULY,
    LAYOUT,
    OLD_AGE,
    Office,
    answer,
    line,
    returned,
    row,
    sheet,
)
from support.people import NOON


def office_of(world: World) -> Office:
    """The department pays, and is the only town of its list: whoever confirms sits there."""
    office = Office(place=world.head)
    mine = EVERYBODY.decode()
    for town in ("岳阳街道", "方松街道"):
        mine = mine.replace(town, world.head.name)
    office.receive(mine.encode(), now=NOON)
    return office


def opened(world: World) -> tuple[Office, Run]:
    office = office_of(world)
    run = open_run(
        office.place, programme=OLD_AGE, month=JULY, acting_user=office.clerk, now=NOON
    )
    return office, run


def computed(world: World) -> tuple[Office, Run]:
    office = office_of(world)
    return office, office.computed(now=NOON)


def confirmed(world: World) -> tuple[Office, Run]:
    office, run = computed(world)
    return office, office.confirmed(run, now=NOON)


def approved(world: World) -> tuple[Office, Run]:
    office, run = confirmed(world)
    return office, office.approved(run, now=NOON)


def sent(world: World) -> tuple[Office, Run]:
    office, run = approved(world)
    return office, office.sent(run, now=NOON)


def reconciled(world: World) -> tuple[Office, Run]:
    office, run = sent(world)
    office.answered(run, failed=("张",), now=NOON)
    return office, Run.objects.get(pk=run.pk)


@act("接收名单")
def _(world: World):
    list_ = sheet(row("王春").replace("岳阳街道", world.head.name))
    more = {"name": "x.csv", "programme": OLD_AGE, "kind": "grants", "as_of": date(2023, 6, 30)}
    return doing(receive_list, list_, place=world.head, **more)


@act("开批次")
def _(world: World):
    return doing(open_run, office_of(world).place, programme=OLD_AGE, month=JULY)


@act("冻结批次")
def _(world: World):
    return doing(freeze_run, opened(world)[1])


@act("计算批次")
def _(world: World):
    office, run = opened(world)
    return doing(compute_run, freeze_run(run, acting_user=office.clerk, now=NOON))


@act("撤销批次")
def _(world: World):
    return doing(cancel_run, opened(world)[1], reason="名单有误")


@act("确认花名册")
def _(world: World):
    office, run = computed(world)
    return doing(confirm_roster, run, office.place)


@act("处理疑点")
def _(world: World):
    office = office_of(world)
    late = row("王春", account="").replace("岳阳街道", world.head.name)
    office.receive(
        sheet(late.replace(late.split(",")[1], "310117194801011236")), now=NOON, name="y.csv"
    )
    office.computed(now=NOON)
    doubt = Doubt.objects.filter(check_id="C08").first()
    return doing(decide_doubt, doubt, "release", reason="已核实")


@act("结束确认")
def _(world: World):
    office, run = computed(world)
    who = office.who("街镇确认")
    confirm_roster(run, office.place, acting_user=who, now=NOON)
    return doing(end_confirming, run)


@act("核实账户")
def _(world: World):
    office_of(world)
    account = PayeeAccount.objects.first()
    return doing(confirm_account, account, reason="电话核实")


@act("审批批次")
def _(world: World):
    run = confirmed(world)[1]
    return doing(approve_run, run, seen=run.asked_digest)


@act("制作盘片")
def _(world: World):
    return doing(make_bank_file, approved(world)[1], LAYOUT)


@act("取走盘片")
def _(world: World):
    office, run = approved(world)
    [file] = make_bank_file(run, LAYOUT, acting_user=office.cashier, now=NOON)
    return doing(take_bank_file, file)


@act("登记银行退盘")
def _(world: World):
    run = sent(world)[1]
    return doing(refuse_bank_file, run.bank_files.get(), reason="批次号错误")


@act("核实银行退盘")
def _(world: World):
    office, run = sent(world)
    refuse_bank_file(
        run.bank_files.get(), reason="批次号错误", acting_user=office.cashier, now=NOON
    )
    return doing(confirm_refusal, run.bank_files.get(), reason="已电话核实")


@act("读入回盘")
def _(world: World):
    run = sent(world)[1]
    return doing(read_return, run, answer(run))


def paid_besides(world: World) -> tuple[Office, Overpayment]:
    """The bank credits a line once more on another day."""
    office, run = reconciled(world)
    twice = line(
        Try.objects.filter(lines__outcome="credited").first(), "S", on="2023-07-20", at=1
    )
    read_return(
        run, returned(run, twice), besides="银行确认", acting_user=office.cashier, now=NOON
    )
    return office, Overpayment.objects.get()


@act("决定银行多付")
def _(world: World):
    return doing(decide_overpayment, paid_besides(world)[1], "bank", reason="已发函")


@act("登记收回多付")
def _(world: World):
    office, besides = paid_besides(world)
    decide_overpayment(besides, "bank", reason="x", acting_user=office.checker, now=NOON)
    return doing(regain_overpayment, besides, 100, on=date(2023, 7, 21), paper="进账单")


@act("重发失败")
def _(world: World):
    return doing(resend_failed, reconciled(world)[1])


@act("关闭批次")
def _(world: World):
    return doing(close_run, reconciled(world)[1])


@act("带走发放证明")
def _(world: World):
    office, run = reconciled(world)
    return doing(take_proof, [office.closed(run, now=NOON)], io.BytesIO())


@act("查看原值")
def _(world: World):
    office_of(world)
    person = Person.objects.first()

    def see(user: User) -> None:
        open_seal(person, "id", purpose="核对证件", acting_user=user, now=NOON)

    return see
