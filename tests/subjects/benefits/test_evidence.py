"""Rates of closed runs as actual values of an indicator, from rows, with nobody's name in any."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaoji.core.target import Target
from kaoji.measuring.answer import Question, Row, Unanswerable
from kaoji.measuring.ways.payments import PAYMENTS
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.evidence import told as words_of
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.results.actions.take_actuals import take_actuals
from support.followed import measured, named, told
from support.paid import JULY, Office, day
from support.people import NOON
from support.road_form import END

pytestmark = pytest.mark.django_db


def closed(office: Office, approved) -> Run:
    """A quarter of four people: one could not be paid."""
    office.receive()
    run = office.computed(declaration=approved)
    run = office.sent(office.approved(office.confirmed(run)))
    office.answered(run, failed=("张",))
    return office.closed(Run.objects.get(pk=run.pk))


def test_an_indicator_takes_its_value_from_closed_runs(approved, filer):
    office = Office()
    measured(approved, filer, "验收合格率", "payments", statistic="timely", basis="on_day")
    closed(office, approved)

    answer = told(approved, "验收合格率", END).answer

    # 3 of 4 people in time, three months each.
    assert answer.value == "75%"
    assert [str(step) for step in answer.steps] == [
        "及时率（当日口径，各月合计）= 9 ÷ 12 = 75%"
    ]
    [mine, *_others] = answer.rows
    assert words_of(mine)[0] == "2023-07 岳阳街道 及时率"
    taken = take_actuals(approved, as_of=END, acting_user=filer, now=NOON)
    assert named(approved, "验收合格率") in {item.place for item in taken}


def test_what_is_sent_again_moves_the_rate_and_leaves_what_was_taken(approved, filer):
    office = Office()
    measured(approved, filer, "验收合格率", "payments", statistic="right_money")
    run = closed(office, approved)
    before = told(approved, "验收合格率", END).answer

    again = resend_failed(run, acting_user=office.clerk, now=day(7, 19))
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    office.closed(Run.objects.get(pk=again.pk), now=day(7, 23))
    after = told(approved, "验收合格率", END).answer

    assert (before.value, after.value) == ("76.16%", "100%")  # 1,725 of 2,265 yuan
    known = told(approved, "验收合格率", END, known_at=day(7, 20)).answer
    assert (known.value, known.digest) == (before.value, before.digest)


def test_without_a_closed_run_there_is_no_value_but_a_reason(approved, filer):
    measured(approved, filer, "验收合格率", "payments", statistic="timely")

    assert "没有已关闭的发放批次" in str(told(approved, "验收合格率", END).refusal)


def row(key: int, month: int, part: int, whole: int, **more: object) -> Row:
    says = {
        "run": month, "town": 1, "statistic": "timely", "basis": "on_day", "numerator": part,
        "denominator": whole, **more,
    }  # fmt: skip
    return Row("benefit_tallies", key, date(2023, month, 1), says)


def test_the_lowest_month_is_the_one_that_counts_where_it_is_asked_for():
    rows = [row(1, 1, 99, 100), row(2, 2, 90, 100), row(3, 2, 95, 100), row(4, 3, 100, 100)]
    question = Question(
        Target.parse("≥ 90%"), date(2023, 12, 31), {"statistic": "timely", "span": "lowest"}
    )

    # The second row of February counts in the place of the first.
    assert PAYMENTS.answer(question, rows).share == Decimal("95.00")


def test_a_run_after_the_day_does_not_count():
    question = Question(Target.parse("≥ 90%"), date(2023, 1, 31), {"statistic": "timely"})

    assert PAYMENTS.answer(question, [row(1, 1, 1, 2), row(2, 3, 1, 1)]).share == 50
    with pytest.raises(Unanswerable, match="没有已关闭的发放批次"):
        PAYMENTS.answer(question, [row(2, 3, 1, 1)])


def test_a_death_known_later_makes_the_payment_wrong_by_now_and_right_on_the_day(approved):
    from support.paid import PEOPLE, number, sheet

    office = Office()
    run = closed(office, approved)
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-07-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 8, 2), now=day(8, 2))

    from kaoji.subjects.benefits.queries.results import rates_of

    now = {
        (each.statistic, basis): each.rate
        for basis in ("on_day", "now")
        for each in rates_of(run, basis, known_at=day(8, 3))
        if each.town == office.town("方松街道").pk
    }
    # Of 赵冬's three months the month of the death is due, two are not; 张秋 was not paid.
    assert (
        now["right_items", "on_day"].numerator,
        now["right_items", "on_day"].denominator,
    ) == (3, 3)
    assert (now["right_items", "now"].numerator, now["right_items", "now"].denominator) == (
        1,
        3,
    )
    assert run.month == JULY
