"""New is what last year's forms do not know, and what does not call itself continuing."""

from __future__ import annotations

import pytest

from kaoji.core.declaration import Declaration
from kaoji.rules.beginnings import beginning_of

LAST_YEAR = [Declaration(project_name="道路养护"), Declaration(project_name=None)]


@pytest.mark.parametrize("name", [None, "", "  ", "\u3000"])
def test_nobody_can_tell_of_a_form_without_a_name(name: str | None):
    assert beginning_of(Declaration(project_name=name), LAST_YEAR, {"": "support"}) is None


@pytest.mark.parametrize(
    ("form", "is_new"),
    [
        (Declaration(project_name="智慧养老"), True),
        (Declaration(project_name="智慧养老", project_nature="延续项目"), False),
        (Declaration(project_name="智慧养老", project_nature="延续 性项目"), False),
        (Declaration(project_name="智慧养老", project_category="延续"), False),
        (Declaration(project_name="智慧养老", project_nature="新增项目"), True),
    ],
)
def test_a_continuing_project_is_not_new_whatever_its_name(form: Declaration, is_new: bool):
    begun = beginning_of(form, LAST_YEAR, {})

    assert begun is not None
    assert begun.is_new is is_new
