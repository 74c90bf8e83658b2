"""Every role × action × state over the site: what is open works, all else is refused with a reason.

The rows are addresses that change something or show a form. For each, a sentence of the domain
says who may and when; the test derives the rest. Somebody of another place always gets 404,
just as for a number that there is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.models import ApprovedForm, Opinion
from kaoji.workflow.moves import PART_NAMES, VERB_NAMES, Part, State
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import ROLE_NAMES, Role
from oracle.tables import move_row, roles_for
from support.forging import unguarded
from support.people import NOON, person, place
from support.road_form import PUTUO

pytestmark = pytest.mark.django_db

PART_OF = {
    role: part for role, name in ROLE_NAMES.items() for part in Part if PART_NAMES[part] == name
}
# Who only reads, or pays benefits, moves no form: a look at three states is enough.
NO_PART = {
    Role.THIRD_PARTY, Role.AUDITOR, Role.ADMINISTRATOR,
    Role.BENEFIT_CLERK, Role.BENEFIT_CHECKER, Role.BENEFIT_APPROVER, Role.CASHIER, Role.TOWN_CONFIRMER,
}  # fmt: skip
SOME_STATES = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)
AT_THE_BUREAU = {
    Role.FINANCE_BUDGET,
    Role.FINANCE_PERFORMANCE,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
}
RESTS = {State.APPROVED: "", State.ADJUSTING: "", State.PUBLISHED: "public", State.WITHDRAWN: "withdrawn"}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One address: how it is asked, and who may when; *when* is asked after *who*."""

    name: str
    address: str
    who: Callable[[Role], bool]
    when: Callable[[Role, State], bool] = lambda role, state: True
    sends: dict[str, Any] | None = None


IN_FORCE = {"": State.APPROVED, "public": State.PUBLISHED, "withdrawn": State.WITHDRAWN}
TURNS = {
    State.PREPARED: "单位审核",
    State.SUBMITTED: "主管部门审核",
    State.FORWARDED: "财政审核",
}


def _may_move(verb: str) -> Callable[[Role, State], bool]:
    def may(role: Role, state: State) -> bool:
        rests_in = IN_FORCE[RESTS[state]] if state in RESTS else None
        part = PART_OF.get(role)
        if part is None or move_row(verb, state, part, rests_in=rests_in) is None:
            return False
        return verb != "submit" or state not in RESTS  # it says what was approved

    return may


def _everybody(role: Role) -> bool:
    return True


def _may(act: str) -> Callable[[Role], bool]:
    return lambda role: role in roles_for(act)


def _turn(act: str) -> Callable[[Role, State], bool]:
    def may(role: Role, state: State) -> bool:
        return state in TURNS and role in roles_for(f"{TURNS[state]}时{act}")

    return may


def _writable(role: Role, state: State) -> bool:
    return state in {State.DRAFT, State.RETURNED, State.ADJUSTING}


def _reads_reviews(role: Role, state: State) -> bool:
    """Who judges, or audits, reads review sheets while a form is judged; later everybody."""
    reads = roles_for("关闭意见") | {Role.AUDITOR, Role.ADMINISTRATOR}
    return state not in TURNS or role in reads


LOOKS = [
    Row("page", "/declarations/{pk}/", _everybody),
    Row("word", "/declarations/{pk}/download.docx", _everybody),
    Row("data", "/declarations/{pk}/download.json?revision=1", _everybody),
    Row("compare", "/declarations/{pk}/compare/", _everybody),
    Row("editor", "/declarations/{pk}/edit/", _may("修改申报表"), _writable),
    Row("review sheet", "/declarations/{pk}/review/", _everybody, _reads_reviews),
    Row("start from", "/declarations/new/?from={pk}", _may("新建申报表")),
]
STEPS = [
    Row(
        "check",
        "/declarations/{pk}/edit/check/",
        _may("修改申报表"),
        sends={"base": 1, "seen": 1},
    ),
    Row(
        "save",
        "/declarations/{pk}/edit/",
        _may("修改申报表"),
        _writable,
        {"base": 1, "seen": 1, "cell.annual_goal": "养护公路 36 公里。"},
    ),
    Row(
        "opinion",
        "/declarations/{pk}/opinions/",
        _everybody,
        _turn("提意见"),
        {"field": "annual_goal", "text": "请细化"},
    ),
    Row(
        "answer",
        "/declarations/{pk}/opinions/{opinion}/answer/",
        _everybody,
        lambda role, state: role in roles_for("答复意见") and _writable(role, state),
        {"answer": "已改"},
    ),
    Row(
        "close",
        "/declarations/{pk}/opinions/{opinion}/close/",
        _everybody,
        lambda role, state: role in roles_for("关闭意见"),
        {},
    ),
    Row(
        "waive",
        "/declarations/{pk}/waive/{finding}/",
        _may("豁免错误"),
        sends={"reason": "已核实", "until": "2030-12-31"},
    ),
    Row(
        "fill in the review sheet",
        "/declarations/{pk}/review/",
        _everybody,
        _turn("填审核表"),
        {"revision": 1, "grade": "优", "sheet": "general"},
    ),
    *(
        Row(
            verb,
            f"/declarations/{{pk}}/move/{verb}/",
            _everybody,
            _may_move(verb),
            {
                "revision": 1,
                "reason": "有理由",
                "acknowledged": ["opinions:1:{opinion}", "errors:1:0"],
            },
        )
        for verb in VERB_NAMES
    ),
]


