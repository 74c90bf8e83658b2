"""What a reviewer wants beside a form: last year's promises, what others promise, money over the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import F, QuerySet

from kaoji.core.declaration import Declaration as Form
from kaoji.core.declaration import project_key
from kaoji.core.indicator import Indicator
from kaoji.platform.rooms import brought
from kaoji.rules.context import Norm
from kaoji.rules.naming import bare_name
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.queries.surroundings import norms_for

# A middle value of fewer tells nothing; the form's own promise is among them.
_FEWEST_USES = 5


@dataclass(frozen=True)
class Beside:
    """One promise of this year beside last year's of the same name; either may be missing."""

    name: str
    now: Indicator | None
    before: Indicator | None
    norm: Norm | None
    reached: str | None = None

    @property
    def is_unchanged(self) -> bool:
        """Does it promise just what it promised last year?"""
        if self.now is None or self.before is None:
            return False
        return self.now.target.text == self.before.target.text


@dataclass(frozen=True)
class YearOfMoney:
    """What the project asked for in a year; *change* is its share of the year before."""

    declaration: Declaration
    annual_total: Decimal | None
    change: Decimal | None


class PastResults(Protocol):
    """What became of the promise of the year before, as far as a form and its reviewer need it."""

    reached: Mapping[str, str]

    def in_words(self) -> str:
        """The results as they are carried into the next form."""


def results_beside(earlier: Declaration | None, *, on: date) -> PastResults | None:
    """What became of an earlier promise, as a room above tells it in its `beside.py`; None without one."""
    tell = brought("beside", "BESIDE").get("results")
    return tell(earlier, on=on) if earlier is not None and tell is not None else None


def earlier_declaration(declaration: Declaration) -> Declaration | None:
    """The same project of the year before, by the name that a year and the way of writing do not change."""
    if declaration.year is None:
        return None
    return _same_project(declaration).filter(year=declaration.year - 1).first()


def _same_project(declaration: Declaration) -> QuerySet[Declaration]:
    """The unit's declarations of this project in all years, itself among them."""
    key = project_key(declaration.project_name)
    of_unit = Declaration.objects.filter(organisation=declaration.organisation_id)
    names = of_unit.values_list("project_name", flat=True).distinct()
    return of_unit.filter(project_name__in=[name for name in names if project_key(name) == key])


def last_year(declaration: Declaration) -> Revision | None:
    """The same project's form of the year before, as it was approved, else as it stands."""
    earlier = earlier_declaration(declaration)
    if earlier is None:
        return None
    return earlier.revisions.get(number=earlier.approved_revision or earlier.revision_count)


def promises_beside(
    form: Form, past: Form | None, reached: Mapping[str, str] | None = None
) -> list[Beside]:
    """The indicators of this year in their order, then those that were dropped.

    *reached* has by bare name what last year came to.
    """
    known = reached or {}
    norms = {name: norm for name, norm in norms_for(form).items() if norm.count >= _FEWEST_USES}
    before = (
        {bare_name(row.level3): row for row in past.indicators if row.level3} if past else {}
    )
    rows = []
    for row in form.indicators:
        name = bare_name(row.level3) if row.level3 else ""
        earlier = before.pop(name, None)
        rows.append(Beside(row.level3 or "—", row, earlier, norms.get(name), known.get(name)))
    dropped = (
        Beside(row.level3 or "—", None, row, None, known.get(name))
        for name, row in before.items()
    )
    return [*rows, *dropped]


def money_over_the_years(declaration: Declaration) -> Iterator[YearOfMoney]:
    """The project in every year on record, oldest first."""
    found = _same_project(declaration).order_by(F("year").asc(nulls_first=True))
    before: Decimal | None = None
    for item in found:
        change = None
        if before and item.annual_total is not None:
            change = (item.annual_total - before) / before
        yield YearOfMoney(item, item.annual_total, change)
        before = item.annual_total
