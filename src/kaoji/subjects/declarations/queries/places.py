"""Which place of the tree a form's own names mean, among the places that a person reaches."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from kaoji.core.declaration import Declaration as Form
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.queries.derive import column_text
from kaoji.workflow.places import FILING, PlaceKind

DEPARTMENTS = (PlaceKind.DEPARTMENT, PlaceKind.TOWN, PlaceKind.BUREAU)


class Gazetteer:
    """The places that some forms name, read once; looked up by department and unit."""

    def __init__(self, forms: Iterable[Form], among: QuerySet[Organisation]) -> None:
        names = {name for form in forms for name in names_of(form)}
        self._places = list(among.filter(name__in=names, kind__in=FILING))
        keys = {key for place in self._places for key in place.lineage}
        above = Organisation.objects.filter(pk__in=keys)
        self._names = dict(above.values_list("pk", "name"))

    def place_of(self, form: Form) -> Organisation | None:
        """The form's place; None where there is none, or several could be meant."""
        department, unit = names_of(form)
        found = [item for item in self._places if item.name == unit]
        if department and department != unit:
            found = [item for item in found if department in self._above(item)]
        elif len(found) > 1:
            found = [item for item in found if item.kind in DEPARTMENTS]
        return found[0] if len(found) == 1 else None

    def _above(self, place: Organisation) -> list[str]:
        """The names of what stands above a place."""
        return [self._names[key] for key in place.lineage[:-1]]


def names_of(form: Form) -> tuple[str, str]:
    """Department and unit as they stand in columns."""
    return (
        column_text("department", form.department),
        column_text("implementing_unit", form.implementing_unit),
    )