@pytest.fixture
def declaration() -> Declaration:
    from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
    from kaoji.subjects.intake.actions.import_document import import_document

    unit = place("丙", PlaceKind.UNIT, place("乙", PlaceKind.DEPARTMENT, place()))
    filer = person("填报", "somebody", unit)
    text = PUTUO.replace("≥ 98%", "较高")
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return made


def standing_in(declaration: Declaration, state: State) -> dict[str, int]:
    """Put the form into a state, without findings that return it, with an answered opinion."""
    Declaration.objects.filter(pk=declaration.pk).update(
        state=state,
        approved_revision=1 if state in RESTS else None,
        publication=RESTS.get(state, ""),
        public_from=NOON.date(),
        public_revision=1,
    )
    unguarded("review_approvedform")
    ApprovedForm.objects.filter(declaration=declaration).delete()
    revision = declaration.revisions.get(number=1)
    if state in RESTS:
        ApprovedForm.objects.create(
            declaration=declaration, revision_number=1, project_name="x",
            approved_at=NOON, approved_by=revision.made_by,
        )  # fmt: skip
    revision.finding_rows.update(severity="warning")
    opinion = Opinion.objects.create(
        declaration=declaration, revision_number=1, field="annual_goal", place="年度总目标",
        text="请写明", given_at=NOON, given_by=revision.made_by, answer="好",
        answered_at=NOON, answered_by=revision.made_by,
    )  # fmt: skip
    finding = revision.finding_rows.filter(outcome="found").first()
    return {"pk": declaration.pk, "opinion": opinion.pk, "finding": finding.pk}


def asked(client: Client, row: Row, keys: dict[str, int]) -> Any:
    address = row.address.format(**keys)
    if row.sends is None:
        return client.get(address)
    sends = {
        name: [text.format(**keys) for text in value] if isinstance(value, list) else value
        for name, value in row.sends.items()
    }
    return client.post(address, sends)


def signed_in(role: Role, where: str) -> Client:
    bureau = place()
    department = place("乙" if where == "here" else "丁", PlaceKind.DEPARTMENT, bureau)
    at = bureau if role in AT_THE_BUREAU else department
    more = {}
    if role is Role.THIRD_PARTY:
        more["agency"] = place("某事务所", PlaceKind.AGENCY, bureau)
    client = Client()
    client.force_login(person(ROLE_NAMES[role], f"{role.value}-{where}", at, **more))
    return client


@pytest.mark.parametrize("role", list(Role))
def test_what_is_open_works_and_all_else_is_refused_with_a_reason(
    role: Role, declaration: Declaration
):
    client = signed_in(role, "here")
    for state in SOME_STATES if role in NO_PART else State:
        for row in (*LOOKS, *STEPS):
            with transaction.atomic():
                keys = standing_in(declaration, state)
                events = Event.objects.count()
                response = asked(client, row, keys)
                told = (row.name, role.value, state.value, response.status_code)
                if not row.who(role):
                    assert response.status_code == 403, told
                elif row.when(role, state):
                    assert response.status_code in {200, 302}, told
                    written = row.sends is not None and row.name != "check"
                    assert Event.objects.count() == events + written, told
                elif row.name == "review sheet":
                    assert response.status_code == 403, told
                elif row.name == "editor":
                    assert response.headers["Location"] == f"/declarations/{keys['pk']}/", told
                else:
                    assert response.status_code in {403, 409, 422}, told
                    page = response.content.decode()
                    assert 'class="error"' in page or "没有权限" in page, told
                if response.status_code >= 400:
                    assert Event.objects.count() == events, told
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", [role for role in Role if role not in AT_THE_BUREAU])
def test_forms_of_another_place_answer_as_if_there_were_none(
    role: Role, declaration: Declaration
):
    client = signed_in(role, "elsewhere")
    keys = standing_in(declaration, State.DRAFT)
    nothing = dict.fromkeys(keys, 987654)
    for row in (*LOOKS, *STEPS):
        with transaction.atomic():
            theirs, none = (asked(client, row, numbers) for numbers in (keys, nothing))
            told = (row.name, role.value)
            assert theirs.status_code == none.status_code, told
            assert theirs.status_code in {403, 404}, told
            if theirs.status_code == 403:  # nobody in this role may do it anywhere
                assert not row.who(role), told
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    "address",
    [
        "/declarations/",
        "/declarations/?q=甲",
        "/declarations/?q=养护里程",
        "/declarations/?unit=丙",
        "/declarations/?state=mine",
        "/declarations/new/",
        "/todo/",
    ],
)
def test_lists_searches_choices_and_sums_hold_nothing_of_another_place(
    address: str, declaration: Declaration
):
    page = signed_in(Role.FILER, "elsewhere").get(address).content.decode()

    for word in ("甲", "丙", "1 份申报表"):
        assert word not in page.replace("?q=甲", "").replace('value="甲"', ""), word


def test_a_page_asks_as_often_whether_a_form_is_of_another_place_or_is_not(
    declaration: Declaration, django_assert_num_queries
):
    """The same queries, so the same time: an answer cannot tell which of the two it is."""
    client = signed_in(Role.FILER, "elsewhere")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/todo/")  # the first page of a sitting is noted
    counts = []
    for number in (declaration.pk, 987654):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(f"/declarations/{number}/")
        counts.append(len(caught))

    assert counts[0] == counts[1]
