"""In-year adjustments and publication: what is in force, what the public sees, and what may not happen."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.documents.editing import Typed
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.actions.edit_declaration import edit_declaration
from kaoji.subjects.declarations.actions.waive_finding import waive_finding
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.give_opinion import give_opinion
from kaoji.subjects.review.actions.move_declaration import MoveRefused, move_declaration
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.people import NOON, person
from support.road_form import FORM

pytestmark = pytest.mark.django_db

NEXT_YEAR = date(2027, 11, 24)
DOERS = {
    "submit": "填报", "recall": "填报", "adjust": "填报", "abandon": "填报",
    "forward": "主管部门审核",
}  # fmt: skip


@pytest.fixture
def people() -> dict[str, User]:
    return {name: person(name) for name in ("填报", "主管部门审核", "财政绩效")}


def filed(people, text: str = FORM) -> Declaration:
    filer = people["填报"]
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return made


def moved(declaration: Declaration, people, *verbs: str, **more: object) -> Declaration:
    for verb in verbs:
        declaration.refresh_from_db()
        declaration = move_declaration(
            declaration, verb, revision=declaration.revision_count, reason="追加任务",
            acting_user=people[DOERS.get(verb, "财政绩效")], now=NOON, **more,
        )  # fmt: skip
    return declaration


@pytest.fixture
def approved(people) -> Declaration:
    return moved(filed(people), people, "submit", "forward", "approve")


def written(declaration: Declaration, people, **cells: str) -> Declaration:
    declaration.refresh_from_db()
    base = declaration.revisions.get(number=declaration.revision_count)
    return edit_declaration(
        declaration, Typed(cells, {}), base=base, seen=base.number,
        acting_user=people["填报"], now=NOON,
    )  # fmt: skip


def page_of(declaration: Declaration) -> tuple[int, str]:
    answer = Client().get(f"/public/{declaration.pk}/")
    return answer.status_code, answer.content.decode()


def test_an_adjustment_that_changes_nothing_is_not_submitted(approved, people):
    moved(approved, people, "adjust")

    with pytest.raises(MoveRefused, match="一字不差"):
        moved(approved, people, "submit")


def test_what_was_approved_keeps_its_name(approved, people):
    moved(approved, people, "adjust")

    with pytest.raises(UnableToAct, match="名称不能再改"):
        written(approved, people, project_name="别的名称")


def test_the_public_sees_what_is_in_force_while_it_is_adjusted(approved, people):
    moved(approved, people, "publish")
    moved(approved, people, "adjust")
    written(approved, people, annual_goal="养护公路 99 公里。")

    status, page = page_of(approved)

    assert status == 200
    assert "35 公里" in page
    assert "99 公里" not in page
    moved(approved, people, "submit", "forward", "approve")
    assert "99 公里" in page_of(approved)[1]


def test_it_can_be_withdrawn_at_any_time(approved, people):
    moved(approved, people, "publish", "adjust")

    held = moved(approved, people, "withdraw")

    assert held.state == "adjusting"
    assert page_of(approved)[0] == 410


def test_a_withdrawn_page_shows_only_what_was_public(approved, people):
    moved(approved, people, "publish", "withdraw", "adjust")
    written(approved, people, annual_goal="从未公开过的目标 9 公里。")
    held = moved(approved, people, "submit", "forward", "approve")

    assert (held.state, held.publication, held.public_revision) == ("withdrawn", "withdrawn", 1)
    assert page_of(approved)[0] == 410
    assert "从未公开" not in page_of(approved)[1]
    assert moved(approved, people, "publish").public_revision == 2
    assert "从未公开过的目标" in page_of(approved)[1]


def test_before_its_day_nothing_is_public_and_withdrawing_leaves_no_trace(approved, people):
    moved(approved, people, "publish", public_from=NEXT_YEAR)
    assert page_of(approved)[0] == 404

    held = moved(approved, people, "withdraw")

    assert (held.state, held.publication) == ("approved", "")
    assert page_of(approved)[0] == 404


def test_what_is_public_takes_no_other_day_with_its_next_approval(approved, people):
    moved(approved, people, "publish", "adjust")
    written(approved, people, annual_goal="养护公路 99 公里。")
    moved(approved, people, "submit", "forward")

    with pytest.raises(MoveRefused, match="不另定公开日期"):
        moved(approved, people, "approve", public_from=NEXT_YEAR)


def test_opinions_on_an_abandoned_adjustment_do_not_stand_in_the_way_of_the_next(
    approved, people
):
    moved(approved, people, "adjust")
    written(approved, people, annual_goal="养护公路 99 公里。")
    moved(approved, people, "submit")
    give_opinion(
        approved, field="annual_goal", place="年度总目标", text="过高",
        acting_user=people["主管部门审核"], now=NOON,
    )  # fmt: skip
    move_declaration(
        approved,
        "return",
        revision=2,
        reason="过高",
        acting_user=people["主管部门审核"],
        now=NOON,
    )
    moved(approved, people, "abandon", "adjust")
    written(approved, people, annual_goal="养护公路 40 公里。")

    assert moved(approved, people, "submit").state == "submitted"
    assert verify_chain() == Event.objects.count()


def test_several_adjustments_follow_each_other(approved, people):
    for kilometres in (40, 45):
        moved(approved, people, "adjust")
        written(approved, people, annual_goal=f"养护公路 {kilometres} 公里。")
        moved(approved, people, "submit", "forward", "approve")

    approved.refresh_from_db()
    assert [item.revision_number for item in approved.approvals.order_by("id")] == [1, 2, 3]
    assert approved.approved_revision == 3


def test_who_wrote_a_form_does_not_waive_its_faults(people):
    made = filed(people, FORM.replace("≥ 98%", "较高"))
    finding = made.revisions.get().finding_rows.filter(outcome="found").first()
    reviewer = people["主管部门审核"]

    with pytest.raises(NotPermitted):
        waive_finding(
            made, finding=finding, reason="x", until=NEXT_YEAR,
            acting_user=people["填报"], now=NOON,
        )  # fmt: skip
    waive_finding(
        made, finding=finding, reason="x", until=NEXT_YEAR, acting_user=reviewer, now=NOON
    )
