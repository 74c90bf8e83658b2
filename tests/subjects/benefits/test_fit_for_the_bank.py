"""Whose line the bank's file cannot hold is told before anybody approves, with the cure."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.core.speech import restored
from kaoji.subjects.benefits.actions.compute_run import compute_run
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.models import Doubt, Run
from kaoji.subjects.benefits.queries.left_out import why_left_out
from support.paid import JULY, Office, day, number, row, sheet
from support.proved import files_of, proof_of

pytestmark = pytest.mark.django_db
OTHERS = tuple(map(row, ("李夏", "张秋", "赵冬")))


def renamed(to: str) -> str:
    """王春, whom the list calls something else."""
    return row("王春").replace("王春", to, 1)


def doubts(run: Run) -> list[str]:
    found = Doubt.objects.filter(run=run, check_id="C31").order_by("id")
    return [str(restored(doubt.sentence)) for doubt in found]


def test_a_name_too_long_is_told_for_every_bank_until_one_was_used(office: Office):
    office.receive(sheet(*OTHERS, renamed("王" + "春" * 35)))

    run = office.computed()

    assert doubts(run) == [
        "“招商银行大批量代发”写不进：户名长 72 字节，银行至多收 62 字节，请缩短；请在下一份名单里更正户名或账号，"
        "再由清查人员核实新账户，否则制盘时留下、等待重发",
        "“定长文本（末行汇总）”写不进：户名长 72 字节，银行至多收 60 字节，请缩短；请在下一份名单里更正户名或账号，"
        "再由清查人员核实新账户，否则制盘时留下、等待重发",
    ]
    assert set(Doubt.objects.values_list("effect", flat=True)) <= {"warn"}
    run = office.sent(office.approved(office.confirmed(run)))
    assert len(why_left_out(run, day(7, 18))) == 1
    # From now on only the bank that was sent to is asked about, and only of accounts that it has not held yet.
    office.answered(run)
    new = f"陈{'新' * 30},{number(date(1953, 8, 8))},方松街道,2023-08,6222021001110000777,工商银行"
    office.receive(sheet(new), name="b.csv", as_of=date(2023, 9, 30), now=day(10, 1))
    october = office.computed(JULY + 3, now=day(10, 3))
    assert len(doubts(october)) == 1
    assert "“招商银行大批量代发”写不进" in doubts(october)[0]


def test_a_sign_that_the_bank_cannot_write_is_not_quoted_where_it_leaves_the_house(
    office: Office,
):
    office.receive(sheet(*OTHERS, renamed("王𬭶")))
    run = office.computed()
    assert [
        "“定长文本（末行汇总）”写不进：户名里的“□”银行的编码写不出" in each
        for each in doubts(run)
    ] == [True]

    run = office.sent(office.approved(office.confirmed(run)))
    office.answered(run)
    proof = proof_of(office, office.closed(Run.objects.get(pk=run.pk)))

    for name, content in files_of(proof).items():
        assert "𬭶" not in content.decode(), name


def test_who_is_corrected_before_the_approval_is_told_of_no_more(office: Office):
    """The list named the holder by the whole title of the carer's home; the bank's own name for it is short."""
    captions = "姓名,身份证号,街镇,起发月份,收款账号,开户行,户名,收款人"
    home, short = "松江区第一社会福利院" * 4, "松江一福院"
    office.receive(sheet(f"{row('王春')},{home},机构", captions=captions))
    run = office.computed()
    assert len(doubts(run)) == 2
    office.receive(
        sheet(f"{row('王春')},{short},机构", captions=captions), name="b.csv",
        as_of=date(2023, 7, 1), now=day(7, 4),
    )  # fmt: skip

    again = freeze_run(run, acting_user=office.clerk, now=day(7, 5))
    again = compute_run(again, acting_user=office.clerk, now=day(7, 5))

    assert not Doubt.objects.filter(run=run, check_id="C31", computation=2).exists()
