"""What was spent, from the treasury's sheet: added up by month, reconciled, refused whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaoji.platform.events.models import Event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.imports.models import Batch
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.results.queries.results import results_of
from kaoji.subjects.spending.actions.record_spending import record_spending
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.followed import TREASURY, imported, spent
from support.people import NOON
from support.road_form import END

pytestmark = pytest.mark.django_db


def test_the_treasurys_sheet_is_added_up_by_month_and_reconciled(approved, filer):
    made = imported(approved, filer)

    assert (made.entries, made.total, made.stated_total) == (
        2, Decimal("215457.60"), Decimal("215457.60"),
    )  # fmt: skip
    months = results_of(approved, as_of=END).months
    assert [(row.month.month, row.amount) for row in months] == [
        (3, Decimal(150000)), (6, Decimal("65457.60")),
    ]  # fmt: skip
    assert Event.objects.filter(type="spendings.imported").count() == 1
    assert verify_chain() == Event.objects.count()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("215457.60,\n", "215457.00,\n"), "相差 -0.60"),
        (("A2", "A1"), "凭证号“A1”与第 2 行重复"),
        (("2023-06-01", "2022-06-01"), "不在 2023 年度"),
        (("65457.60,A3", "-5,A3"), "负数"),
        (
            ("甲,松江区财政局,2023-06-01", "丁,松江区财政局,2023-06-01"),
            "没有 2023 年的项目“丁”",
        ),
        (("65457.60,A3", "一些,A3"), "不是数"),
        (("支付金额（元）", "钱"), "没有认出金额列"),
        (("65457.60,A3", "965457.60,A3"), "超过全年预算"),
    ],
)
def test_a_sheet_with_a_fault_is_refused_whole(approved, filer, change, why):
    text = TREASURY.replace(*change)
    if "合计" in text and "215457.60,\n" in text and change[0] not in {"A2", "215457.60,\n"}:
        text = text.replace("合计,,,215457.60,\n", "")

    with pytest.raises(UnableToImport, match=why):
        imported(approved, filer, text)
    assert not Spending.objects.exists()
    assert not Batch.objects.exists()


def test_amounts_in_ten_thousands_are_reckoned_in_yuan(approved, filer):
    text = "项目名称,支付日期,金额（万元）\n甲,2023-03-01,12.5\n合计,,12.5\n"
    fine = "项目名称,支付日期,金额（万元）\n甲,2023-04-01,0.0000001\n"

    assert imported(approved, filer, text).total == Decimal(125000)
    with pytest.raises(UnableToImport, match="折成元后多于两位小数"):
        imported(approved, filer, fine)


def test_a_column_is_named_once_and_remembered(approved, filer):
    odd = TREASURY.replace("支付金额", "钱")

    imported(approved, filer, odd, columns={"amount": "钱（元）"})
    more = (
        odd.replace("A1", "B1").replace("120,000.00", "120,001.00").replace("215457", "215458")
    )

    with pytest.raises(UnableToImport, match="这里当月合计 150,001"):
        imported(approved, filer, more)
    imported(approved, filer, more, replace=True)
    assert results_of(approved, as_of=END).executed == Decimal("215458.60")


def test_the_same_sheet_and_the_same_amounts_are_not_taken_twice(approved, filer):
    imported(approved, filer)

    with pytest.raises(UnableToAct, match="已于 2026-11-24 导入过"):
        imported(approved, filer)
    with pytest.raises(UnableToImport, match="都已经在记录里"):
        imported(approved, filer, TREASURY.replace("A3", "A9"))


def test_sources_are_told_apart_all_of_them_or_none(approved, filer):
    march = date(2023, 3, 1)
    for source in ("fiscal", "other"):
        record_spending(
            approved,
            month=march,
            amount=Decimal(100),
            source=source,
            acting_user=filer,
            now=NOON,
        )

    assert results_of(approved, as_of=END).executed == 200
    assert results_of(approved, as_of=END).outcome.budget["fiscal"].executed.yuan == 100
    with pytest.raises(UnableToAct, match="重复计算"):
        spent(approved, filer, 3, "5")
