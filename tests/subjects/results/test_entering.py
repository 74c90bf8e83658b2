"""What an entry of an actual value must agree with, and what of it is kept: the score of a tier, the reason, the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaoji.platform.events.models import Event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.actions.take_actuals import take_actuals
from kaoji.subjects.results.models import Actual
from kaoji.subjects.service_records.actions.record_service import Service, record_service
from support.followed import entered, measured, put_in_force
from support.people import NOON
from support.road_form import END, PUTUO

pytestmark = pytest.mark.django_db

MET, PARTLY, MISSED = (
    "达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差",
)  # fmt: skip


@pytest.fixture
def in_words(filer) -> Declaration:
    """An approved form that promises one thing by a day, for a fourth of the 50 points of 产出."""
    text = PUTUO.replace("修补时限: ≤ 3天", "修补时限: ≤ 11月底")
    return put_in_force(filer, text)


@pytest.mark.parametrize(
    ("tier", "score"),
    [
        (MET, "10"),
        (MET, "12.5"),
        (PARTLY, "7.5"),
        (PARTLY, "9.99"),
        (MISSED, "0"),
        (MISSED, "7.49"),
    ],
)
def test_a_tier_is_given_a_score_within_its_bounds(in_words, filer, tier: str, score: str):
    """Of 12.5 points: 10 to 12.5, 7.5 to under 10, 0 to under 7.5."""
    made = entered(in_words, filer, "修补时限", f" {tier} ", score=Decimal(score))

    assert (made.value, made.score) == (tier, Decimal(score))


@pytest.mark.parametrize(
    ("tier", "score", "why"),
    [
        (MET, "9.99", "要在 10.00 到 12.50 之间"),
        (MET, "12.51", "要在 10.00 到 12.50 之间"),
        (PARTLY, "10", "要在 7.50 到 10.00 之间"),
        (PARTLY, "7.49", "要在 7.50 到 10.00 之间"),
        (MISSED, "7.5", "要在 0.00 到 7.50 之间"),
        (MET, "100.01", "要在 0 到 100 之间"),
        (MISSED, "-0.01", "要在 0 到 100 之间"),
    ],
)
def test_a_score_beyond_the_bounds_of_its_tier_is_refused(
    in_words, filer, tier: str, score: str, why: str
):
    with pytest.raises(UnableToAct, match=why):
        entered(in_words, filer, "修补时限", tier, score=Decimal(score))
    assert not Actual.objects.exists()


def test_a_number_is_scored_by_its_formula_and_by_nobody(approved, filer):
    with pytest.raises(UnableToAct, match="定量指标由公式计分"):
        entered(approved, filer, "养护里程", "36公里", score=Decimal(5))


def test_an_entry_is_told_in_the_log_as_it_was_made(in_words, filer):
    made = entered(
        in_words, filer, "修补时限", MET,
        score=Decimal(11), reason=" 修了两条路 ", evidence=("照片.txt", b"p"),
    )  # fmt: skip

    event = Event.objects.filter(type="actual.recorded").get()
    rows = event.payload.pop("rows")
    assert event.payload == {
        "id": made.pk,
        "place": made.place,
        "as_of": "2023-12-31",
        "value": MET,
        "score": "11.00",
        "reason": "修了两条路",
        "evidence": made.document.sha256,
    }
    assert next(iter(rows.values())).keys() == {str(made.pk)}
    assert (made.made_at, made.made_by, event.declaration_id) == (NOON, filer, in_words.pk)


def test_without_score_reason_or_file_nothing_is_told_of_them(approved, filer):
    made = entered(approved, filer, "养护里程", "36公里")

    payload = Event.objects.get(type="actual.recorded").payload
    assert (payload["score"], payload["reason"], payload["evidence"]) == ("", "", "")
    assert (made.score, made.reason, made.document, made.measure, made.basis) == (
        None, "", None, None, None,
    )  # fmt: skip


def test_who_says_the_same_of_the_same_day_again_keeps_what_it_rests_on(approved, filer):
    first = entered(approved, filer, "养护里程", "30公里", evidence=("a.txt", b"30"))
    other = entered(approved, filer, "养护里程", "30公里", evidence=("b.txt", b"31"))
    again = entered(approved, filer, "养护里程", " 30公里 ", reason="雨季")
    another_day = entered(approved, filer, "养护里程", "30公里", as_of=date(2023, 7, 31))
    another_row = entered(approved, filer, "验收合格率", "99%")

    assert first.document != other.document
    assert again.document == other.document
    assert another_day.document is None
    assert another_row.document is None


def test_a_reason_for_a_measured_value_keeps_its_measure_and_basis(approved, filer):
    record_service(
        approved, Service("visit", date(2023, 5, 5), "走访"), acting_user=filer, now=NOON
    )
    measured(approved, filer, "养护里程", "service_records", kind="visit", statistic="count")
    [taken] = take_actuals(approved, as_of=END, acting_user=filer, now=NOON)

    again = entered(approved, filer, "养护里程", taken.value, reason="只走访了一次")
    corrected = entered(approved, filer, "养护里程", "2公里", reason="只走访了一次")

    assert taken.measure is not None
    assert (again.measure, again.basis) == (taken.measure, taken.basis)
    assert (corrected.measure, corrected.basis) == (None, None)
