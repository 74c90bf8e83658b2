"""What stands beside a form on record: its neighbours, last year's form, what others promise."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from kaoji.core.declaration import Declaration as Form
from kaoji.core.declaration import project_key
from kaoji.core.ex_ante import Beginning
from kaoji.library.naming import key_of
from kaoji.platform.organisation.models import Organisation
from kaoji.rules.beginnings import beginning_of
from kaoji.rules.context import Context, Norm, Past
from kaoji.rules.naming import bare_name
from kaoji.rules.siblings import Neighbours, Siblings
from kaoji.subjects.declarations.models import Revision
from kaoji.subjects.ex_ante.queries import conclusions_at
from kaoji.subjects.library.models import LibraryEntry
from kaoji.workflow.moves import State


class Surroundings:
    """What stands beside forms that are checked together; each unit and year is read once.

    A form that comes in replaces the one of the same project on record.
    """

    def __init__(self, coming: Iterable[Form] = ()) -> None:
        self._coming = list(coming)
        self._kept: dict[tuple[object, ...], list[Form]] = {}
        self._concluded: dict[tuple[int, int], dict[str, str]] = {}
        self._together: dict[tuple[object, ...], tuple[dict[int, int], Neighbours]] = {}

    def of(self, form: Form, place: Organisation | None) -> Context:
        """The context of one form; without its place, only those that come in with it."""
        siblings = self._siblings(form, place)
        earlier = self._on_record(place, form.year - 1) if form.year else []
        key = project_key(form.project_name)
        past = next((i for i in earlier if key and project_key(i.project_name) == key), None)
        return Context(
            siblings=siblings if len(siblings) else None,
            previous=Past(past) if past else None,
            norms=norms_for(form),
            beginning=self._beginning(form, place, earlier),
        )

    def _beginning(
        self, form: Form, place: Organisation | None, earlier: list[Form]
    ) -> Beginning | None:
        """Is it new? Only where last year's forms of the unit are on record can anybody tell."""
        if place is None or form.year is None or not earlier:
            return None
        key = (form.year, place.pk)
        if key not in self._concluded:
            self._concluded[key] = conclusions_at(place, form.year)
        return beginning_of(form, earlier, self._concluded[key])

    def _siblings(self, form: Form, place: Organisation | None) -> Siblings:
        """Those that come in with it, then those on record. Forms that come in together share one index."""
        key = (*_unit(form), place and place.pk)
        if key not in self._together:
            coming = [other for other in self._coming if _unit(other) == _unit(form)]
            neighbours = Neighbours(coming + self._kept_beside(coming, form, place))
            self._together[key] = {id(other): at for at, other in enumerate(coming)}, neighbours
        places, neighbours = self._together[key]
        if id(form) in places:
            return neighbours.others_than(places[id(form)])
        coming = list(neighbours.forms[: len(places)])
        return Siblings.of(coming + self._kept_beside([form, *coming], form, place))

    def _kept_beside(
        self, coming: list[Form], form: Form, place: Organisation | None
    ) -> list[Form]:
        """The forms on record that none of those coming in replaces."""
        named = {other.project_name for other in coming}
        kept = self._on_record(place, form.year)
        return [item for item in kept if item.project_name not in named]

    def _on_record(self, place: Organisation | None, year: int | None) -> list[Form]:
        """The latest forms of a place in a year; what finance rejected asks for nothing and was promised by nobody."""
        if place is None:
            return []
        key = (year, place.pk)
        if key not in self._kept:
            latest = Revision.objects.filter(
                number=F("declaration__revision_count"),
                declaration__year=year,
                declaration__organisation=place,
            ).exclude(declaration__state=State.REJECTED)
            self._kept[key] = [row.form for row in latest]
        return self._kept[key]


def norms_for(form: Form) -> dict[str, Norm]:
    """What is usual for the form's indicators, by their bare names."""
    wanted = {
        bare_name(row.level3): ((row.level2 or "")[:100], key_of(row.level3))
        for row in form.indicators
        if row.level3
    }
    keys = {key for _, key in wanted.values()}
    rows = LibraryEntry.objects.filter(key__in=keys, low__isnull=False)
    norms = {(row.level2, row.key): norm for row in rows if (norm := _norm(row))}
    return {name: norms[place] for name, place in wanted.items() if place in norms}


def _norm(row: LibraryEntry) -> Norm | None:
    if row.low is None or row.middle is None or row.high is None:
        return None
    return Norm(row.key, row.unit or None, row.norm_uses, row.low, row.middle, row.high)


def _unit(form: Form) -> tuple[object, ...]:
    return form.year, form.department, form.implementing_unit
