"""A form's way from draft to publication: each step by whom it belongs to, one event each."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.contrib.auth.models import User

from kaoji.platform.events.event_log import story_of
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.actions.record_form import UnableToRecord
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.answer_opinion import UnableToAnswer, answer_opinion
from kaoji.subjects.review.actions.close_opinion import close_opinion
from kaoji.subjects.review.actions.give_opinion import UnableToComment, give_opinion
from kaoji.subjects.review.actions.move_declaration import MoveRefused, move_declaration
from kaoji.subjects.review.models import ApprovedForm
from kaoji.subjects.verification.queries.verifying import verify_chain
from kaoji.workflow.moves import PART_NAMES, VERB_NAMES, Part, State
from kaoji.workflow.roles import Role
from oracle.tables import move_row
from support.forging import unguarded
from support.people import LONG_AGO, NOON, person, place
from support.road_form import SOUND

pytestmark = pytest.mark.django_db

ROLES = {part: PART_NAMES[part] for part in Part}


def put_on_record(text: str, user: User) -> Declaration:
    intake = import_document(text.encode(), name="x.txt", acting_user=user, now=NOON)
    [declaration] = confirm_intake(intake, form_numbers=[0], acting_user=user, now=NOON)
    return declaration


@pytest.fixture
def people() -> dict[Part, User]:
    return {part: person(role) for part, role in ROLES.items()}


@pytest.fixture
def declaration(people: dict[Part, User]) -> Declaration:
    return put_on_record(SOUND, people[Part.FILER])


def make(
    declaration: Declaration, verb: str, user: User, reason: str = "", **more: object
) -> Declaration:
    declaration.refresh_from_db()
    return move_declaration(
        declaration, verb, revision=declaration.revision_count, reason=reason,
        acting_user=user, now=NOON, **more,
    )  # fmt: skip


def test_the_whole_way_with_a_return_and_two_opinions(declaration, people):
    filer, department, finance = (
        people[part] for part in (Part.FILER, Part.DEPARTMENT, Part.FINANCE)
    )
    make(declaration, "submit", filer)
    opinions = [
        give_opinion(declaration, field=field, place=place, text=text, acting_user=department, now=NOON)
        for field, place, text in (
            ("indicators[0].level3", "1 养护里程", "与去年相同，请说明"),
            ("annual_goal", "年度总目标", "请写明惠及多少人"),
        )
    ]  # fmt: skip
    make(declaration, "return", department, "请按意见修改")
    put_on_record(SOUND.replace("35 公里。", "35 公里，惠及 2 万人。"), filer)
    with pytest.raises(MoveRefused, match="2 条意见没有答复"):
        make(declaration, "submit", filer)
    for opinion in opinions:
        answer_opinion(opinion, answer="已改", acting_user=filer, now=NOON)
    make(declaration, "submit", filer)
    for opinion in opinions:
        close_opinion(opinion, acting_user=department, now=NOON)
    make(declaration, "forward", department)
    make(declaration, "approve", finance)
    held = make(declaration, "publish", finance)

    assert held.state == State.PUBLISHED
    assert (held.submitted_revision, held.approved_revision) == (2, 2)
    assert verify_chain() == Event.objects.count()
    told = [str(story_of(event)) for event in declaration.events.order_by("sequence")]
    assert told[1] == "提交了第 1 版"
    assert told[-1] == "公开了第 2 版"


def test_a_form_that_is_judged_cannot_be_written(declaration, people):
    filer = people[Part.FILER]
    make(declaration, "submit", filer)

    with pytest.raises(UnableToRecord, match="待主管部门审核"):
        put_on_record(SOUND.replace("35", "40"), filer)

    make(declaration, "recall", filer)
    put_on_record(SOUND.replace("35", "40"), filer)
    declaration.refresh_from_db()
    assert declaration.revision_count == 2


def test_nobody_moves_a_revision_that_they_have_not_seen(declaration, people):
    with pytest.raises(MoveRefused, match="请看过再"):
        move_declaration(
            declaration, "submit", revision=7, acting_user=people[Part.FILER], now=NOON
        )


def test_a_form_with_errors_is_not_submitted(people):
    bad = put_on_record(SOUND.replace("年度目标: 养护公路 35 公里。\n", ""), people[Part.FILER])

    with pytest.raises(MoveRefused, match="处错误"):
        make(bad, "submit", people[Part.FILER])


def test_who_wrote_the_form_cannot_judge_it_in_a_later_role(declaration, people):
    """Last year she filed; this year she reviews. What she wrote herself is for somebody else."""
    filer = people[Part.FILER]
    make(declaration, "submit", filer)
    [former] = filer.appointments.all()
    end_appointment(former, acting_user=person("管理员"), now=NOON)
    appoint(
        filer, Role.DEPARTMENT_REVIEWER, place(), since=LONG_AGO, acting_user=None, now=NOON
    )

    for verb in ("forward", "return"):
        with pytest.raises(NotPermitted, match="不能审核"):
            make(declaration, verb, filer, "x")


def test_a_unit_that_reviews_first_does_so_before_its_department(declaration, people):
    Organisation.objects.filter(pk=declaration.organisation_id).update(reviews_first=True)
    assert make(declaration, "submit", people[Part.FILER]).state == State.PREPARED

    with pytest.raises(MoveRefused, match="待单位审核"):
        make(declaration, "forward", people[Part.DEPARTMENT])
    make(declaration, "return", people[Part.UNIT], "请写清楚")
    make(declaration, "submit", people[Part.FILER])

    assert make(declaration, "endorse", people[Part.UNIT]).state == State.SUBMITTED


def approved(declaration: Declaration, people: dict[Part, User], **more: object) -> Declaration:
    make(declaration, "submit", people[Part.FILER])
    make(declaration, "forward", people[Part.DEPARTMENT])
    return make(declaration, "approve", people[Part.FINANCE], **more)


def test_an_approval_can_publish_at_once_or_on_a_day(declaration, people):
    held = approved(declaration, people, public_from=date(2027, 2, 1))

    assert (held.state, held.public_from) == (State.PUBLISHED, date(2027, 2, 1))


@pytest.mark.parametrize("wanted", [date(2026, 11, 23), date(2026, 11, 24), date(2020, 1, 1)])
def test_nothing_was_public_before_it_was_published(declaration, people, wanted: date):
    """A day that is over is no day to publish on: it is public from today."""
    held = approved(declaration, people, public_from=wanted)

    assert (held.state, held.public_from) == (State.PUBLISHED, date(2026, 11, 24))


def test_what_is_published_later_is_public_from_that_day_at_the_earliest(declaration, people):
    approved(declaration, people)

    held = make(declaration, "publish", people[Part.FINANCE], public_from=date(2020, 1, 1))

    assert held.public_from == date(2026, 11, 24)


def test_what_is_in_force_stays_so_until_the_adjustment_is_approved(declaration, people):
    filer = people[Part.FILER]
    approved(declaration, people, public_from=date(2026, 11, 24))
    make(declaration, "adjust", filer, "上级追加任务")
    put_on_record(SOUND.replace("≥ 35公里", "≥ 50公里"), filer)
    declaration.refresh_from_db()
    assert (declaration.state, declaration.approved_revision) == (State.ADJUSTING, 1)
    assert declaration.publication == "public"

    held = approved(declaration, people)

    assert (held.state, held.approved_revision) == (State.PUBLISHED, 2)
    newest = held.approvals.get(revision_number=2)
    assert newest.reason == "上级追加任务"


@pytest.mark.parametrize("end", ["reject", "abandon"])
def test_an_adjustment_that_fails_leaves_what_was_approved_as_the_latest(
    end: str, declaration, people
):
    filer = people[Part.FILER]
    approved(declaration, people)
    make(declaration, "adjust", filer, "上级追加任务")
    put_on_record(SOUND.replace("≥ 35公里", "≥ 50公里"), filer)
    if end == "reject":
        make(declaration, "submit", filer)
        make(declaration, "forward", people[Part.DEPARTMENT])
    held = make(
        declaration, end, people[Part.FINANCE if end == "reject" else Part.FILER], "预算未增"
    )
    held.refresh_from_db()

    first, abandoned, restored = held.revisions.order_by("number")
    assert (held.state, held.approved_revision) == (State.APPROVED, 1)
    assert restored.sha256 == first.sha256 != abandoned.sha256
    assert restored.made_by == filer
    assert verify_chain() == Event.objects.count()


RESTS = {State.APPROVED: "", State.ADJUSTING: "", State.PUBLISHED: "public", State.WITHDRAWN: "withdrawn"}  # fmt: skip


@pytest.mark.parametrize(("state", "part"), list(product(State, Part)))
def test_every_part_in_every_state_makes_its_moves_and_no_other(
    state: State, part: Part, declaration: Declaration, people: dict[Part, User]
):
    in_force = state in RESTS
    resting = {"": State.APPROVED, "public": State.PUBLISHED, "withdrawn": State.WITHDRAWN}
    rests_in = resting[RESTS[state]] if in_force else None
    open_ones = {
        verb
        for verb in VERB_NAMES
        if move_row(verb, state, part, rests_in=rests_in)
        and (verb != "submit" or not in_force)  # it says what was approved
    }
    for verb in VERB_NAMES:
        Declaration.objects.filter(pk=declaration.pk).update(
            state=state,
            approved_revision=1 if in_force else None,
            publication=RESTS.get(state, ""),
            public_from=NOON.date(),
            public_revision=1,
        )
        unguarded("review_approvedform")
        ApprovedForm.objects.all().delete()
        if in_force:
            ApprovedForm.objects.create(
                declaration=declaration, revision_number=1, project_name="x",
                approved_at=NOON, approved_by=people[Part.FINANCE],
            )  # fmt: skip
        events = Event.objects.count()
        if verb in open_ones:
            make(declaration, verb, people[part], "有理由")
            assert Event.objects.count() == events + 1
        else:
            with pytest.raises(UnableToAct):
                make(declaration, verb, people[part], "有理由")
            declaration.refresh_from_db()
            assert declaration.state == state
            assert Event.objects.count() == events


def test_opinions_are_given_only_while_it_is_ones_turn(declaration, people):
    def say_so(part: Part):
        return give_opinion(
            declaration,
            field="form",
            place="整份表",
            text="x",
            acting_user=people[part],
            now=NOON,
        )

    with pytest.raises(UnableToComment, match="不在审核中"):
        say_so(Part.DEPARTMENT)
    make(declaration, "submit", people[Part.FILER])
    for part in (Part.FILER, Part.UNIT, Part.BUDGET, Part.FINANCE):
        with pytest.raises(NotPermitted):
            say_so(part)
    opinion = say_so(Part.DEPARTMENT)
    with pytest.raises(UnableToAnswer, match="已经提交"):
        answer_opinion(opinion, answer="好", acting_user=people[Part.FILER], now=NOON)
    with pytest.raises(NotPermitted):
        close_opinion(opinion, acting_user=people[Part.FILER], now=NOON)
