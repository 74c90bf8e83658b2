"""What an entry of spending must agree with: its day, its sign, its source, the budget, what stands on record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaoji.documents.spending_sheet import SpendingLine
from kaoji.platform.events.models import Event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.spending.actions.enter_spendings import Entering, compared, entered
from kaoji.subjects.spending.actions.record_spending import record_spending
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.spending.queries import counted_amounts
from support.followed import imported, put_in_force, spent
from support.people import NOON
from support.road_form import PUTUO

pytestmark = pytest.mark.django_db

MARCH, APRIL = date(2023, 3, 1), date(2023, 4, 1)


def recorded(approved, filer, month: date, amount: str, source: str = "") -> Spending:
    return record_spending(
        approved,
        month=month,
        amount=Decimal(amount),
        source=source,
        acting_user=filer,
        now=NOON,
    )


def line(
    number: int, amount: str, month: date = MARCH, source: str = "", *, project: str = "甲", unit: str = ""
) -> SpendingLine:  # fmt: skip
    return SpendingLine(number, project, unit, month, Decimal(amount), source)


def entering(approved, filer, place: Organisation | None = None, **more: bool) -> Entering:
    told = {"replace": False, **more}
    return Entering(place or approved.organisation, 2023, person=filer, now=NOON, **told)


def another(filer, *, project: str = "甲", unit: str = "丁") -> Declaration:
    """A second project in force, of another unit."""
    named = PUTUO.replace("项目: 甲", f"项目: {project}").replace(
        "实施单位: 丙", f"实施单位: {unit}"
    )
    return put_in_force(filer, named)


def test_a_month_is_entered_by_any_of_its_days_and_told_in_the_log(approved, filer):
    made = recorded(approved, filer, date(2023, 3, 31), "12.50", "fiscal")

    assert (made.month, made.amount, made.source) == (MARCH, Decimal("12.50"), "fiscal")
    assert (made.made_at, made.made_by) == (NOON, filer)
    event = Event.objects.get(type="spending.recorded")
    rows = event.payload.pop("rows")
    assert event.payload == {"id": made.pk, "month": "2023-03", "amount": "12.50"}
    assert set(rows["spendings"]) == {str(made.pk)}


def test_nothing_may_be_spent_in_a_month_but_not_less(approved, filer):
    assert recorded(approved, filer, MARCH, "0").amount == 0
    with pytest.raises(UnableToAct, match=r"-0\.01 是负数"):
        recorded(approved, filer, MARCH, "-0.01")


def test_money_comes_from_a_source_that_there_is(approved, filer):
    with pytest.raises(UnableToAct, match="没有“bank”这种资金来源"):
        recorded(approved, filer, MARCH, "5", "bank")


def test_a_month_is_told_by_sources_or_in_one_sum_and_other_months_as_they_like(
    approved, filer
):
    recorded(approved, filer, MARCH, "5", "fiscal")
    recorded(approved, filer, APRIL, "6")

    for month, source in ((MARCH, ""), (APRIL, "other")):
        with pytest.raises(UnableToAct, match="重复计算"):
            recorded(approved, filer, month, "1", source)
    recorded(approved, filer, MARCH, "1", "other")
    recorded(approved, filer, APRIL, "7")
    # What is set to nothing stands in nobody's way.
    recorded(approved, filer, APRIL, "0")
    recorded(approved, filer, APRIL, "7", "other")

    assert counted_amounts(approved) == {
        (MARCH, "fiscal"): 5, (MARCH, "other"): 1, (APRIL, ""): 0, (APRIL, "other"): 7,
    }  # fmt: skip


def test_all_of_the_budget_may_be_spent_and_a_month_is_counted_once(approved, filer):
    recorded(approved, filer, MARCH, "250000")
    recorded(approved, filer, MARCH, "249999.99")
    recorded(approved, filer, APRIL, "0.01")

    with pytest.raises(UnableToAct, match=r"250,000\.01 元超过全年预算 250,000\.00 元"):
        recorded(approved, filer, APRIL, "0.02")


def test_lines_of_one_month_add_up_unless_each_is_the_whole(approved, filer):
    lines = [line(2, "5"), line(3, "6"), line(4, "7", APRIL)]

    made = entered(lines, entering(approved, filer))

    assert [(row.month, row.amount) for row in made] == [(MARCH, 11), (APRIL, 7)]
    assert (made[0].made_by, made[0].made_at, made[0].declaration) == (filer, NOON, approved)
    with pytest.raises(UnableToImport, match="第 3 行：与第 2 行是同一项目、同月、同一来源"):
        entered(lines, entering(approved, filer, are_whole=True))
    assert not Spending.objects.exists()


def test_what_stands_on_record_is_not_entered_again_and_not_changed_without_leave(
    approved, filer
):
    spent(approved, filer, 3, "5")

    assert entered([line(2, "5")], entering(approved, filer)) == []
    with pytest.raises(
        UnableToImport, match=r"第 2 行：.*2023-03 已记 5\.00 元，这里当月合计 6\.00 元"
    ):
        entered([line(2, "6"), line(3, "9", APRIL)], entering(approved, filer))
    [made] = entered([line(2, "6")], entering(approved, filer, replace=True))
    assert made.amount == 6


def test_each_fault_is_told_at_its_line_and_too_much_at_the_last(approved, filer):
    lines = [
        line(2, "-5"),
        line(3, "5", date(2022, 3, 1)),
        line(4, "5", APRIL, project="没有的"),
        line(5, "250000", APRIL),
        line(6, "0.01", date(2023, 5, 1)),
    ]

    with pytest.raises(UnableToImport) as refusal:
        entered(lines, entering(approved, filer))

    assert [str(each)[:6] for each in refusal.value.refusals] == [
        "第 2 行：", "第 3 行：", "第 4 行：", "第 6 行：",
    ]  # fmt: skip
    for found, why in zip(
        refusal.value.refusals,
        ("负数", "不在 2023 年度之内", "没有 2023 年的项目“没有的”", "超过全年预算"),
        strict=True,
    ):
        assert why in str(found)


def test_a_project_is_found_by_its_name_and_where_two_have_it_by_its_unit(approved, filer):
    other = another(filer)
    everywhere = approved.organisation.parent.parent

    with pytest.raises(UnableToImport, match="有几个单位都有“甲”；请写明是哪个单位"):
        entered([line(2, "5")], entering(approved, filer, everywhere))
    [made] = entered([line(2, "5", unit="丁")], entering(approved, filer, everywhere))
    assert made.declaration == other
    [mine] = entered([line(2, "5")], entering(approved, filer))
    assert mine.declaration == approved
    with pytest.raises(UnableToImport, match="“丁”没有 2023 年的项目“甲”；是别的单位的"):
        entered([line(2, "5", unit="丁")], entering(approved, filer))
    last_year = Entering(everywhere, 2022, False, filer, NOON)
    with pytest.raises(UnableToImport, match="没有 2022 年的项目"):
        entered([line(2, "5", unit="丁")], last_year)


def test_projects_are_compared_with_the_record_month_by_month(approved, filer):
    other = another(filer, project="乙路")
    spent(approved, filer, 3, "5")
    lines = [
        line(2, "1", APRIL, project="乙路"), line(3, "9", APRIL), line(4, "2"), line(5, "3"),
        line(6, "8", project="没有的"),
    ]  # fmt: skip

    found = compared(lines, entering(approved, filer, approved.organisation.parent.parent))

    assert found == [
        (approved, MARCH, "", Decimal(5), Decimal(5)),
        (approved, APRIL, "", None, Decimal(9)),
        (other, APRIL, "", None, Decimal(1)),
    ]


def test_an_imported_sheet_is_one_batch_and_one_event(approved, filer):
    imported(approved, filer)

    batches = set(Spending.objects.values_list("batch", flat=True))
    event = Event.objects.get(type="spendings.imported")
    assert len(batches) == 1
    rows = event.payload.pop("rows")
    assert (len(rows["batches"]), len(rows["spendings"])) == (1, 2)
    assert event.payload == {
        "document": "国库.csv", "count": 2, "total": "215457.60", "batch": batches.pop(),
    }  # fmt: skip
    assert (event.at, event.actor) == (NOON, filer)
