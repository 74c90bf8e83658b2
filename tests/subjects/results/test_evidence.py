"""Actual values out of evidence: service records, surveys, spending, formulas; drilled down and recomputed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from kaoji.core.target import Target
from kaoji.measuring.answer import Question, Row
from kaoji.measuring.catalogue import WAYS
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.imports.models import Batch
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.actions.set_measure import set_measure
from kaoji.subjects.results.actions.take_actuals import take_actuals
from kaoji.subjects.results.models import Actual
from kaoji.subjects.results.queries.results import results_of
from kaoji.subjects.self_evaluation.models import Standing
from kaoji.subjects.service_records.actions.import_services import import_services
from kaoji.subjects.service_records.actions.record_service import (
    Service,
    correct_service,
    record_service,
    withdraw_service,
)
from kaoji.subjects.service_records.models import ServiceRecord
from kaoji.subjects.surveys.actions.answer_survey import (
    answer_survey,
    enter_answers,
    enter_paper_answer,
)
from kaoji.subjects.surveys.actions.open_survey import SurveyPlan, open_survey
from kaoji.subjects.verification.queries.verifying import differences
from kaoji.workflow.places import PlaceKind
from support.followed import PLAN, imported, measured, named, spent, told
from support.people import NOON, person, place
from support.road_form import END, MID_JULY

pytestmark = pytest.mark.django_db


def served(made: Declaration, user, day: date, **more) -> ServiceRecord:
    told = {"kind": "delivery", "on": day, "subject": "公路养护", **more}
    return record_service(made, Service(**told), acting_user=user, now=NOON)


def test_a_sum_of_records_is_the_value_and_can_be_asked_for_any_day(approved, filer):
    measured(
        approved, filer, "养护里程", "service_records", kind="delivery", statistic="quantity"
    )
    served(approved, filer, date(2023, 3, 1), quantity=Decimal("12.5"), unit="公里")
    served(approved, filer, date(2023, 9, 1), quantity=Decimal("24.5"), unit="公里")

    assert told(approved, "养护里程", MID_JULY).answer.value == "12.5公里"
    answer = told(approved, "养护里程", END).answer
    assert (answer.value, len(answer.rows)) == ("37公里", 2)


def test_what_is_taken_keeps_its_basis_and_tells_when_rows_changed_since(approved, filer):
    measured(
        approved, filer, "养护里程", "service_records", kind="delivery", statistic="quantity"
    )
    first = served(approved, filer, date(2023, 3, 1), quantity=Decimal(36), unit="公里")

    [actual] = take_actuals(approved, as_of=END, acting_user=filer, now=NOON)

    assert actual.value == "36公里"
    assert actual.basis["rows"] == [["service_records", first.pk]]
    with pytest.raises(UnableToAct, match="没有给出新的"):
        take_actuals(approved, as_of=END, acting_user=filer, now=NOON)
    later = NOON + timedelta(hours=1)
    better = Service(
        "delivery", date(2023, 3, 1), "公路养护", quantity=Decimal(35), unit="公里"
    )
    correct_service(first, better, acting_user=filer, now=later)
    assert told(approved, "养护里程", END).answer.digest != actual.basis["digest"]
    # As it was known before the correction, the value stands.
    assert (
        told(approved, "养护里程", END, known_at=NOON).answer.digest == actual.basis["digest"]
    )


def test_a_withdrawn_record_counts_no_longer_and_stays(approved, filer):
    measured(
        approved, filer, "养护里程", "service_records", kind="delivery", statistic="quantity"
    )
    record = served(approved, filer, date(2023, 3, 1), quantity=Decimal(36), unit="公里")

    withdraw_service(record, reason="记错了项目", acting_user=filer, now=NOON)

    assert told(approved, "养护里程", END).answer.value == "0公里"
    assert ServiceRecord.objects.count() == 2
    with pytest.raises(UnableToAct, match="已更正或撤销"):
        withdraw_service(record, reason="再撤一次", acting_user=filer, now=NOON)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ServiceRecord.objects.filter(pk=record.pk).update(people=3)


def test_a_measure_keeps_the_shares_by_which_it_judges_words(approved, filer):
    told = {"kind": "delivery", "statistic": "passed"}
    usual = measured(approved, filer, "养护里程", "service_records", **told)
    own = measured(approved, filer, "养护里程", "service_records", **told, full="90")

    assert (usual.parameters["full"], usual.parameters["partly"]) == ("100", "80")
    assert (own.parameters["full"], own.parameters["partly"]) == ("90", "80")
    for wrong in ({"full": "70"}, {"full": "all"}, {"full": "101"}, {"partly": "0"}):
        with pytest.raises(UnableToAct, match="分档的比率"):
            measured(approved, filer, "养护里程", "service_records", **told, **wrong)


def test_a_share_that_a_measure_does_not_name_is_the_usual_one():
    rows = [
        Row("service_records", number, date(2023, 3, 1), {"kind": "delivery", "passed": number > 1})
        for number in range(1, 21)
    ]  # fmt: skip

    def judged(**shares: str) -> str:
        asked = {"kind": "delivery", "statistic": "passed", **shares}
        question = Question(Target.parse("及时"), END, asked)
        return WAYS["service_records"].answer(question, rows).value

    assert judged() == "部分达成年度指标并具有一定效果"
    assert judged(full="90") == "达成年度指标"
    assert judged(full="99", partly="96") == judged(full="99.5", partly="95.5")
    assert judged(partly="96") == "未达成年度指标且效果较差"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"on": date(2027, 3, 1)}, "还没有到"),
        ({"on": date(2022, 3, 1)}, "不在 2023 年度"),
        ({"people": -3}, "负数"),
        ({"subject": " "}, "请写事项"),
        ({"kind": "party"}, "没有“party”这种"),
        ({"quantity": Decimal(3)}, "请写单位"),
    ],
)
def test_a_record_that_cannot_be_is_refused(approved, filer, change, why):
    service = {"kind": "visit", "on": date(2023, 3, 1), "subject": "走访", **change}

    with pytest.raises(UnableToAct, match=why):
        record_service(approved, Service(**service), acting_user=filer, now=NOON)
    assert not ServiceRecord.objects.exists()


def test_the_same_thing_twice_is_refused(approved, filer):
    served(approved, filer, date(2023, 3, 1), place="岳阳街道")

    with pytest.raises(UnableToAct, match="已经记过"):
        served(approved, filer, date(2023, 3, 1), place="岳阳街道")


SHEET = """项目名称,种类,日期,事项,地点,人数,应到
甲,培训,2023-03-01,业务培训,岳阳街道,58,60
甲,培训,2023-06-01,业务培训,方松街道,60,60
"""


def test_a_sheet_is_taken_whole_and_only_once(approved, filer):
    count = import_services(
        SHEET.encode(), name="台账.csv", declaration=approved, acting_user=filer, now=NOON
    )

    assert count == 2
    measured(
        approved, filer, "好路率", "service_records", kind="training", statistic="attendance"
    )
    assert told(approved, "好路率", END).answer.value == "98.33%"
    with pytest.raises(UnableToAct, match="导入过"):
        import_services(
            SHEET.encode(), name="台账.csv", declaration=approved, acting_user=filer, now=NOON
        )


def test_every_faulty_row_is_named_and_nothing_is_taken(approved, filer):
    faulty = (
        SHEET
        + "丁,培训,2023-06-01,x,,1,1\n甲,跳舞,2023-06-01,x,,1,1\n甲,培训,六月,x,,1,1\n甲,培训,2023-06-01,业务培训,方松街道,60,60\n甲,培训,2023-06-01,x,,一些,1\n"
    )

    with pytest.raises(UnableToImport) as refused:
        import_services(
            faulty.encode(), name="台账.csv", declaration=approved, acting_user=filer, now=NOON
        )

    texts = [str(item) for item in refused.value.refusals]
    assert [text.partition("：")[0] for text in texts] == ["第 5 行", "第 6 行", "第 8 行"]
    assert not ServiceRecord.objects.exists()
    assert not Batch.objects.exists()


def test_a_survey_gives_its_share_with_the_interval_and_its_doubts(approved, filer):
    survey = open_survey(approved, PLAN, acting_user=filer, now=NOON)
    given = [(date(2023, 6, 1), {"q1": "5", "q2": "4"})] * 8 + [
        (date(2023, 6, 2), {"q1": "2", "q2": "4"})
    ]
    enter_answers(survey, given, acting_user=filer, now=NOON)
    measured(approved, filer, "居民满意度", "survey", survey=survey.pk)

    answer = told(approved, "居民满意度", END).answer

    assert answer.value == "88.89%"
    assert any("95% 置信区间 56.5%—98.0%" in str(step) for step in answer.steps)
    assert any("少于最低样本量 10" in str(item) for item in answer.warnings)


def test_a_sample_is_drawn_by_its_seed_and_a_code_answers_once(approved, filer):
    sampled = SurveyPlan(
        "抽样问卷", "居民", ["满意吗？"], date(2026, 1, 1), date(2026, 12, 31), minimum=5,
        population=400, sample_size=20, seed="2023", is_open_to_all=False,
    )  # fmt: skip
    Declaration.objects.filter(pk=approved.pk).update(year=2026)
    survey = open_survey(approved, sampled, acting_user=filer, now=NOON)
    from kaoji.measuring.sampling import draw

    codes = list(survey.codes.all())
    assert [code.number for code in codes] == draw("2023", range(1, 401), 20)
    answer_survey(survey, {"q1": "5"}, code=codes[0].code.lower(), now=NOON)
    with pytest.raises(UnableToAct, match="已经用过"):
        answer_survey(survey, {"q1": "1"}, code=codes[0].code, now=NOON)
    with pytest.raises(UnableToAct, match="凭答题码"):
        answer_survey(survey, {"q1": "1"}, now=NOON)
    with pytest.raises(UnableToAct, match="没有答题码"):
        answer_survey(survey, {"q1": "1"}, code="NOPE", now=NOON)
    with pytest.raises(UnableToAct, match="1 到 5"):
        answer_survey(survey, {"q1": "9"}, code=codes[1].code, now=NOON)
    day = NOON.date()
    enter_paper_answer(
        survey, {"q1": "4"}, code=codes[1].code, on=day, acting_user=filer, now=NOON
    )
    with pytest.raises(UnableToAct, match="写卷上的答题码"):
        enter_paper_answer(survey, {"q1": "4"}, on=day, acting_user=filer, now=NOON)
    assert survey.given.count() == 2
    # The year above was changed past the actions, and that is all that does not hold: its row, its figures.
    assert [item.values["table"] for item in differences() if "table" in item.values] == [
        "declarations",
        "standings",
    ]


def test_execution_and_a_formula_are_evidence_too(approved, filer):
    spent(approved, filer, 6, "200000")
    measured(approved, filer, "好路率", "budget_execution", limit="rate")
    measured(
        approved, filer, "养护里程", "service_records", kind="delivery", statistic="quantity"
    )
    served(approved, filer, date(2023, 3, 1), quantity=Decimal(36), unit="公里")
    measured(
        approved,
        filer,
        "验收合格率",
        "formula",
        numerator=[named(approved, "养护里程")],
        by="36",
    )

    take_actuals(approved, as_of=END, acting_user=filer, now=NOON)

    values = {row.place.rpartition(" / ")[2]: row.value for row in Actual.objects.all()}
    assert values == {"好路率": "80%", "养护里程": "36公里", "验收合格率": "100%"}


@pytest.mark.parametrize(
    ("way", "parameters", "why"),
    [
        ("service_records", {"kind": "dance"}, "种类"),
        ("service_records", {"kind": "visit", "statistic": "count_of_plan"}, "计划数"),
        ("survey", {"survey": "99"}, "这个项目的问卷"),
        ("survey", {"survey": "x"}, "选择一份问卷"),
        ("formula", {"numerator": []}, "分子"),
        ("formula", {"numerator": ["x"], "by": "-1"}, "大于 0"),
        ("dream", {}, "没有“dream”"),
    ],
)
def test_a_measure_that_cannot_work_is_refused(approved, filer, way, parameters, why):
    with pytest.raises(UnableToAct, match=why):
        measured(approved, filer, "养护里程", way, **parameters)


def test_milestones_make_the_light_of_what_is_not_done_evenly(approved, filer):
    set_measure(
        approved, place=named(approved, "养护里程"), title="养护台账", way="service_records",
        parameters={"kind": "delivery", "statistic": "quantity"},
        milestones=[(date(2023, 9, 30), Decimal(20)), (date(2023, 12, 31), Decimal(35))],
        acting_user=filer, now=NOON,
    )  # fmt: skip
    served(approved, filer, date(2023, 3, 1), quantity=Decimal(1), unit="公里")
    take_actuals(approved, as_of=MID_JULY, acting_user=filer, now=NOON)

    assert results_of(approved, as_of=MID_JULY).rows[0].light == "green"
    standing = Standing.objects.get(declaration=approved)
    assert standing.lights == "------ggrrrr"


def test_somebody_of_another_place_enters_nothing(approved, filer):
    other = place("丁", PlaceKind.DEPARTMENT, place())
    stranger = person("填报", "stranger", other)

    with pytest.raises(NotPermitted):
        served(approved, stranger, date(2023, 3, 1))
    with pytest.raises(NotPermitted):
        imported(approved, stranger)
    with pytest.raises(NotPermitted):
        open_survey(approved, PLAN, acting_user=stranger, now=NOON)
    with pytest.raises(NotPermitted):
        take_actuals(approved, as_of=END, acting_user=stranger, now=NOON)
