"""The story of a move that was taken back is walked again too: only the last, by the same person, in time."""

from __future__ import annotations

from typing import Any

import pytest

from kaoji.audit.replay import impossible

DEPARTMENT, FINANCE = 7, 8
ROWS: dict[str, list[dict[str, Any]]] = {
    "organisations": [{"id": 1, "path": "/1/", "reviews_first": False}],
    "appointments": [
        {"person": person, "place": 1, "role": role, "since": "2020-01-01", "until": None,
         "ended_at": None}
        for person, role in ((3, "filer"), (DEPARTMENT, "department_reviewer"))
    ],
    "revisions": [],
    "approvals": [],
}  # fmt: skip


def event(sequence: int, kind: str, actor: int, minute: int, **payload: Any) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "type": kind,
        "actor": actor,
        "at": f"2026-11-24T04:{minute:02}:00.000000+00:00",
        "declaration": 5,
        "payload": {"revision": 1, "public_from": "", "publication": "", **payload},
    }


STORY = [
    event(1, "declaration.recorded", 3, 0),
    event(2, "declaration.submit", 3, 1),
    event(3, "declaration.forward", DEPARTMENT, 2),
]


def told(*more: dict[str, Any], state: str = "submitted") -> list[str]:
    row = {
        "id": 5, "organisation": 1, "state": state, "revision_count": 1, "submitted_revision": 1,
        "approved_revision": None, "publication": "", "public_from": None, "public_revision": None,
    }  # fmt: skip
    rows = {**ROWS, "declarations": [row]}
    return [str(sentence) for sentence in impossible([*STORY, *more], rows)]


def test_a_move_that_was_taken_back_leaves_the_form_where_it_was():
    assert told(event(4, "declaration.forward_undone", DEPARTMENT, 30, move=3)) == []


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([event(4, "declaration.forward_undone", DEPARTMENT, 33, move=3)], "已过 30 分钟"),
        ([event(4, "declaration.forward_undone", FINANCE, 3, move=3)], "只有办理的人"),
        ([event(4, "declaration.return_undone", DEPARTMENT, 3, move=3)], "不是刚才的动作"),
        ([event(4, "declaration.forward_undone", DEPARTMENT, 3, move=2)], "不是刚才的动作"),
        (
            [
                event(4, "opinion.given", FINANCE, 3),
                event(5, "declaration.forward_undone", DEPARTMENT, 4, move=3),
            ],
            "不是刚才的动作",
        ),
    ],
)
def test_what_could_not_be_taken_back_is_named(events, said):
    assert any(said in sentence for sentence in told(*events))


def test_a_form_that_stands_where_it_was_taken_back_from_is_named():
    undone = event(4, "declaration.forward_undone", DEPARTMENT, 3, move=3)

    assert told(undone, state="forwarded") != []
