"""Which indicator taxonomy held where and when."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.core.taxonomy import Level2, Taxonomy
from kaoji.standards.files import names_in, read_yaml
from kaoji.standards.layouts import Layout, layouts
from kaoji.standards.validity import Validity, in_force


class NoTaxonomy(LookupError):
    """No taxonomy is on record for that day and region."""

    def __init__(self, day: date) -> None:
        self.sentence: Sentence = say("没有收录 {year} 年的指标分类", year=day.year)
        super().__init__(str(self.sentence))


def taxonomy_in_force(*, on: date, region: str | None) -> Taxonomy:
    """The taxonomy that held on a day in a region. Raises NoTaxonomy before the first one."""
    found = in_force(_dated(), on=on, region=region)
    if found is None:
        raise NoTaxonomy(on)
    return found


def taxonomy_for(year: int | None, layout: Layout) -> Taxonomy:
    """The taxonomy of a form: of its year's end, else of its layout's beginning.

    A form older than every taxonomy on record is given the first one.
    """
    if "taxonomy" in layout.data:
        return _named()[layout.data["taxonomy"]]
    day = date(year, 12, 31) if year else layout.validity.since or date.max
    try:
        return taxonomy_in_force(on=day, region=layout.validity.region)
    except NoTaxonomy:
        return min(_dated(), key=lambda entry: entry[0].since or date.min)[1]


def is_on_record(year: int) -> bool:
    """Is any taxonomy on record for that year, somewhere?"""
    return any((validity.since or date.min).year <= year for validity, _ in _dated())


def known_regions() -> frozenset[str]:
    """The regions that have a standard of their own."""
    regions = {validity.region for validity, _ in _dated()}
    regions |= {layout.validity.region for layout in layouts()}
    return frozenset(region for region in regions if region)


@cache
def _dated() -> tuple[tuple[Validity, Taxonomy], ...]:
    """The taxonomies of projects; those that a layout names for itself hold nowhere else."""
    return tuple(
        (Validity.from_data(data), _taxonomy(data))
        for data in _entries().values()
        if "for" not in data
    )


@cache
def _named() -> dict[str, Taxonomy]:
    return {name: _taxonomy(data) for name, data in _entries().items()}


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return {data["id"]: data for data in map(read_yaml, names_in("taxonomies"))}


def _taxonomy(data: dict[str, Any]) -> Taxonomy:
    body = _entries()[data["same_as"]] if "same_as" in data else data
    level2 = tuple(
        Level2(item["name"], level1, tuple(item.get("synonyms", ())))
        for level1, items in body["level2"].items()
        for item in items
    )
    level1 = {name: tuple(synonyms or ()) for name, synonyms in body["level1"].items()}
    return Taxonomy(data["id"], level1, level2, open=data.get("open", False))
