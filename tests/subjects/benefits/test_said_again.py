"""What a list says beside what is on record: news is entered, whenever it comes; what is not followed is said."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.months import Month, month
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.confirm_account import confirm_account
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Doubt, Fact, Item, PayeeAccount, Run, Try
from kaoji.subjects.benefits.queries.digests import digest_differences
from support.paid import ACCOUNT, JULY, OLD_AGE, PEOPLE, Office, day, number, row, sheet

pytestmark = pytest.mark.django_db
NURSING = "disability_nursing"
BADLY_NAMED = row("王春").replace("工商银行松江支行", "工商银行|松江支行")


def again(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def graded(grade: int) -> bytes:
    return sheet(
        f"王春,{number(PEOPLE['王春'][0])},岳阳街道,2023-05,{ACCOUNT.format(0)},{grade},肢体",
        captions="姓名,身份证号,街镇,起发月份,收款账号,残疾等级,残疾类别",
    )


def left(office: Office, on: str, *, as_of: date, now) -> object:
    return office.receive(
        sheet(f"{number(PEOPLE['王春'][0])},{on}", captions="身份证号,迁出日期"),
        kind="left", as_of=as_of, now=now, name=f"迁出{on}.csv",
    )  # fmt: skip


def months_of(run: Run) -> list[int]:
    mine = Item.objects.filter(run=run, person__name_masked="王**").order_by("month")
    return list(mine.values_list("month", flat=True))


def test_a_grade_that_an_older_list_repeats_late_is_still_news_on_its_own_day(office: Office):
    """Grade 2 in May, 1 in July; a list of June comes in late; in August it is 2 again."""
    told = [
        (2, date(2023, 5, 31), day(6, 1)), (1, date(2023, 7, 5), day(7, 5)),
        (2, date(2023, 6, 10), day(7, 6)), (2, date(2023, 8, 1), day(8, 1)),
    ]  # fmt: skip
    for at, (grade, as_of, now) in enumerate(told):
        content = graded(grade) + b"\n" * at
        office.receive(content, programme=NURSING, as_of=as_of, now=now, name=f"{at}.csv")

    grades = Fact.objects.filter(kind="disability_grade").order_by("id")
    assert list(grades.values_list("value", "since")) == [
        ("2", date(2023, 5, 1)), ("1", date(2023, 7, 5)), ("2", date(2023, 8, 1)),
    ]  # fmt: skip


def test_another_birth_than_the_one_on_record_is_asked_about(office: Office):
    captions = "姓名,身份证号,出生日期,街镇,起发月份,收款账号"
    mine = "王春,{},{},岳阳街道,2023-07,{}"
    who = number(PEOPLE["王春"][0]), ACCOUNT.format(0)
    office.receive(sheet(mine.format(who[0], "1956-05-09", who[1]), captions=captions))

    received = office.receive(
        sheet(mine.format(who[0], "1951-05-09", who[1]), captions=captions), name="2.csv",
        as_of=date(2023, 7, 1), now=day(7, 2),
    )  # fmt: skip

    assert [str(each) for each in received.remarks] == [
        "1 人的出生年月与已记的不同（第 2 行），仍按已记的；核实后如已记的有误，请交出生更正名单"
    ]
    assert Fact.objects.filter(kind="birth").count() == 1


def test_who_had_left_before_the_grant_began_is_paid(office: Office):
    left(office, "2010-03-02", as_of=date(2023, 6, 1), now=day(6, 2))
    office.receive()

    run = office.computed()

    assert months_of(run) == [JULY, JULY + 1, JULY + 2]
    assert not Doubt.objects.filter(run=run, person__name_masked="王**").exists()


def test_who_left_and_is_granted_again_is_paid_from_then_on_and_may_leave_again(office: Office):
    office.receive(sheet(row("王春", start="2022-01")), as_of=date(2022, 1, 1), now=day(6, 1))
    left(office, "2022-03-02", as_of=date(2023, 7, 1), now=day(7, 1))
    assert months_of(office.computed()) == [month(2022, 1), month(2022, 2), month(2022, 3)]
    Run.objects.update(state="cancelled")

    back = office.receive(
        sheet(row("王春", start="2023-09")),
        as_of=date(2023, 9, 1),
        now=day(9, 1),
        name="迁回.csv",
    )

    assert not back.remarks
    run = office.computed(JULY + 3, now=day(10, 3))
    assert months_of(run)[3:] == list(range(month(2023, 9), month(2024, 1)))
    assert not Doubt.objects.filter(run=run, check_id="C02", month__gte=JULY).exists()
    left(office, "2023-10-02", as_of=date(2023, 10, 5), now=day(10, 5))
    assert Fact.objects.filter(kind="left_city").count() == 2


def test_a_list_that_names_somebody_who_left_says_so_at_the_line(office: Office):
    office.receive()
    left(office, "2023-07-02", as_of=date(2023, 7, 3), now=day(7, 3))

    received = office.receive(
        sheet(row("李夏"), row("王春")), as_of=date(2023, 7, 4), now=day(7, 4), name="七月.csv"
    )

    assert [str(each) for each in received.remarks] == [
        "第 3 行：这人已记 2023-07-02 死亡或迁出，不再发放；迁回后重新享受的，请写之后的起发月份"
    ]


def test_one_bank_that_does_not_fit_holds_up_nobody_else_and_can_be_mended(office: Office):
    office.receive(sheet(BADLY_NAMED, row("李夏")))
    run = office.sent(office.approved(office.confirmed(office.computed())))
    assert [each.payment.person.name_masked for each in Try.objects.all()] == ["李**"]
    office.answered(run)

    # A better name of the bank is another account: somebody looks at it before it is paid to.
    office.receive(sheet(row("王春")), as_of=date(2023, 7, 17), now=day(7, 17), name="改.csv")
    assert PayeeAccount.objects.filter(person__name_masked="王**").count() == 2
    confirm_account(
        PayeeAccount.objects.last(), reason="存折复印件", acting_user=office.checker,
        now=day(7, 18),
    )  # fmt: skip
    small = resend_failed(again(run), acting_user=office.clerk, now=day(7, 18))
    small = office.sent(office.approved(small, now=day(7, 19)), now=day(7, 19))

    [mine] = Try.objects.filter(file__run=small)
    assert (mine.payment.person.name_masked, mine.fen) == ("王**", 22_500)
    assert not list(digest_differences())


def test_a_file_that_can_hold_nobody_is_not_made(office: Office):
    office.receive(sheet(BADLY_NAMED))
    run = office.approved(office.confirmed(office.computed()))

    with pytest.raises(UnableToImport, match="王"):
        office.sent(run)

    assert again(run).state == "approved"


@pytest.mark.parametrize(
    ("programme", "of", "last"),
    [(NURSING, month(2023, 9), "2023-08"), (OLD_AGE, month(2032, 7), "2023-10")],
)
def test_no_month_is_opened_years_ahead(office: Office, programme: str, of: Month, last: str):
    """The allowance of the old is paid by the quarter, that of the disabled by the month."""
    office.receive()
    office.receive(graded(1), programme=NURSING, now=day(7, 1))

    with pytest.raises(UnableToAct, match=f"还早，最多可以开到 {last}"):
        open_run(
            office.place, programme=programme, month=of, acting_user=office.clerk, now=day(7, 3)
        )
