"""Which indicator taxonomy held where and when."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from kaoji.core.taxonomy import Level2, Taxonomy
from kaoji.standards.files import names_in, read_yaml
from kaoji.standards.validity import Validity, in_force


class NoTaxonomy(LookupError):
    """No taxonomy is on record for that day and region."""


def taxonomy_in_force(*, on: date, region: str | None) -> Taxonomy:
    """The taxonomy that held on a day in a region. Raises NoTaxonomy before the first one."""
    found = in_force(_dated(), on=on, region=region)
    if found is None:
        raise NoTaxonomy(f"{on:%Y}年（{region or '全国'}）没有收录指标分类")
    return found


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
