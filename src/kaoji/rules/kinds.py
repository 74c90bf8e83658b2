"""What kind of form a declaration is, where a rule must know."""

from __future__ import annotations

from kaoji.core.declaration import Declaration
from kaoji.standards.layouts import layout_named


def is_of_whole_unit(form: Declaration) -> bool:
    """Is it about the whole expenditure of a department or unit, not about a project?"""
    layout = layout_named(form.layout)
    return "project_name" not in layout.asked and not form.project_name
