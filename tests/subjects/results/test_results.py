"""Results of an approved promise: spending, actual values with evidence, lights, self-evaluation."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from kaoji.cli import main
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.documents.reader import read_document
from kaoji.measuring.places import places_in
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.actions.record_actual import record_actual
from kaoji.subjects.results.models import Actual
from kaoji.subjects.results.queries.results import results_of
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import (
    UnableToFile,
    file_self_evaluation,
)
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.verification.queries.verifying import verify_chain
from kaoji.workflow.places import PlaceKind
from support.followed import entered, named, put_in_force, spent
from support.pages import unbroken
from support.people import NOON, person, place
from support.road_form import END, MET, MID_JULY, PUTUO

pytestmark = pytest.mark.django_db


def test_the_putuo_example_comes_to_98_62(approved, filer):
    for name, value in MET.items():
        entered(approved, filer, name, value)
    spent(approved, filer, 6, "200000")
    spent(approved, filer, 12, "15457.60")

    made = file_self_evaluation(approved, goal_done="已全部完成", acting_user=filer, now=NOON)

    assert (made.total, made.grade) == (Decimal("98.62"), "优")
    assert verify_chain() == Event.objects.count()


def test_an_outsider_recomputes_the_score_from_what_was_filed(approved, filer, tmp_path: Path):
    for name, value in {**MET, "养护里程": "28公里"}.items():
        entered(approved, filer, name, value, reason="连日降雨，明年补上")
    spent(approved, filer, 6, "215457.60")
    made = file_self_evaluation(approved, goal_done="大部完成", acting_user=filer, now=NOON)
    file = tmp_path / "filed.txt"
    file.write_text(made.content, "utf-8")

    answer = CliRunner().invoke(main, ["score", str(file), "--format", "json"])

    [form] = json.loads(answer.output)["forms"]
    assert Decimal(form["total"]) - made.total == 0
    assert made.total < Decimal("98.62")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("验收合格率", "及时", "不是数"),
        ("验收合格率", "0.99", "99% 吗"),
        ("验收合格率", "-3%", "负数"),
        ("养护里程", "36 人", "单位不同"),
        ("养护里程", "≥ 36公里", "不是数"),
        ("养护里程", "", "请填写"),
        ("养护里程", "9" * 300, "不超过"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_with_what_to_write(
    approved, filer, name, value, why
):
    with pytest.raises(UnableToAct, match=why):
        entered(approved, filer, name, value)
    assert not Actual.objects.exists()


@pytest.mark.parametrize(
    ("day", "why"),
    [(date(2099, 1, 1), "还没有到"), (date(2022, 12, 31), "不在 2023 年度"), (date(2024, 1, 1), "不在")],
)  # fmt: skip
def test_a_day_to_come_or_of_another_year_is_refused(approved, filer, day, why):
    with pytest.raises(UnableToAct, match=why):
        entered(approved, filer, "养护里程", "36公里", as_of=day)


def test_an_unknown_indicator_and_an_unapproved_form_are_refused(approved, filer):
    with pytest.raises(UnableToAct, match="没有指标"):
        record_actual(
            approved, place="甲 / 乙", as_of=END, value="1", acting_user=filer, now=NOON
        )
    Declaration.objects.filter(pk=approved.pk).update(state="draft", approved_revision=None)
    with pytest.raises(UnableToAct, match="还没有批复"):
        spent(approved, filer, 6, "1")


def test_money_is_counted_by_month_and_never_beyond_the_budget(approved, filer):
    spent(approved, filer, 3, "100000")
    spent(approved, filer, 5, "50000")
    spent(approved, filer, 3, "120000")

    assert results_of(approved, as_of=END).executed == Decimal(170000)
    assert results_of(approved, as_of=date(2023, 4, 30)).executed == Decimal(120000)
    assert Spending.objects.count() == 3
    for amount, why in (("-1", "负数"), ("80000.01", "超过全年预算")):
        with pytest.raises(UnableToAct, match=why):
            spent(approved, filer, 8, amount)
    spent(approved, filer, 8, "80000.00")
    assert results_of(approved, as_of=END).executed == Decimal(250000)


def test_who_adds_a_reason_to_a_value_keeps_its_file(approved, filer):
    [place_there] = [p for p in places_in(approved.revisions.get().form) if "养护里程" in p]

    def enter(value: str, **more: object) -> Actual:
        return record_actual(
            approved, place=place_there, value=value, as_of=END,
            acting_user=filer, now=NOON, **more,
        )  # fmt: skip

    first = enter("30公里", evidence=("台账.txt", b"30"))
    again = enter("30公里", reason="下半年雨季停工")
    other = enter("31公里", reason="下半年雨季停工")

    assert (again.document, again.reason) == (first.document, "下半年雨季停工")
    assert other.document is None
    client = Client()
    client.force_login(filer)
    page = unbroken(
        client.get(f"/results/{approved.pk}/?as_of={END:%Y-%m-%d}").content.decode()
    )
    assert '<input name="value" required maxlength="200" value="31公里">' in page


def test_what_was_known_on_a_day_is_told_again(approved, filer):
    entered(approved, filer, "养护里程", "20公里", as_of=MID_JULY)
    entered(approved, filer, "养护里程", "36公里")

    july = results_of(approved, as_of=MID_JULY).rows[0]
    year = results_of(approved, as_of=END).rows[0]

    assert (july.actual.value, year.actual.value) == ("20公里", "36公里")


@pytest.mark.parametrize(
    ("value", "light"),
    [("12公里", "red"), ("14公里", "yellow"), ("20公里", "green"), ("30公里", "blue")],
)
def test_lights_in_july_follow_the_months(approved, filer, value, light):
    """35 公里 a year are 20.4 by the end of July: under 60 % red, under 80 % yellow, from 120 % blue."""
    entered(approved, filer, "养护里程", value, as_of=MID_JULY)

    assert results_of(approved, as_of=MID_JULY).rows[0].light == light


def test_a_ceiling_is_met_or_missed_whatever_the_month(approved, filer):
    entered(approved, filer, "修补时限", "5天", as_of=MID_JULY)
    spent(approved, filer, 7, "60000")

    results = results_of(approved, as_of=MID_JULY)

    assert results.rows[2].light == "red"
    assert (results.budget_light, results.light) == ("red", "red")


def test_what_is_missing_is_named_before_anything_is_filed(approved, filer):
    def file(now: datetime = NOON, goal: str = "完成") -> SelfEvaluation:
        return file_self_evaluation(approved, goal_done=goal, acting_user=filer, now=now)

    with pytest.raises(UnableToFile, match="还没有结束"):
        file(datetime(2023, 12, 31, 12, tzinfo=UTC))
    with pytest.raises(UnableToFile, match="实际完成情况"):
        file(goal=" ")
    with pytest.raises(UnableToFile, match="还没有填预算执行"):
        file()
    spent(approved, filer, 6, "215457.60")
    with pytest.raises(UnableToFile, match="没有分值或完成值"):
        file()
    for name, value in {**MET, "养护里程": "20公里"}.items():
        entered(approved, filer, name, value)
    with pytest.raises(UnableToFile, match="“养护里程”没有完成，请写偏差原因"):
        file()
    assert not SelfEvaluation.objects.exists()


def test_only_who_files_enters_and_other_places_see_nothing(approved, filer):
    for role in ("财政业务", "审计只读", "管理员"):
        with pytest.raises(NotPermitted):
            entered(approved, person(role), "养护里程", "36公里")
    stranger = Client()
    stranger.force_login(person("填报", "x", place("己局", PlaceKind.DEPARTMENT, place())))
    address = f"/results/{approved.pk}/"

    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}actual/", {}).status_code == 404


def test_the_page_takes_a_value_with_its_evidence_and_hands_it_out_again(approved, filer):
    client = Client()
    client.force_login(filer)
    address = f"/results/{approved.pk}/"
    given = {"place": named(approved, "养护里程"), "value": "36公里", "as_of": "2023-12-31"}
    proof = SimpleUploadedFile("验收单.pdf", b"%PDF-1.4 proof")

    assert client.post(f"{address}actual/", {**given, "evidence": proof}).status_code == 302
    page = client.get(address).content.decode()
    assert "验收单.pdf" in page
    [kept] = Actual.objects.all()
    handed = client.get(f"{address}evidence/{kept.pk}/")
    assert handed.content == b"%PDF-1.4 proof"
    assert handed.headers["Content-Type"] == "application/octet-stream"
    for fields in ({**given, "value": "x"}, {**given, "as_of": "昨天"}, {"place": "x"}):
        assert client.post(f"{address}actual/", fields).status_code == 409
    for fields in (
        {"month": "2023-13", "amount": "1"},
        {"month": "2023-01", "amount": "一"},
        {},
    ):
        assert client.post(f"{address}spending/", fields).status_code == 409
    assert client.get(f"{address}?as_of=nonsense").status_code == 200


def test_a_filed_evaluation_comes_out_as_the_official_form(approved, filer):
    for name, value in MET.items():
        entered(approved, filer, name, value)
    spent(approved, filer, 6, "215457.60")
    file_self_evaluation(approved, goal_done="已全部完成", acting_user=filer, now=NOON)
    client = Client()
    client.force_login(filer)

    answer = client.get(f"/results/{approved.pk}/evaluation/1.docx")

    [form] = read_document(answer.content, name="x.docx").forms
    assert form.kind == "self_evaluation"
    assert form.outcome.total_score == Decimal("98.62")
    assert client.get(f"/results/{approved.pk}/evaluation/2.docx").status_code == 404
    assert client.get(f"/results/{approved.pk}/evaluation/1.exe").status_code == 404


def test_two_indicators_of_one_name_have_each_their_own_value(filer):
    made = put_in_force(filer, PUTUO + "产出指标 / 数量指标 / 养护里程: ≥ 100 公里\n")
    first, second = (
        place for place in places_in(made.revisions.get().form) if "养护里程" in place
    )
    for where, value in ((first, "36公里"), (second, "120公里")):
        record_actual(made, place=where, value=value, as_of=END, acting_user=filer, now=NOON)

    values = [row.actual.value for row in results_of(made, as_of=END).rows if row.actual]
    assert values == ["36公里", "120公里"]


def test_nought_is_met_or_missed_and_scores_so(filer):
    made = put_in_force(filer, PUTUO + "产出指标 / 质量指标 / 有责投诉次数: 0起\n")
    [place_there] = [p for p in places_in(made.revisions.get().form) if "投诉" in p]
    record_actual(made, place=place_there, value="1起", as_of=END, acting_user=filer, now=NOON)

    [row] = [row for row in results_of(made, as_of=END).rows if "投诉" in row.place]
    [scored] = [r for r in results_of(made, as_of=END).card.rows if "投诉" in r.indicator.name]
    assert (row.light, row.is_missed, scored.earned) == ("red", True, Decimal(0))


def test_a_date_is_judged_by_tier_on_the_page_too(filer):
    made = put_in_force(filer, PUTUO.replace("修补时限: ≤ 3天", "完成时间: 2023年12月底前"))
    client = Client()
    client.force_login(filer)
    [place_there] = [p for p in places_in(made.revisions.get().form) if "完成时间" in p]

    page = unbroken(client.get(f"/results/{made.pk}/").content.decode())
    assert "达成年度指标</option>" in page
    record_actual(
        made, place=place_there, value="达成年度指标", score=Decimal(12), as_of=END,
        acting_user=filer, now=NOON,
    )  # fmt: skip
    with pytest.raises(UnableToAct, match="由公式计分"):
        entered(made, filer, "养护里程", "36公里", score=Decimal(5))


def test_before_the_year_there_are_no_lights_and_after_it_all_twelve_months_count(
    approved, filer
):
    entered(approved, filer, "养护里程", "20公里", as_of=MID_JULY)
    spent(approved, filer, 6, "100000")

    before = results_of(approved, as_of=date(2022, 11, 1))
    after = results_of(approved, as_of=date(2024, 2, 1))

    assert (before.light, before.budget_light) == (None, None)
    assert after.rows[0].light == "red"


def test_printed_points_must_come_to_a_hundred_with_execution(filer):
    text = PUTUO
    for name, points in (("养护里程", 20), ("验收合格率", 20), ("修补时限", 10), ("每公里成本", 10),
                         ("好路率", 30), ("居民满意度", 10)):  # fmt: skip
        text = text.replace(f"{name}:", f"{name} ({points}分):")
    made = put_in_force(filer, text)
    for name, value in MET.items():
        entered(made, filer, name, value)
    spent(made, filer, 6, "215457.60")

    with pytest.raises(UnableToFile, match="合计 110 分"):
        file_self_evaluation(made, goal_done="完成", acting_user=filer, now=NOON)


def test_no_spending_entered_is_not_nought_spent(approved, filer):
    for name, value in MET.items():
        entered(approved, filer, name, value)

    with pytest.raises(UnableToFile, match="还没有填预算执行"):
        file_self_evaluation(approved, goal_done="完成", acting_user=filer, now=NOON)


@pytest.mark.parametrize("odd", ["第一\u2028第二", "第一\u0085第二", "第一\u2029第二"])
def test_odd_line_signs_survive_the_filing(filer, odd):
    made = put_in_force(filer, PUTUO.replace("总目标: 公路得到养护。", f"总目标: {odd}"))
    for name, value in MET.items():
        entered(made, filer, name, value)
    spent(made, filer, 6, "215457.60")

    filed = file_self_evaluation(made, goal_done=odd, acting_user=filer, now=NOON)

    assert parse_with_outcome(filed.content)[1].goal_done == odd


def test_what_became_of_a_promise_is_append_only(approved, filer):
    kept = entered(approved, filer, "养护里程", "36公里")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Actual.objects.filter(pk=kept.pk).update(value="99公里")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Actual.objects.all().delete()


def test_evidence_may_be_any_file(approved, filer):
    proof = ("坏的.zip", b"PK\x03\x04junk")

    assert entered(approved, filer, "养护里程", "36公里", evidence=proof).document is not None
