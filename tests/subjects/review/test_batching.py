"""Many forms at once: each is moved by itself, and who could not be is told why."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.give_opinion import give_opinion
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.workflow.places import PlaceKind
from support.people import NOON, person, place
from support.road_form import PUTUO

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted() -> list[Declaration]:
    filer = person("填报")
    forms = []
    for name in ("甲", "乙项目", "丁项目"):
        text = PUTUO.replace("项目: 甲", f"项目: {name}")
        intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
        [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
        forms.append(move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON))
    return forms


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pressed(client: Client, forms: list[Declaration], verb: str, reason: str = "") -> str:
    keys = [f"{form.pk}:{form.revision_count}" for form in forms]
    given = {"verb": verb, "form": keys, "reason": reason, "state": "submitted"}
    return client.post("/declarations/batch/", given, follow=True).content.decode()


def test_many_are_shown_once_more_with_what_stands_against_each(submitted):
    reviewer = person("主管部门审核")
    give_opinion(
        submitted[0], field="annual_goal", place="年度总目标", text="请写明人数",
        acting_user=reviewer, now=NOON,
    )  # fmt: skip
    client = signed_in(reviewer)
    keys = [f"{form.pk}:1" for form in submitted[:2]]

    asked = client.post("/declarations/batch/", {"verb": "forward", "form": keys, "ask": "1"})

    page = asked.content.decode()
    assert "核对后同意并报财政：2 份" in page
    assert (
        f'name="acknowledged.{submitted[0].pk}" value="opinions:1:{submitted[0].opinions.get().pk}"'
        in page
    )
    assert states(submitted) == ["submitted"] * 3


def test_in_a_batch_too_nothing_is_passed_on_over_what_was_not_ticked(submitted):
    reviewer = person("主管部门审核")
    give_opinion(
        submitted[0], field="annual_goal", place="年度总目标", text="请写明人数",
        acting_user=reviewer, now=NOON,
    )  # fmt: skip
    client = signed_in(reviewer)

    page = pressed(client, submitted[:2], "forward")

    assert "“甲”：请先逐项确认：还有 1 条意见没有关闭" in page
    assert states(submitted) == ["submitted", "forwarded", "submitted"]
    ticked = {"verb": "forward", "form": f"{submitted[0].pk}:1"}
    key = f"opinions:1:{submitted[0].opinions.get().pk}"
    client.post("/declarations/batch/", {**ticked, f"acknowledged.{submitted[0].pk}": key})
    assert states(submitted)[0] == "forwarded"


def test_the_page_before_it_keeps_the_revision_that_the_list_had_shown(submitted):
    client = signed_in(person("主管部门审核"))
    form = submitted[0]
    asked = {"verb": "forward", "form": f"{form.pk}:0", "ask": "1"}

    page = client.post("/declarations/batch/", asked).content.decode()

    assert f'name="form" value="{form.pk}:0"' in page
    done = client.post(
        "/declarations/batch/", {"verb": "forward", "form": f"{form.pk}:0"}, follow=True
    )
    assert "请看过再同意并报财政" in done.content.decode()
    assert states(submitted)[0] == "submitted"


def states(forms: list[Declaration]) -> list[str]:
    return [Declaration.objects.get(pk=form.pk).state for form in forms]


def test_a_department_passes_many_on_with_one_event_each(submitted):
    client = signed_in(person("主管部门审核"))
    assert 'value="forward"' in client.get("/declarations/?state=mine").content.decode()

    page = pressed(client, submitted[:2], "forward")

    assert "已办 2 份" in page
    assert states(submitted) == ["forwarded", "forwarded", "submitted"]
    assert Event.objects.filter(type="declaration.forward").count() == 2


def test_what_cannot_be_moved_is_told_and_the_rest_is(submitted):
    reviewer = person("主管部门审核")
    move_declaration(submitted[0], "forward", revision=1, acting_user=reviewer, now=NOON)

    page = pressed(signed_in(reviewer), submitted, "return", "请细化")

    assert "“甲”：" in page
    assert "已办 2 份" in page
    assert states(submitted) == ["forwarded", "returned", "returned"]


def test_nothing_of_another_place_is_moved_or_told(submitted):
    stranger = person("主管部门审核", "s", place("己局", PlaceKind.DEPARTMENT, place()))

    page = pressed(signed_in(stranger), submitted, "forward")

    assert states(submitted) == ["submitted"] * 3
    assert "“甲”" not in page


@pytest.mark.parametrize("form", ["", "x", "1", ":", "9" * 30 + ":1", "-1:1"])
def test_nonsense_moves_nothing(submitted, form):
    client = signed_in(person("主管部门审核"))

    answer = client.post("/declarations/batch/", {"verb": "forward", "form": form})

    assert answer.status_code == 302
    assert states(submitted) == ["submitted"] * 3


def test_a_filer_is_offered_no_judging(submitted):
    page = signed_in(User.objects.get(username="tian")).get("/declarations/?state=mine")

    assert 'value="forward"' not in page.content.decode()
