"""What stands where in the tree, and who is appointed there, against `tests/oracle/places.csv`."""

from __future__ import annotations

import pytest

from kaoji.workflow.places import FILING, PLACE_NAMES, PlaceKind, may_stand_under
from kaoji.workflow.roles import ROLE_NAMES, Role, may_be_held_in
from oracle.tables import rows_of

ROWS = {row["种类"]: row for row in rows_of("places.csv")}
ABOVE = {None: "最上层", **PLACE_NAMES}


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_a_place_stands_where_the_table_says_and_nowhere_else(kind: PlaceKind):
    row = ROWS[PLACE_NAMES[kind]]

    under = {name for parent, name in ABOVE.items() if may_stand_under(kind, parent)}

    assert under == set(row["设在"].split())
    assert (kind in FILING) == (row["能申报"] == "能")


@pytest.mark.parametrize("kind", list(PlaceKind))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_held_where_the_table_says_and_nowhere_else(role: Role, kind: PlaceKind):
    assert may_be_held_in(role, kind) == (ROWS[PLACE_NAMES[kind]][ROLE_NAMES[role]] == "可")
