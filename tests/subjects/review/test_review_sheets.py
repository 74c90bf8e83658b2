"""Review sheets: answers by point, a grade or a score, and what follows from them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.documents.read import read_manuscript
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted
from kaoji.standards.reviews import review_template
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import MoveRefused, move_declaration
from kaoji.subjects.review.actions.write_review import Answer, UnableToReview, write_review
from kaoji.subjects.review.models import Review
from support.people import NOON, person
from support.road_form import FORM

pytestmark = pytest.mark.django_db

GENERAL, KEY = review_template("general"), review_template("key")


@pytest.fixture
def people() -> dict[str, User]:
    return {name: person(name) for name in ("填报", "主管部门审核", "财政绩效", "财政业务")}


@pytest.fixture
def declaration(people) -> Declaration:
    filer = people["填报"]
    intake = import_document(FORM.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return moved(made, "submit", filer)


def moved(declaration: Declaration, verb: str, user: User) -> Declaration:
    return move_declaration(
        declaration, verb, revision=1, reason="有理由", acting_user=user, now=NOON
    )


def graded(declaration: Declaration, user: User, grade: str) -> Review:
    return write_review(
        declaration, GENERAL, revision=1, answers={"规范完整性": Answer("齐全")}, grade=grade,
        acting_user=user, now=NOON,
    )  # fmt: skip


def scored(declaration: Declaration, user: User, share: str, **odd: str) -> Review:
    answers = {
        point.name: Answer(score=str(point.weight * Decimal(share))) for point in KEY.points
    }
    answers |= {name: Answer(score=text) for name, text in odd.items()}
    return write_review(
        declaration, KEY, revision=1, answers=answers, acting_user=user, now=NOON
    )


@pytest.mark.parametrize(
    ("grade", "open_ones", "shut"),
    [
        ("优", {"forward"}, {"return"}),
        ("良", {"forward", "return"}, set()),
        ("中", {"return"}, {"forward"}),
        ("差", {"return"}, {"forward"}),
    ],
)
def test_what_follows_from_a_grade(declaration, people, grade, open_ones, shut):
    reviewer = people["主管部门审核"]
    graded(declaration, reviewer, grade)

    for verb in shut:
        with pytest.raises(MoveRefused, match=f"审核表评为“{grade}”，不能"):
            moved(declaration, verb, reviewer)
    assert moved(declaration, min(open_ones), reviewer)


@pytest.mark.parametrize(
    ("share", "score", "grade"),
    [("1", "100", "优"), ("0.9", "90", "优"), ("0.89", "89", "良"), ("0.8", "80", "良"),
     ("0.79", "79", "中"), ("0.6", "60", "中"), ("0.59", "59", "差"), ("0", "0", "差")],
)  # fmt: skip
def test_a_score_of_a_hundred_gives_its_grade(declaration, people, share, score, grade):
    review = scored(declaration, people["主管部门审核"], share)

    assert (review.score, review.grade) == (Decimal(score), grade)


@pytest.mark.parametrize("typed", ["11", "-1", "", "十", "NaN", "1e3", "Infinity"])
def test_points_lie_between_nothing_and_the_weight(declaration, people, typed):
    with pytest.raises(UnableToReview, match="在 0 到 10 之间"):
        scored(declaration, people["主管部门审核"], "1", 规范完整性=typed)
    assert not Review.objects.exists()


def test_it_is_filled_in_by_whose_turn_it_is(declaration, people):
    for name in ("填报", "财政绩效", "财政业务"):
        with pytest.raises(NotPermitted):
            graded(declaration, people[name], "优")
    graded(declaration, people["主管部门审核"], "优")
    moved(declaration, "forward", people["主管部门审核"])
    graded(declaration, people["财政业务"], "中")

    graded(declaration, people["财政绩效"], "优")
    assert moved(declaration, "approve", people["财政绩效"]).state == "approved"
    with pytest.raises(UnableToReview, match="不在审核中"):
        graded(declaration, people["财政绩效"], "优")


def test_the_latest_sheet_counts_and_the_earlier_stays(declaration, people):
    reviewer = people["主管部门审核"]
    graded(declaration, reviewer, "中")
    graded(declaration, reviewer, "优")

    assert moved(declaration, "forward", reviewer).state == "forwarded"
    assert Review.objects.count() == 2
    assert Event.objects.filter(type="review.written").count() == 2


def test_a_sheet_for_another_revision_or_without_a_grade_is_refused(declaration, people):
    reviewer = people["主管部门审核"]
    with pytest.raises(UnableToReview, match="等级"):
        graded(declaration, reviewer, "甲等")
    with pytest.raises(UnableToReview, match="第 1 版"):
        write_review(
            declaration, GENERAL, revision=7, answers={}, grade="优",
            acting_user=reviewer, now=NOON,
        )  # fmt: skip


def test_the_page_keeps_what_was_typed_when_it_refuses(declaration, people):
    client = Client()
    client.force_login(people["主管部门审核"])
    address = f"/declarations/{declaration.pk}/review/"
    typed = {"sheet": "key", "revision": "1", "remark": "总的来说可行", "remark.0": "格式规范"}

    refused = client.post(address, {**typed, "score.0": "12"})

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "在 0 到 10 之间" in page
    for kept in ("总的来说可行", "格式规范", 'value="12"'):
        assert kept in page
    assert client.get(f"{address}?sheet=nonsense").status_code == 404


def test_the_sheet_comes_out_as_a_document(declaration, people):
    client = Client()
    client.force_login(people["主管部门审核"])
    graded(declaration, people["主管部门审核"], "良")
    [review] = Review.objects.all()

    answer = client.get(f"/declarations/{declaration.pk}/review/{review.pk}.docx")

    rows = read_manuscript(answer.content, name="x.docx").rows
    text = " ".join(cell.text or "" for row in rows for cell in row.cells)
    for expected in ("项目支出绩效目标审核表", "齐全", "☑良", "主管部门审核", "2026-11-24"):
        assert expected in text, expected


def test_a_reviewer_sees_last_years_promise_and_the_money_beside(declaration, people):
    filer = people["填报"]
    earlier = FORM.replace("年度: 2023", "年度: 2022").replace("≥ 35公里", "≥ 30公里")
    intake = import_document(earlier.encode(), name="y.txt", acting_user=filer, now=NOON)
    confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    client = Client()
    client.force_login(people["主管部门审核"])

    page = client.get(f"/declarations/{declaration.pk}/review/").content.decode()

    assert "≥ 30公里" in page or "≥30公里" in page
    assert "与去年相同" in page
    assert ">2022</a>" in page
