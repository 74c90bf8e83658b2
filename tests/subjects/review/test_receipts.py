"""A move leaves a receipt, and for a while can be taken back by whoever made it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.platform.notices.models import Notice
from kaoji.platform.refusals import NotPermitted
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.give_opinion import give_opinion
from kaoji.subjects.review.actions.move_declaration import MoveRefused, move_declaration
from kaoji.subjects.review.actions.take_back_move import take_back_move
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.people import NOON, person
from support.road_form import SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(filer: User) -> Declaration:
    intake = import_document(SOUND.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON)


@pytest.fixture
def department(submitted: Declaration) -> User:
    return person("主管部门审核")


def moved(form: Declaration, verb: str, user: User, reason: str = "") -> Event:
    move_declaration(form, verb, revision=1, reason=reason, acting_user=user, now=NOON)
    return Event.objects.latest("sequence")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_receipt_says_what_was_done_who_has_it_and_what_comes_next(submitted, department):
    person("财政绩效")

    page = signed_in(department).post(
        f"/declarations/{submitted.pk}/move/forward/", {"revision": "1"}, follow=True
    )

    text = page.content.decode()
    assert page.redirect_chain[0][0].startswith(f"/declarations/{submitted.pk}/receipts/")
    assert "同意第 1 版并报财政" in text
    assert "现在由谁办" in text
    assert "财政可以退回，或不予通过" in text
    assert "收回同意并报财政" in text


def test_who_submits_gets_a_receipt_and_recalls_by_the_move_for_it(submitted, filer):
    sequence = Event.objects.filter(type="declaration.submit").get().sequence

    text = (
        signed_in(filer)
        .get(f"/declarations/{submitted.pk}/receipts/{sequence}/")
        .content.decode()
    )

    assert "审核前可以撤回修改" in text
    assert "take-back" not in text


@pytest.mark.parametrize(
    ("verb", "reason", "after"),
    [("forward", "", "forwarded"), ("return", "请细化", "returned")],
)
def test_a_move_is_taken_back_with_an_event_and_a_word_to_whom_it_had_reached(
    submitted, department, filer, verb, reason, after
):
    person("财政绩效")
    move = moved(submitted, verb, department, reason)
    submitted.refresh_from_db()
    assert submitted.state == after

    take_back_move(submitted, move, acting_user=department, now=NOON + timedelta(minutes=29))

    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    assert Event.objects.latest("sequence").type == f"declaration.{verb}_undone"
    assert verify_chain() == Event.objects.count()
    assert any("已收回" in str(item.sentence) for item in Notice.objects.all())
    again = moved(submitted, verb, department, reason)
    assert again.type == f"declaration.{verb}"


def test_what_was_taken_back_waits_since_when_it_came_and_its_receipt_says_so(
    submitted, department
):
    came = submitted.state_since
    move = moved(submitted, "forward", department)

    take_back_move(submitted, move, acting_user=department, now=NOON + timedelta(minutes=5))

    submitted.refresh_from_db()
    assert submitted.state_since == came
    page = (
        signed_in(department)
        .get(f"/declarations/{submitted.pk}/receipts/{move.sequence}/")
        .content.decode()
    )
    assert "收回，这张回执不再有效" in page
    assert "接下来" not in page
    assert 'class="stamp"' not in page


def test_after_somebody_went_on_nothing_is_taken_back(submitted, department):
    move = moved(submitted, "forward", department)
    give_opinion(
        submitted, field="annual_goal", place="年度总目标", text="请写明人数",
        acting_user=person("财政绩效"), now=NOON,
    )  # fmt: skip

    with pytest.raises(MoveRefused, match="已有人办理"):
        take_back_move(submitted, move, acting_user=department, now=NOON)

    submitted.refresh_from_db()
    assert submitted.state == "forwarded"


def test_nobody_takes_back_what_another_did(submitted, department):
    move = moved(submitted, "forward", department)

    with pytest.raises(NotPermitted, match="只有办理的人"):
        take_back_move(submitted, move, acting_user=person("财政绩效"), now=NOON)


def test_a_decision_is_not_taken_back(submitted, department):
    moved(submitted, "forward", department)
    finance = person("财政绩效")
    move = moved(submitted, "approve", finance)

    with pytest.raises(MoveRefused, match="不能收回"):
        take_back_move(submitted, move, acting_user=finance, now=NOON)

    page = signed_in(finance).get(f"/declarations/{submitted.pk}/receipts/{move.sequence}/")
    assert "take-back" not in page.content.decode()


def test_the_button_takes_it_back_and_a_late_press_says_why_not(submitted, department):
    client = signed_in(department)
    sent = client.post(f"/declarations/{submitted.pk}/move/forward/", {"revision": "1"})

    done = client.post(f"{sent.url}take-back/")
    again = client.post(f"{sent.url}take-back/")

    assert done.status_code == 302
    assert again.status_code == 409
    assert "已有人办理" in again.content.decode()


def test_a_receipt_of_something_else_is_not_found(submitted, department):
    client = signed_in(department)
    other = Event.objects.exclude(type__startswith="declaration.submit").first()

    assert (
        client.get(f"/declarations/{submitted.pk}/receipts/{other.sequence}/").status_code
        == 404
    )
    assert client.get(f"/declarations/{submitted.pk}/receipts/99999/").status_code == 404


def test_a_reviewer_goes_from_one_to_the_next_in_the_order_of_the_desk(
    submitted, filer, department
):
    text = SOUND.replace("农村公路养护", "桥梁检测")
    intake = import_document(text.encode(), name="y.txt", acting_user=filer, now=NOON)
    [second] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    later = NOON + timedelta(hours=1)
    move_declaration(second, "submit", revision=1, acting_user=filer, now=later)
    client = signed_in(department)

    first = client.get(f"/declarations/{submitted.pk}/").content.decode()
    sheet = client.get(f"/declarations/{second.pk}/review/").content.decode()

    assert "待审第 1 件，共 2 件" in first
    assert f'rel="next" href="/declarations/{second.pk}/"' in first
    assert f'rel="prev" href="/declarations/{submitted.pk}/review/"' in sheet
    assert "form-title" in sheet
    assert "待审第" not in signed_in(filer).get(f"/declarations/{second.pk}/").content.decode()
