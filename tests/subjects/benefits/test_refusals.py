"""What cannot be is refused in a sentence at its line, and nothing is half-entered."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from kaoji.platform.events.models import Event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.approve_run import approve_run
from kaoji.subjects.benefits.actions.cancel_run import cancel_run
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.confirm_roster import confirm_roster
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.end_confirming import end_confirming
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import (
    Doubt,
    Fact,
    Item,
    Movement,
    Person,
    ReceivedList,
    ReturnFile,
    ReturnLine,
    Run,
    Try,
)
from kaoji.workflow.roles import Role
from support.paid import (
    ACCOUNT,
    EVERYBODY,
    JULY,
    OLD_AGE,
    PEOPLE,
    Office,
    answer,
    day,
    line,
    number,
    returned,
    row,
    sheet,
)
from support.people import LONG_AGO, NOON, person

pytestmark = pytest.mark.django_db


def told(refused: pytest.ExceptionInfo[UnableToAct]) -> str:
    """Everything that a refusal says; nothing of it is a number of a person or an account."""
    sentences = getattr(refused.value, "refusals", (refused.value.sentence,))
    said = "\n".join(map(str, sentences))
    for name, (born, _town) in PEOPLE.items():
        assert number(born) not in said
        assert name not in said
    for at in range(4):
        assert ACCOUNT.format(at) not in said
    return said


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ((number(PEOPLE["李夏"][0]), "31011719500302"), "第 3 行：“身份证号”应为 18 位或 15 位，这里是 14 位"),
        ((number(PEOPLE["李夏"][0]), "310117195013020129"), "第 3 行：“身份证号”中间的出生日期不存在"),
        ((number(PEOPLE["李夏"][0]), number(PEOPLE["王春"][0])), "第 3 行：与第 2 行是同一人"),
        (("岳阳街道", "月阳街道"), "第 2 行：没有登记街镇“月阳街道”"),
        (("2023-07", "七月"), "第 2 行：“起发月份”“七月”不是月份；请写成 2023-07"),
        (("2023-07", ""), "第 2 行：没有写起发月份，也没有写申请日期"),
        ((ACCOUNT.format(1), "6222 A"), "第 3 行：“收款账号”应为 8 到 32 位数字，这里是 5 位"),
        (("2023-07", number(PEOPLE["张秋"][0])), "“起发月份”“********”不是月份"),
        (("身份证号", "证"), "没有认出这些列：身份证号"),
    ],
)  # fmt: skip
def test_a_list_with_a_fault_is_refused_whole_at_its_line(office: Office, change, why):
    with pytest.raises(UnableToImport) as refused:
        office.receive(EVERYBODY.decode().replace(*change).encode())

    assert why in told(refused)
    assert not Person.objects.exists()
    assert not Fact.objects.exists()
    assert not ReceivedList.objects.exists()
    assert not Event.objects.filter(type="benefits.list_received").exists()


def test_a_list_from_the_future_or_taken_before_is_refused(office: Office):
    with pytest.raises(UnableToAct, match="名单截至 2023-07-09，还没有到"):
        office.receive(as_of=date(2023, 7, 9))
    office.receive()
    with pytest.raises(UnableToAct, match="已于 2023-07-01 接收过"):
        office.receive(name="换个名字.csv")
    with pytest.raises(UnableToImport, match="第 2 行：2023-08-01 晚于名单截至日 2023-06-30"):
        office.receive(
            sheet("310117195605090129,2023-08-01", captions="身份证号,日期"), kind="deaths"
        )


def test_a_number_whose_last_sign_is_wrong_is_taken_and_doubted_at_every_run(office: Office):
    right = number(PEOPLE["王春"][0])
    wrong = right[:17] + ("0" if right[17] != "0" else "1")

    received = office.receive(EVERYBODY.decode().replace(right, wrong).encode())

    assert "第 2 行" in str(received.remarks[0])
    office.computed()
    assert [(d.check_id, d.person.name_masked) for d in Doubt.objects.all()] == [
        ("C05", "王**")
    ]


def test_a_sheet_in_another_encoding_is_read_all_the_same(office: Office):
    assert office.receive(EVERYBODY.decode().encode("gb18030")).rows == 4


def test_a_list_again_brings_only_what_is_new_in_it(office: Office):
    office.receive()
    moved = EVERYBODY.decode().replace(row("王春"), row("王春").replace("岳阳", "方松"))

    again = office.receive(moved.encode(), now=day(8, 1), as_of=date(2023, 7, 31))

    assert (again.new, Person.objects.count()) == (0, 4)
    assert [fact.kind for fact in Fact.objects.filter(list=again.list)] == ["town"]


def test_two_open_runs_of_a_programme_cannot_be(office: Office):
    office.receive()
    open_run(
        office.place, programme=OLD_AGE, month=JULY, acting_user=office.clerk, now=day(7, 2)
    )

    with pytest.raises(UnableToAct, match="2023-07 的批次还没有审批，同时只能有一个"):
        open_run(
            office.place,
            programme=OLD_AGE,
            month=JULY + 1,
            acting_user=office.clerk,
            now=day(7, 2),
        )


def test_a_run_without_any_list_is_not_opened(office: Office):
    with pytest.raises(UnableToAct, match="还没有接收过老年综合津贴的享受待遇名单"):
        office.computed()


def test_nobody_does_two_duties_of_one_programme_and_month(office: Office):
    office.receive()
    run = office.confirmed(office.computed())
    boss = person("管理员")
    for somebody in (office.clerk, office.checker):
        # Who moves to another desk keeps what they did at the first.
        end_appointment(somebody.appointments.get(), acting_user=boss, now=NOON)
        appoint(
            somebody,
            Role.BENEFIT_APPROVER,
            office.place,
            since=LONG_AGO,
            acting_user=None,
            now=NOON,
        )
        again = User.objects.get(pk=somebody.pk)
        with pytest.raises(UnableToAct, match="的人不能再做审批"):
            approve_run(run, seen=run.asked_digest, acting_user=again, now=day(7, 6))
    assert Run.objects.get().state == "confirmed"


def test_ten_thousand_times_a_thousand_yuan_need_three_people(office: Office):
    office.receive()
    run = office.confirmed(office.computed())
    Run.objects.filter(pk=run.pk).update(approved_fen=1_000_000_000)

    first = office.approved(run, number_=1)
    second = office.approved(run, number_=2)
    assert (first.state, second.state) == ("confirmed", "confirmed")
    with pytest.raises(UnableToAct, match="同一人只能审批一次"):
        office.approved(run, number_=2)
    assert office.approved(run, number_=3).state == "approved"


def test_what_was_not_seen_is_not_approved(office: Office):
    office.receive()
    run = office.confirmed(office.computed())

    with pytest.raises(UnableToAct, match="在您看过之后有变动"):
        approve_run(run, seen="0" * 64, acting_user=office.approver(), now=day(7, 6))


def test_steps_out_of_turn_are_refused_with_what_may_be_done(office: Office):
    office.receive()
    run = office.computed()

    with pytest.raises(UnableToAct, match="批次现在是“已清查”，不能审批"):
        approve_run(run, seen=run.asked_digest, acting_user=office.approver(), now=day(7, 6))
    with pytest.raises(UnableToAct, match="不能关闭"):
        close_run(run, acting_user=office.clerk, now=day(7, 6))
    with pytest.raises(UnableToAct, match="还没有发送，不会有回盘"):
        read_return(run, b"", acting_user=office.cashier, now=day(7, 6))
    with pytest.raises(UnableToAct, match="银行有了回盘"):
        resend_failed(run, acting_user=office.clerk, now=day(7, 6))
    with pytest.raises(
        UnableToAct, match="还有 2 个街镇没有确认（岳阳街道、方松街道），2023-07-10 截止"
    ):
        end_confirming(run, acting_user=office.checker, now=day(7, 6))
    approved = office.approved(office.confirmed(run))
    for refused in (
        lambda: freeze_run(approved, acting_user=office.clerk, now=day(7, 7)),
        lambda: cancel_run(approved, reason="错了", acting_user=office.clerk, now=day(7, 7)),
    ):
        with pytest.raises(UnableToAct, match="批次已经审批并记账"):
            refused()


def test_a_late_town_holds_up_its_own_people_and_nobody_else(office: Office):
    office.receive()
    run = office.computed()
    mine = office.town("岳阳街道")
    confirm_roster(run, mine, acting_user=office.who("街镇确认", 1, mine), now=day(7, 5))

    run = end_confirming(run, acting_user=office.checker, now=day(7, 11))

    assert run.approved_fen == 3 * (7_500 + 15_000)
    left = Item.objects.filter(left_out__why="late")
    assert {item.town.name for item in left} == {"方松街道"}
    run = office.sent(office.approved(run, now=day(7, 12)), now=day(7, 12))
    assert Try.objects.count() == 2
    # The next run finds them again.
    august = office.computed(JULY + 1, now=day(8, 3))
    assert august.fen == 3 * (18_000 + 35_000)


def test_a_doubt_is_settled_once_with_a_reason_and_a_warning_stops_nothing(office: Office):
    office.receive(
        sheet(row("王春", account=""), row("李夏"), row("张秋", account=ACCOUNT.format(1)))
    )
    office.computed()
    hold, warn = (Doubt.objects.filter(check_id=key).first() for key in ("C08", "C07"))

    def decided(doubt: Doubt, settlement: str, reason: str = "已核实") -> None:
        decide_doubt(
            doubt, settlement, reason=reason, acting_user=office.checker, now=day(7, 4)
        )

    with pytest.raises(UnableToAct, match="请写明理由和依据"):
        decided(hold, "release", " ")
    with pytest.raises(UnableToAct, match="这一项检查只提醒"):
        decided(warn, "stop")
    decided(hold, "stop")
    with pytest.raises(UnableToAct, match="这一条已经有人处理"):
        decided(hold, "release")


def sent(office: Office) -> Run:
    office.receive()
    return office.sent(office.approved(office.confirmed(office.computed())))


@pytest.mark.parametrize(
    "fault", ["twice", "amount", "unknown", "total", "other bank", "outcome"]
)
def test_a_returned_file_with_a_fault_is_refused_whole_at_its_line(office: Office, fault: str):
    run = sent(office)
    first, second = Try.objects.order_by("line")[:2]
    good = line(first, "S", on="2023-07-14", at=1)
    content, why = {
        "twice": (returned(run, good, good), f"第 3 行：参考号 {first.reference} 的这一结果已经说过"),
        "amount": (
            returned(run, good, line(second, "S", on="2023-07-14", at=2, fen=44_900)),
            f"第 3 行：参考号 {second.reference} 发出 450.00 元，回盘是 449.00 元",
        ),
        "unknown": (
            returned(run, good.replace(first.reference, "K999-1")),
            "第 2 行：参考号“K999-1”不是我们发出的",
        ),
        "total": (returned(run, good, total=1), "第 1 行：汇总为 0.01 元，各行合计 225.00 元"),
        "other bank": (
            f"{ACCOUNT.format(0)}|王春|225.00|工行\r\n".encode("gb18030"),
            "是否拿错了银行的文件？",
        ),
        "outcome": (
            returned(run, good.replace("|S|", f"|{ACCOUNT.format(0)}|")),
            "代码“********”不认识",
        ),
    }[fault]  # fmt: skip

    with pytest.raises(UnableToImport) as refused:
        read_return(run, content, acting_user=office.cashier, now=day(7, 17))

    assert why in told(refused)
    assert not ReturnFile.objects.exists()
    assert not ReturnLine.objects.exists()
    assert not Movement.objects.filter(kind="credit").exists()


def test_files_come_in_any_order_and_the_same_one_once(office: Office):
    run = sent(office)
    late = answer(run, only=("赵", "王"))

    office.answered(run, only=("李", "张"))
    assert Run.objects.get().state == "sent"
    read_return(run, late, acting_user=office.cashier, now=day(7, 18))

    assert Run.objects.get().state == "reconciled"
    with pytest.raises(UnableToAct, match="这份回盘已于 2023-07-18 读入过"):
        read_return(run, late, acting_user=office.cashier, now=day(7, 19))


def test_a_line_of_another_run_is_sent_there(office: Office):
    run = sent(office)
    office.answered(run, failed=("张",))
    again = resend_failed(Run.objects.get(), acting_user=office.clerk, now=day(7, 19))
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    first = Try.objects.filter(file__run=run).first()

    with pytest.raises(UnableToImport, match="是 2023-07 另一批次的"):
        read_return(
            again, returned(again, line(first, "R", on="2023-07-21", at=1)),
            acting_user=office.cashier, now=day(7, 22),
        )  # fmt: skip


def test_a_death_before_the_resending_holds_it_and_stopped_it_is_not_sent(office: Office):
    run = sent(office)
    office.answered(run, failed=("张", "赵"))
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18))

    again = resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 19))

    with pytest.raises(UnableToAct, match="还有 3 条疑点没有处理"):
        office.approved(again, now=day(7, 20))
    for doubt in Doubt.objects.filter(run=again, check_id="C01"):
        decide_doubt(
            doubt, "stop", reason="火化名单", acting_user=office.checker, now=day(7, 20)
        )
    # Whoever approves has to see that the person is no longer among the payments.
    with pytest.raises(UnableToAct, match="在您看过之后有变动"):
        office.approved(again, now=day(7, 20))
    again = Run.objects.get(pk=again.pk)
    assert again.approved_fen == 3 * 18_000
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    assert [t.payment.person.name_masked for t in Try.objects.filter(number=2)] == ["张**"]


def test_what_the_bank_paid_twice_blocks_the_closing_until_it_comes_back(office: Office):
    run = sent(office)
    office.answered(run, failed=("张",))
    again = resend_failed(Run.objects.get(), acting_user=office.clerk, now=day(7, 19))
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    first = Try.objects.get(payment__person__name_masked="张**", number=1)

    # The first try, which had failed, was credited after all.
    late = returned(run, line(first, "S", on="2023-07-20", at=1))
    read_return(run, late, acting_user=office.cashier, now=day(7, 23))

    with pytest.raises(UnableToAct, match="银行多付的 1 笔还没有决定向谁追回"):
        office.closed(Run.objects.get(pk=run.pk), now=day(7, 24))
    back = returned(run, line(first, "R", on="2023-07-25", at=1))
    read_return(run, back, acting_user=office.cashier, now=day(7, 26))
    assert office.closed(Run.objects.get(pk=run.pk), now=day(7, 26)).state == "closed"
