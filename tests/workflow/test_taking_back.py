"""What may be taken back, how long and by whom, against the table that people wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kaoji.workflow.moves import VERB_NAMES
from kaoji.workflow.taking_back import why_not_taken_back
from oracle.tables import rows_of
from support.people import NOON

ROWS = {row["动作"]: row for row in rows_of("taken_back.csv")}


def refused(verb: str, minutes: float = 0, *, is_own: bool = True, is_last: bool = True) -> str:
    sentence = why_not_taken_back(
        verb,
        made_at=NOON,
        now=NOON + timedelta(minutes=minutes),
        is_own=is_own,
        is_last=is_last,
    )
    return str(sentence or "")


def test_the_table_names_every_move():
    assert ROWS.keys() == set(VERB_NAMES.values())


@pytest.mark.parametrize("verb", VERB_NAMES)
def test_a_move_is_taken_back_as_the_table_says(verb):
    row = ROWS[VERB_NAMES[verb]]

    if row["可收回"] != "可":
        assert "不能收回" in refused(verb)
        return
    limit = int(row["多久以内（分钟）"])
    assert refused(verb, limit) == ""
    assert f"已过 {limit} 分钟" in refused(verb, limit + 0.1)
    assert "只有办理的人" in refused(verb, is_own=False)
    assert "已有人办理" in refused(verb, is_last=False)
