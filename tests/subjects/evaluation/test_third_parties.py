"""Evaluations given to a third party: the contract, the statement of independence, how the firm worked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.evaluation.actions.assess_agency import assess_agency
from kaoji.subjects.evaluation.actions.report_evaluation import report_evaluation
from kaoji.subjects.evaluation.models import Evaluation, ExpertSheet, IndependenceStatement
from kaoji.subjects.verification.queries.verifying import verify_chain
from kaoji.workflow.places import PlaceKind
from support.evaluating import DUE, commissioned, experts, given_to_a_firm, scored
from support.people import NOON, place

pytestmark = pytest.mark.django_db

# The published sheet of 嘉定区文化和旅游局 (2019): 15, 15, 20, 25, 25.
SHEET = {
    "人员专业能力": (Decimal(14), "一人没有相关经验"),
    "人员稳定": (Decimal(15), ""),
    "沟通和态度": (Decimal(19), "现场只来一次"),
    "数据详实": (Decimal(23), "两处数与台账不一"),
    "结论和建议": (Decimal(23), "建议偏笼统"),
}


@pytest.fixture
def reported(approved, evaluation, finance) -> Evaluation:
    made = given_to_a_firm(approved, finance)
    report_evaluation(made, findings="无", advice="无", acting_user=finance, now=NOON)
    return made


def firm():
    return place("某事务所", PlaceKind.AGENCY, place())


@pytest.mark.parametrize(
    ("contract", "why"),
    [
        (None, "请写明服务费（元）；不收费的写 0"),
        (("合1", Decimal("-0.01")), "请写明服务费"),
        (("合1", Decimal(10) ** 10), "请写明服务费"),
        ((" ", Decimal(0)), "请写明合同编号"),
        (("合" * 61, Decimal(0)), "请写明合同编号"),
    ],
)
def test_a_firm_is_not_commissioned_without_number_and_fee(approved, finance, contract, why):
    with pytest.raises(UnableToAct, match=why):
        commissioned(approved, finance, experts()[:1], agency=firm(), contract=contract)

    assert not Evaluation.objects.exists()


def test_one_that_asks_no_fee_is_and_single_experts_need_no_contract(approved, finance):
    [expert, *_] = experts()

    free = commissioned(
        approved, finance, [expert], agency=firm(), contract=("合1", Decimal(0))
    )
    alone = commissioned(approved, finance, [expert], contract=("合2", Decimal(5)))

    assert free.contract.fee == 0
    assert not hasattr(alone, "contract")


def test_whoever_scores_for_a_firm_declares_once_to_be_independent(approved, finance):
    [expert, *_] = experts()
    made = commissioned(
        approved, finance, [expert], agency=firm(), contract=("合1", Decimal(100))
    )

    with pytest.raises(UnableToAct, match="请先声明独立于被评价的项目和单位"):
        scored(made, expert)
    assert not ExpertSheet.objects.exists()
    scored(made, expert, is_independent=True)
    scored(made, expert)

    [statement] = IndependenceStatement.objects.all()
    assert statement.expert == expert
    assert "没有参与该项目的绩效目标设定、预算编制和自评" in statement.words
    assert ExpertSheet.objects.count() == 2
    verify_chain()


def test_the_evaluated_unit_says_how_the_firm_worked(reported, filer, finance):
    with pytest.raises(NotPermitted):
        assess_agency(reported, scores=SHEET, acting_user=finance, now=NOON)

    made = assess_agency(reported, scores=SHEET, acting_user=filer, now=NOON)

    assert made.total == Decimal(94)
    with pytest.raises(UnableToAct, match="已经考核过"):
        assess_agency(reported, scores=SHEET, acting_user=filer, now=NOON)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ((Decimal("15.01"), ""), "“人员稳定”要在 0 到 15 分之间"),
        ((Decimal("-0.01"), "迟到"), "“人员稳定”要在 0 到 15 分之间"),
        ((Decimal("14.99"), " "), "“人员稳定”扣了分，请写理由"),
        (None, "“人员稳定”要在 0 到 15 分之间"),
    ],
)
def test_each_line_is_within_its_points_and_says_what_was_taken_off(reported, filer, line, why):
    scores = {name: told for name, told in SHEET.items() if name != "人员稳定"}
    if line is not None:
        scores["人员稳定"] = line

    with pytest.raises(UnableToAct, match=why):
        assess_agency(reported, scores=scores, acting_user=filer, now=NOON)


def test_before_the_report_and_without_a_firm_there_is_nothing_to_assess(
    approved, finance, filer
):
    given = given_to_a_firm(approved, finance)
    alone = commissioned(approved, finance, list(given.experts.all()))

    with pytest.raises(UnableToAct, match="报告出具以后"):
        assess_agency(given, scores=SHEET, acting_user=filer, now=NOON)
    with pytest.raises(UnableToAct, match="没有委托第三方机构"):
        assess_agency(alone, scores=SHEET, acting_user=filer, now=NOON)


def test_the_pages_from_the_contract_to_the_list_of_firms(approved, evaluation, finance, filer):
    client = Client()
    client.force_login(finance)
    [expert, *_] = experts()
    asked = {
        "level": "finance", "frame": "project-2020", "combination": "mean",
        "experts": [expert.pk], "agency": firm().pk, "due_on": DUE.isoformat(),
        "contract": "合7", "fee": "38,000",
    }  # fmt: skip
    refused = client.post(f"/following/evaluations/of/{approved.pk}/", {**asked, "fee": ""})
    assert refused.status_code == 409
    assert 'value="合7"' in refused.content.decode()
    client.post(f"/following/evaluations/of/{approved.pk}/", asked)
    made = Evaluation.objects.get()
    address = f"/following/evaluations/{made.pk}/"
    client.force_login(expert)
    assert 'name="independent"' in client.get(address).content.decode()
    scored(made, expert, is_independent=True)
    report_evaluation(made, findings="无", advice="无", acting_user=finance, now=NOON)

    client.force_login(filer)
    assert "考核第三方的评价工作" in client.get(address).content.decode()
    points = {f"points.{at}": str(told[0]) for at, told in enumerate(SHEET.values())}
    reasons = {f"why.{at}": told[1] for at, told in enumerate(SHEET.values())}
    assert client.post(f"{address}agency/", {**points, **reasons}).status_code == 302

    page = client.get(address).content.decode()
    assert "38,000.00" in page
    assert "两处数与台账不一" in page
    firms = " ".join(client.get("/following/evaluations/agencies/").content.decode().split())
    assert "某事务所" in firms
    assert "94.00" in firms
    assert "38,000.00" in firms
