"""The figures that pictures show: of each place and year, exact, computed again only when something changed.

`touch` raises the version of a place's year within the transaction that changes something;
`figures_of` computes what is stale from the narrow rows (`Standing`) and keeps it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, F, Sum

from kaoji.subjects.dashboards.models import PlaceYear
from kaoji.subjects.declarations.models import Declaration, FindingRow
from kaoji.subjects.self_evaluation.models import Standing

MONTHS = 12
_BIN = 5
_NOUGHT = Decimal(0)
_REMEMBERED_FOR = 60


@dataclass
class Figures:
    """Sums over promises; money in yuan, cumulative by month in *spent*; *lights* by month and letter."""

    declared: int = 0
    projects: int = 0
    budget: Decimal = _NOUGHT
    executed: Decimal = _NOUGHT
    indicators: int = 0
    measurable: int = 0
    measured: int = 0
    met: int = 0
    categories: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    lights: list[Counter[str]] = field(
        default_factory=lambda: [Counter() for _ in range(MONTHS)]
    )
    spent: list[Decimal] = field(default_factory=lambda: [_NOUGHT] * MONTHS)
    scores: Counter[int] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        """Add another place or year."""
        for name in (
            "declared",
            "projects",
            "budget",
            "executed",
            "indicators",
            "measurable",
            "measured",
            "met",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for category, money in other.categories.items():
            self.categories[category] += money
        for mine, theirs in zip(self.lights, other.lights, strict=True):
            mine.update(theirs)
        self.spent = [one + two for one, two in zip(self.spent, other.spent, strict=True)]
        self.scores.update(other.scores)
        self.grades.update(other.grades)
        self.findings.update(other.findings)


def touch(organisation_id: int, year: int | None) -> None:
    """Say that the figures of a place's year are no longer what they were."""
    if year is None:
        return
    row, made = PlaceYear.objects.get_or_create(organisation_id=organisation_id, year=year)
    if not made:
        PlaceYear.objects.filter(pk=row.pk).update(version=F("version") + 1)


def figures_of(
    places: Iterable[int], years: Iterable[int], *, public: bool = False
) -> dict[tuple[int, int], Figures]:
    """By place and year the figures of all promises, or of the *public* ones."""
    places, years = list(places), list(years)
    rows = PlaceYear.objects.filter(organisation__in=places, year__in=years)
    known: dict[tuple[int, int], Figures] = {}
    for row in rows:
        held = row.figures if row.computed == row.version else _computed(row)
        known[row.organisation_id, row.year] = _restored(held["public" if public else "all"])
    return known


def stamp_of(places: Iterable[int]) -> tuple[int, int, int]:
    """Changes with every change of the figures of these places."""
    found = PlaceYear.objects.filter(organisation__in=list(places)).order_by()
    told = found.aggregate(count=Count("pk"), version=Sum("version"), computed=Sum("computed"))
    return told["count"], told["version"] or 0, told["computed"] or 0


def added(figures: Iterable[Figures]) -> Figures:
    """All of them in one."""
    whole = Figures()
    for item in figures:
        whole.add(item)
    return whole


def years_of(places: Iterable[int]) -> list[int]:
    """The years of which there is anything, the newest first."""
    found = PlaceYear.objects.filter(organisation__in=list(places)).order_by()
    return sorted(set(found.values_list("year", flat=True)), reverse=True)


def refresh_all() -> int:
    """A row for every place and year that has declarations, computed; gives how many there are."""
    pairs = Declaration.objects.exclude(year=None).order_by()
    known = set(PlaceYear.objects.values_list("organisation", "year"))
    missing = set(pairs.values_list("organisation", "year").distinct()) - known
    PlaceYear.objects.bulk_create(
        PlaceYear(organisation_id=place, year=year or 0) for place, year in missing
    )
    for row in PlaceYear.objects.exclude(computed=F("version")).iterator():
        _computed(row)
    return len(known) + len(missing)


