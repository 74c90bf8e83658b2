"""What stands beside a form on record: its neighbours, last year's form, what others promise."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.models import F

from kaoji.core.declaration import Declaration as Form
from kaoji.core.declaration_json import from_data
from kaoji.library.naming import key_of
from kaoji.records.models import LibraryEntry, Revision
from kaoji.rules.context import Context, Norm, Past
from kaoji.rules.naming import bare_name


def context_of(form: Form, beside: Iterable[Form] = ()) -> Context:
    """The context of a form: what is on record, and the forms that come in with it.

    A form that comes in replaces the one of the same project on record.
    """
    coming = [other for other in beside if other is not form and _same_unit(other, form)]
    named = {form.project_name, *(other.project_name for other in coming)}
    kept = [other for other in _on_record(form, form.year) if other.project_name not in named]
    siblings = tuple(coming + kept)
    earlier = _on_record(form, form.year - 1) if form.year else []
    past = next((item for item in earlier if item.project_name == form.project_name), None)
    return Context(
        siblings=siblings or None,
        previous=Past(past) if past else None,
        norms=norms_for(form),
    )


def norms_for(form: Form) -> dict[str, Norm]:
    """What is usual for the form's indicators, by their bare names; its own use counts along."""
    keys = {key_of(row.level3 or ""): bare_name(row.level3) for row in form.indicators}
    rows = LibraryEntry.objects.filter(key__in=keys, low__isnull=False)
    return {
        keys[row.key]: Norm(
            row.key, row.unit or None, row.measurable_uses, row.low, row.middle, row.high
        )
        for row in rows
        if row.low is not None and row.middle is not None and row.high is not None
    }


def _on_record(form: Form, year: int | None) -> list[Form]:
    """The latest forms of the unit in a year."""
    latest = Revision.objects.filter(
        number=F("declaration__revision_count"),
        declaration__year=year,
        declaration__implementing_unit=form.implementing_unit or "",
        declaration__department=form.department or "",
    )
    return [from_data(json.loads(row.content)) for row in latest]


def _same_unit(left: Form, right: Form) -> bool:
    return (left.year, left.department, left.implementing_unit) == (
        right.year,
        right.department,
        right.implementing_unit,
    )
