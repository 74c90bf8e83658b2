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
    entries = {data["id"]: data for data in map(read_yaml, names_in("taxonomies"))}
    return tuple(
        (Validity.from_data(data), _taxonomy(data, entries)) for data in entries.values()
    )


def _taxonomy(data: dict[str, Any], entries: dict[str, dict[str, Any]]) -> Taxonomy:
    body = entries[data["same_as"]] if "same_as" in data else data
    level2 = tuple(
        Level2(item["name"], level1, tuple(item.get("synonyms", ())))
        for level1, items in body["level2"].items()
        for item in items
    )
    level1 = {name: tuple(synonyms or ()) for name, synonyms in body["level1"].items()}
    return Taxonomy(data["id"], level1, level2)