def _computed(row: PlaceYear) -> dict[str, Any]:
    """Compute and keep; whoever asks meanwhile waits for it, and does not compute it again.

    While others stand in line to write, who only looks does not stand there too: what was computed
    is then remembered for this version of the row, in this process.
    """
    if getattr(connection, "somebody_waits", bool)():
        name = f"figures-of:{row.pk}:{row.version}"
        return dict(cache.get_or_set(name, lambda: sums_of(row), _REMEMBERED_FOR) or {})
    with transaction.atomic():
        held = PlaceYear.objects.select_for_update().get(pk=row.pk)
        if held.computed == held.version:
            return dict(held.figures)
        figures = sums_of(held)
        PlaceYear.objects.filter(pk=row.pk).update(computed=held.version, figures=figures)
    return figures


def sums_of(row: PlaceYear) -> dict[str, Any]:
    """The figures of a place's year, of all its promises and of the public ones, added up now."""
    everything, shown = Figures(), Figures()
    of_place = Declaration.objects.filter(organisation=row.organisation_id, year=row.year)
    everything.declared = of_place.count()
    everything.findings = Counter(_findings(of_place))
    for standing in Standing.objects.filter(organisation=row.organisation_id, year=row.year):
        _count(everything, standing)
        if standing.is_public:
            _count(shown, standing)
    shown.declared = shown.projects
    return {"all": _kept(everything), "public": _kept(shown)}


def _findings(declarations: Any) -> dict[str, int]:
    """How often each rule found something in the latest revision of each form."""
    latest = FindingRow.objects.filter(
        outcome="found",
        revision__declaration__in=declarations,
        revision__number=F("revision__declaration__revision_count"),
    )
    told = latest.order_by().values_list("rule").annotate(count=Count("id"))
    return dict(told)


def _count(figures: Figures, standing: Standing) -> None:
    figures.projects += 1
    figures.budget += standing.budget
    figures.executed += standing.executed
    figures.categories[standing.category] += standing.budget
    for name in ("indicators", "measurable", "measured", "met"):
        setattr(figures, name, getattr(figures, name) + getattr(standing, name))
    for month, letter in enumerate(standing.lights):
        figures.lights[month][letter] += 1
    figures.spent = [
        one + Decimal(two) for one, two in zip(figures.spent, standing.spent, strict=True)
    ]
    if standing.score is not None:
        figures.scores[min(int(standing.score // _BIN) * _BIN, 100 - _BIN)] += 1
        figures.grades[standing.grade] += 1


def _kept(figures: Figures) -> dict[str, Any]:
    return {
        "declared": figures.declared,
        "projects": figures.projects,
        "budget": str(figures.budget),
        "executed": str(figures.executed),
        "indicators": figures.indicators,
        "measurable": figures.measurable,
        "measured": figures.measured,
        "met": figures.met,
        "categories": {name: str(money) for name, money in figures.categories.items()},
        "lights": [dict(month) for month in figures.lights],
        "spent": [str(money) for money in figures.spent],
        "scores": {str(bin_): count for bin_, count in figures.scores.items()},
        "grades": dict(figures.grades),
        "findings": dict(figures.findings),
    }


def _restored(kept: Mapping[str, Any]) -> Figures:
    made = Figures(
        **{
            name: kept[name]
            for name in ("declared", "projects", "indicators", "measurable", "measured", "met")
        }
    )
    made.budget, made.executed = Decimal(kept["budget"]), Decimal(kept["executed"])
    made.categories.update({name: Decimal(money) for name, money in kept["categories"].items()})
    made.lights = [Counter(month) for month in kept["lights"]]
    made.spent = [Decimal(money) for money in kept["spent"]]
    made.scores = Counter({int(bin_): count for bin_, count in kept["scores"].items()})
    made.grades, made.findings = Counter(kept["grades"]), Counter(kept["findings"])
    return made
