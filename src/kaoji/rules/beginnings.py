"""How a project came into a year's budget: was it there the year before, and what did its ex-ante evaluation say?

>>> before = [Declaration(project_name="智慧养老平台（二期）")]
>>> beginning_of(Declaration(project_name="智慧养老 平台(二期)"), before, {}).is_new
False
>>> beginning_of(Declaration(project_name="助餐"), before, {"助餐": "support"})
Beginning(is_new=True, conclusion='support')
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kaoji.core.declaration import Declaration, project_key
from kaoji.core.ex_ante import Beginning
from kaoji.standards.lexicons import words


def beginning_of(
    form: Declaration, earlier: Collection[Declaration], conclusions: Mapping[str, str]
) -> Beginning | None:
    """By last year's forms of the unit, and by what was concluded, keyed by `project_key`.

    None where nobody can tell: without a name, or without a form of last year. A form that calls itself
    a continuing project (延续项目) is none that is new, though its name may have changed.
    """
    key = project_key(form.project_name)
    if not key or not earlier:
        return None
    known = {project_key(item.project_name) for item in earlier}
    return Beginning(key not in known and not _continues(form), conclusions.get(key))


def _continues(form: Declaration) -> bool:
    said = {project_key(form.project_nature), project_key(form.project_category)}
    return not said.isdisjoint(words("attributes", "continuing"))
