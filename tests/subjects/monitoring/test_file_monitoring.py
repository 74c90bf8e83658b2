"""A unit reports in a period: why an indicator deviates, how likely its target is, what will be done, the money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, Outcome
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.monitoring.actions.file_monitoring import Said, file_monitoring
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.spending.actions.record_spending import record_spending
from support.followed import everything
from support.people import NOON

pytestmark = pytest.mark.django_db

IMPOSSIBLE = Said(
    ("其他", "经费保障"), "汛期停工", "完全不可能", remedy="已申请调减目标到20公里"
)


def filed(
    period: MonitoringPeriod, approved: Declaration, filer: User, told: Said
) -> MonitoringReport:
    said = everything(approved, 养护里程=told)
    return file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)


def outcome_of(report: MonitoringReport) -> Outcome:
    _, outcome = parse_with_outcome(report.content)
    assert outcome is not None
    return outcome


def test_causes_are_kept_one_by_one_in_the_order_of_the_form(approved, filer, period):
    [first, *others] = outcome_of(filed(period, approved, filer, IMPOSSIBLE)).indicators

    assert first.causes == ("经费保障", "其他")
    assert (first.reason, first.likelihood) == ("汛期停工", "完全不可能")
    assert first.remedy == "已申请调减目标到20公里"
    assert {row.causes for row in others} == {()}


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (Said(likelihood="完全不可能"), "“养护里程”选了“完全不可能”，请选偏差原因的类别并写明原因"),
        (Said((), "汛期", "完全不可能", remedy="补做"), "请选偏差原因的类别"),
        (Said(("其他",), "汛期", "完全不可能", remedy=" "), "请在备注里写整改措施，或提出调整目标、预算"),
        (Said(("天气",), "汛期", "有可能"), "没有“天气”这类原因，请在经费保障、制度保障、人员保障、硬件条件保障、其他中选"),
        (Said(likelihood="也许"), "“养护里程”请选完成目标的可能性"),
    ],
)  # fmt: skip
def test_what_cannot_be_reached_asks_for_a_cause_a_reason_and_a_remedy(
    approved, filer, period, told: Said, refusal: str
):
    with pytest.raises(UnableToAct, match=refusal):
        filed(period, approved, filer, told)

    assert not MonitoringReport.objects.exists()


def test_the_money_is_told_by_source_where_the_spending_was(approved, filer, period):
    for source, amount in (("fiscal", "100000"), ("other", "6000")):
        record_spending(
            approved, month=date(2023, 6, 1), amount=Decimal(amount), source=source,
            acting_user=filer, now=NOON,
        )  # fmt: skip

    budget = outcome_of(filed(period, approved, filer, IMPOSSIBLE)).budget

    promised = Money(Decimal(250_000))
    # 100,000 yuan in seven months are 171,428.57 in twelve, 106,000 are 181,714.29.
    assert budget["total"] == BudgetLine(
        promised, None, Money(Decimal(106_000)), Money(Decimal("181714.29")),
        rate=Decimal("42.40"),
    )  # fmt: skip
    assert budget["fiscal"] == BudgetLine(
        promised, None, Money(Decimal(100_000)), Money(Decimal("171428.57")),
        rate=Decimal("40.00"),
    )  # fmt: skip
    assert budget["other"].executed == Money(Decimal(6_000))
    assert (budget["other"].initial, budget["other"].rate) == (None, None)


def page_of(period: MonitoringPeriod, approved: Declaration) -> str:
    return f"/monitoring/{period.pk}/{approved.pk}/"


def typed(**first: object) -> dict[str, object]:
    return {f"likelihood.{number}": "确定能" for number in range(1, 7)} | {
        f"{name}.1": value for name, value in first.items()
    }


def test_what_was_ticked_stays_ticked_when_something_is_missing(approved, filer, period):
    client = Client()
    client.force_login(filer)
    sent = typed(likelihood="完全不可能", causes=["人员保障", "其他"], reason="人手不足")

    refused = client.post(page_of(period, approved), sent)
    page = refused.content.decode()

    assert "请在备注里写整改措施" in page
    assert page.count(" checked> 人员保障") == page.count(" checked> 其他") == 1
    assert " checked> 经费保障" not in page

    client.post(page_of(period, approved), {**sent, "remedy.1": "增派两个班组"})

    [row, *_] = outcome_of(MonitoringReport.objects.get()).indicators
    assert (row.causes, row.remedy) == (("人员保障", "其他"), "增派两个班组")


def test_the_page_asks_in_english_too(approved, filer, period):
    client = Client()
    client.force_login(filer)
    client.post("/account/language/", {"language": "en", "next": "/"})

    page = client.get(page_of(period, approved)).content.decode()

    assert "> Funding</label>" in page
    assert "Not at all possible" in page
    assert "Remark (what will be done)" in page
