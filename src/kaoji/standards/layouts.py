"""Form layouts: captions with their spellings, where the value stands, the printed sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from kaoji.core.width import narrow, squeeze
from kaoji.standards.files import names_in, read_yaml
from kaoji.standards.validity import Validity


@dataclass(frozen=True)
class Caption:
    """A printed caption: the fields it may stand for, from left to right, and what they hold."""

    fields: tuple[str, ...]
    holds: str


@dataclass(frozen=True)
class Layout:
    """One form layout, as described in `forms/`."""

    id: str
    title: str
    money_unit: str
    validity: Validity
    data: dict[str, Any]

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def captions(self) -> dict[str, Caption]:
        """Captions by their bare spelling."""
        return {
            bare(spelling): Caption(tuple(entry["fields"]), entry["holds"])
            for entry in self.data["captions"]
            for spelling in entry["spellings"]
        }

    @cached_property
    def goals(self) -> dict[str, str]:
        """Goal fields by the bare spelling of their caption."""
        return _by_spelling(self.data["goals"])

    @cached_property
    def indicator_columns(self) -> dict[str, str]:
        """Indicator columns by the bare spelling of their heading."""
        return _by_spelling(self.data["indicator_columns"])

    @cached_property
    def side_labels(self) -> frozenset[str]:
        """Bare labels that run down the side of the table."""
        return frozenset(map(bare, self.data["side_labels"]))

    @cached_property
    def footers(self) -> tuple[str, ...]:
        """Bare words that begin a line below the table."""
        return tuple(narrow(squeeze(word)) for word in self.data["footers"])

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Bare titles under which the form is printed."""
        return tuple(map(bare, self.data["titles"]))

    @property
    def sheet(self) -> dict[str, Any]:
        """The printed sheet: rows, spans and widths."""
        sheet: dict[str, Any] = self.data["sheet"]
        return sheet


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A caption as it is compared: narrow, without white space and closing colon."""
    return squeeze(narrow(text)).rstrip(":")


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout on record, oldest first."""
    found = (
        Layout(data["id"], data["title"], data["money_unit"], Validity.from_data(data), data)
        for data in map(read_yaml, names_in("forms"))
    )
    return tuple(sorted(found, key=lambda layout: str(layout.validity.since)))


def layout_named(layout_id: str | None) -> Layout:
    """The layout with that id; the oldest one for None and for an id that nobody gave."""
    return {layout.id: layout for layout in layouts()}.get(layout_id or "", layouts()[0])


def _by_spelling(entries: dict[str, list[str]]) -> dict[str, str]:
    return {
        bare(spelling): name for name, spellings in entries.items() for spelling in spellings
    }
