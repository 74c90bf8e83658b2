"""Who may do what and what follows, as practice has it: typed from the law and the field's usage.

The tables were written by people, never printed out of the program: a test that compares with
them says something. `moves.csv` is the life of a form, `rights.csv` every act with the roles
that it belongs to, `looks.csv` the pages that not everybody sees, `together.csv` which roles one
person cannot hold over the same forms.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from kaoji.workflow.moves import PART_NAMES, STATE_NAMES, VERB_NAMES, Part, State
from kaoji.workflow.roles import ROLE_NAMES, Role

_HERE = Path(__file__).parent
STATES = {name: state for state, name in STATE_NAMES.items()}
PARTS = {name: part for part, name in PART_NAMES.items()}
VERBS = {name: verb for verb, name in VERB_NAMES.items()}
FIRST = {"先由单位审核的": {True}, "不先由单位审核的": {False}, "": {True, False}}


@cache
def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table, by its headings."""
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def roles_for(act: str) -> frozenset[Role]:
    """The roles that may do it."""
    [row] = [row for row in rows_of("rights.csv") if row["事项"] == act]
    return frozenset(role for role in Role if row[ROLE_NAMES[role]] == "可")


def move_row(
    verb: str, state: State, part: Part, *, unit_review: bool = False, rests_in: State | None
) -> dict[str, str] | None:
    """The row that opens a move to a part; *rests_in* is where an approval in force rests."""
    found = [
        row
        for row in rows_of("moves.csv")
        if (STATES[row["现在是"]], VERBS[row["动作"]]) == (state, verb)
        and part in {PARTS[name] for name in row["由谁"].split()}
        and unit_review in FIRST[row["哪些单位"]]
        and (row["只在"] != "批复在先" or rests_in is not None)
        and (row["只在"] != "已公开" or rests_in is State.PUBLISHED)
    ]
    assert len(found) <= 1, found
    return found[0] if found else None
