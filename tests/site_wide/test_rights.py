"""Every act by every role, here and elsewhere, against the table that people wrote.

Each act is prepared so that it succeeds for whom `tests/oracle/rights.csv` names: if somebody
is refused, it is for who they are and where they are appointed.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from django.contrib.auth.models import User
from django.db import transaction

import kaoji
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import ROLE_NAMES, Role
from oracle.tables import roles_for, rows_of
from site_wide.acts import following, managing, measuring, paying, writing
from site_wide.acts.world import ACTS, World
from support.people import person, place

pytestmark = pytest.mark.django_db

ROWS = rows_of("rights.csv")
AT_THE_BUREAU = {Role.FINANCE_BUDGET, Role.FINANCE_PERFORMANCE, Role.ADMINISTRATOR}
# What everybody does with what is their own.
ONES_OWN = {
    "access_key", "be_present", "confirm_aside", "hand_in", "second_factor", "see_notices",
    "take_back_move", "keep_draft", "drop_draft",
}  # fmt: skip
# Steps inside other actions.
STEPS = {
    "keep_file",
    "place_form",
    "record_form",
    "tell_whose_turn_it_is",
    "set_aside",
    "deliver",
    "register_overpaid",
}
# What moves.csv holds.
MOVES = {"move_declaration", "restore_in_force"}


@pytest.fixture
def world(approved: Declaration, filer: User, department: User, finance: User) -> World:
    return World(approved, filer, department, finance)


def somebody(role: Role, bureau: Organisation, department: str) -> User:
    """A person in the role: in the bureau where the role belongs there, else in a department."""
    at = bureau if role in AT_THE_BUREAU else place(department, PlaceKind.DEPARTMENT, bureau)
    more = {}
    if role is Role.THIRD_PARTY:
        more["agency"] = place("某事务所", PlaceKind.AGENCY, bureau)
    return person(ROLE_NAMES[role], f"who-{role.value}", at, **more)


def outcome(done: Callable[[User], object], user: User) -> str:
    """Whether the act is done, or refused without any event; all is undone again."""
    before = Event.objects.count()
    with transaction.atomic():
        try:
            with transaction.atomic():
                done(user)
            said = "done" if Event.objects.count() > before else "nothing written"
        except UnableToAct as refusal:
            said = "refused" if Event.objects.count() == before else f"half done: {refusal}"
        transaction.set_rollback(True)
    return said


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_done_by_the_roles_of_the_table_and_refused_to_all_others(
    name: str, world: World
):
    people = {role: somebody(role, place(), "乙") for role in Role}
    done = ACTS[name](world)

    assert {role: outcome(done, person) for role, person in people.items()} == {
        role: "done" if role in roles_for(name) else "refused" for role in Role
    }


@pytest.mark.parametrize("name", [row["事项"] for row in ROWS if row["何处"] == "所辖"])
def test_an_act_is_refused_to_the_same_roles_of_another_place(name: str, world: World):
    other = place("奉贤区财政局")
    people = [somebody(role, other, "丁") for role in roles_for(name)]
    done = ACTS[name](world)

    assert {outcome(done, person) for person in people} == {"refused"}


@pytest.mark.parametrize("name", [row["事项"] for row in ROWS if row["何处"] == "任何处"])
def test_what_has_no_place_is_done_from_any(name: str, world: World):
    other = place("奉贤区财政局")
    people = [somebody(role, other, "丁") for role in roles_for(name)]
    done = ACTS[name](world)

    assert {outcome(done, person) for person in people} == {"done"}


def test_every_row_is_tried():
    assert {row["事项"] for row in ROWS} == set(ACTS)


def test_every_action_that_somebody_takes_is_tried():
    """An action's module holds a function of its own name, which says who acts."""
    tried = {
        value
        for module in (writing, managing, measuring, following, paying)
        for value in vars(module).values()
        if callable(value)
    }
    modules = list(every_action())
    assert len(modules) > 60
    for module in modules:
        name = module.__name__.rpartition(".")[2]
        action = vars(module).get(name)
        says_who = (
            inspect.isfunction(action) and "acting_user" in inspect.signature(action).parameters
        )
        if says_who and name not in ONES_OWN | MOVES | STEPS:
            assert action in tried, name


def every_action() -> Iterator[ModuleType]:
    """The modules of every `actions` folder of the house."""
    for found in pkgutil.walk_packages(kaoji.__path__, "kaoji."):
        if not found.ispkg and found.name.split(".")[-2] == "actions":
            yield importlib.import_module(found.name)
