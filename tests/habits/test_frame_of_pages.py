"""No page takes from its frame what stands around it: the head, the menu, the messages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kaoji

# What the context processors of `config/settings.py` give to every template.
GIVEN = {"frame", "messages", "user", "perms", "request", "single_sign_on"}
GIVE_THEM = {"frame.py", "offers.py"}
PAGES = [
    path
    for path in sorted(Path(kaoji.__path__[0]).glob("*/*/pages/*.py"))
    if path.name not in GIVE_THEM
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_view_gives_its_template_a_value_by_a_name_that_the_frame_uses(path: Path):
    named = {
        key.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }

    assert not named & GIVEN
