r"""The forms of one unit and year, indexed once: what five thousand forms cost is linear.

>>> from kaoji.core import notation
>>> a, b = (notation.parse(f"项目: {name}\n产出指标 / 数量指标 / 培训人次: ≥ 5 人次") for name in "甲乙")
>>> [(other.project_name, row.target.text) for row, other in (Neighbours([a, b]).others_than(0).quantity_named("培训人次"),)]
[('乙', '≥ 5 人次')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import overload

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.target import Kind
from kaoji.rules.naming import bare_name

# Goals are compared with so many forms before and behind; no unit has more projects.
_NEARBY = 150


@dataclass
class _Name:
    """A bare name: by project the first two places, and the last two numbers of different forms."""

    projects: dict[str, list[int]] = field(default_factory=dict)
    last: tuple[int, Indicator] | None = None
    last_elsewhere: tuple[int, Indicator] | None = None

    def note(self, place: int, row: Indicator, project: str) -> None:
        """One more row of that name."""
        places = self.projects.setdefault(project, [])
        if len(places) < 2 and place not in places:
            places.append(place)
        if row.target.kind is Kind.QUANTITATIVE:
            if self.last and self.last[0] != place:
                self.last_elsewhere = self.last
            self.last = (place, row)


class Neighbours:
    """All forms of a unit and year, in the order in which they were read, indexed by their names."""

    def __init__(self, forms: Sequence[Declaration]) -> None:
        self.forms = tuple(forms)
        self.total = _sum(self.forms)
        self._named: dict[str, _Name] | None = None

    def others_than(self, place: int) -> Siblings:
        """The siblings of the form at *place*."""
        return Siblings(self, place)

    def named(self, name: str) -> _Name | None:
        """What is known of that bare name."""
        if self._named is None:
            self._named = {}
            for place, form in enumerate(self.forms):
                for row in form.indicators:
                    known = self._named.setdefault(bare_name(row.level3), _Name())
                    known.note(place, row, form.project_name or "—")
        return self._named.get(name)


class Siblings(Sequence[Declaration]):
    """The neighbours of one form; with no *place* of its own all of them."""

    def __init__(self, neighbours: Neighbours, place: int | None) -> None:
        self._all, self._place = neighbours, place

    @classmethod
    def of(cls, forms: Sequence[Declaration]) -> Siblings:
        """Any forms as siblings of one that is not among them."""
        return forms if isinstance(forms, Siblings) else cls(Neighbours(forms), None)

    def __len__(self) -> int:
        return len(self._all.forms) - (self._place is not None)

    @overload
    def __getitem__(self, place: int) -> Declaration: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Declaration]: ...

    def __getitem__(self, place: int | slice) -> Declaration | Sequence[Declaration]:
        return tuple(self)[place]

    def __iter__(self) -> Iterator[Declaration]:
        return (form for at, form in enumerate(self._all.forms) if at != self._place)

    def nearby(self) -> Iterator[Declaration]:
        """Those that were read not far from the form itself."""
        middle = self._place or 0
        begin = max(0, middle - _NEARBY)
        for at in range(begin, min(len(self._all.forms), begin + 2 * _NEARBY + 1)):
            if at != self._place:
                yield self._all.forms[at]

    def projects_named(self, name: str, most: int) -> list[str]:
        """The first few other projects that have an indicator of that bare name."""
        known = self._all.named(name)
        if known is None:
            return []
        first = [
            (others[0], project)
            for project, places in islice(known.projects.items(), most + 1)
            if (others := [place for place in places if place != self._place])
        ]
        return [project for _, project in sorted(first)[:most]]

    def quantity_named(self, name: str) -> tuple[Indicator, Declaration] | None:
        """The last row of that bare name with a number as its target, and its form."""
        known = self._all.named(name)
        if known is None:
            return None
        own = known.last is not None and known.last[0] == self._place
        found = known.last_elsewhere if own else known.last
        return (found[1], self._all.forms[found[0]]) if found else None

    def total_with(self, form: Declaration) -> tuple[Money, int]:
        """The year's money of the form and its siblings, and how many they are."""
        own = self._all.forms[self._place] if self._place is not None else None
        others = self._all.total - _sum((own,) if own else ())
        return others + _sum((form,)), len(self) + 1


def _sum(forms: Sequence[Declaration]) -> Money:
    return Money(
        sum((f.funds.annual_total.yuan for f in forms if f.funds.annual_total), Decimal(0))
    )
