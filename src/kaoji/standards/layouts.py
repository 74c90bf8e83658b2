"""Form layouts: captions with their spellings, where the value stands, the printed sheet."""

from __future__ import annotations

import re
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
    kind: str
    title: str
    money_unit: str
    validity: Validity
    data: dict[str, Any]

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def indicator_tables(self) -> frozenset[str]:
        """The indicator tables that the form prints."""
        plans = self.sheet["indicators"]
        plans = plans if isinstance(plans, list) else [plans]
        return frozenset(
            column.get("table", plan.get("table", "indicators"))
            for plan in plans
            for group in plan["columns"]
            for column in group.get("columns", (group,))
        )

    @cached_property
    def captions(self) -> dict[str, Caption]:
        """Captions by their bare spelling; those of no field of ours are kept by their name."""
        others = {
            bare(name): Caption((f"extra.{name}",), "text") for name in _common()["others"]
        }
        return others | {
            bare(spelling): Caption(tuple(entry["fields"]), entry.get("holds", "text"))
            for entry in self.data["captions"]
            for spelling in entry["spellings"]
        }

    @cached_property
    def goals(self) -> dict[str, str]:
        """Goal fields by the bare spelling of their caption."""
        return _by_spelling(self.data["goals"])

    @property
    def goal_fields(self) -> tuple[str, ...]:
        """The goals that the layout has: of the whole project, of the year."""
        return tuple(name for name in self.data["goals"] if name.endswith("_goal"))

    @cached_property
    def asked(self) -> frozenset[str]:
        """The fields of the head that every form of this layout has a cell for, and its goals."""
        fields = {
            name
            for entry in self.data["captions"]
            if not entry.get("optional")
            for name in entry["fields"]
        }
        return frozenset({*fields, *self.goal_fields, "year"})

    @cached_property
    def tables(self) -> dict[str, str]:
        """Side labels that tell whose indicators follow: of the year or of the whole project."""
        return _by_spelling(self.data.get("tables", {}))

    @cached_property
    def budget_columns(self) -> dict[str, str]:
        """Columns of the budget table, by the bare spelling of their heading."""
        return self._budget("columns")

    @cached_property
    def budget_lines(self) -> dict[str, str]:
        """Lines of the budget table, by the bare spelling of their caption."""
        return self._budget("lines")

    def _budget(self, part: str) -> dict[str, str]:
        own: dict[str, list[str]] = self.data.get("budget", {}).get(part, {})
        shared = _by_spelling(_common()["budget"][part]) if own else {}
        return shared | _by_spelling(own)

    @cached_property
    def expected(self) -> frozenset[str]:
        """Bare captions that every form of this layout shows."""
        return frozenset(
            bare(entry["spellings"][0])
            for entry in self.data["captions"]
            if not entry.get("optional")
        )

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Bare titles under which the form is printed."""
        return tuple(map(bare, self.data["titles"]))

    @property
    def sheet(self) -> dict[str, Any]:
        """The printed sheet: rows, spans and widths."""
        sheet: dict[str, Any] = self.data["sheet"]
        return sheet


_COLUMN_LETTER = re.compile(r"\([A-Z](?:[/÷*×+-][A-Z0-9%]+)*\)$")
_MONTHS = re.compile(r"\d{1,2}[-~—至](\d{1,2})月")
_TO_MONTH = "1-N月"


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A caption as it is compared: narrow, without white space, closing colon and column letter.

    `全年执行数（B）：` is 全年执行数; the months of `1-7月执行数` are 1-N.
    """
    plain = squeeze(narrow(text)).rstrip(":")
    return _MONTHS.sub(_TO_MONTH, _COLUMN_LETTER.sub("", plain))


def last_month_in(caption: str) -> int | None:
    """The month to which a caption counts.

    >>> last_month_in("1—7月执行数"), last_month_in("累计执行数"), last_month_in("1-13月执行数")
    (7, None, None)
    """
    found = _MONTHS.search(squeeze(narrow(caption)))
    month = int(found[1]) if found else 0
    return month if 1 <= month <= 12 else None


def to_month(caption: str, month: int | None) -> str:
    """A caption of a layout as it is printed: with the month to which it counts, where that is known.

    >>> to_month("1-N月执行数", 7)
    '1-7月执行数'
    """
    return caption if month is None else caption.replace(_TO_MONTH, f"1-{month}月")


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout on record: the one taken when nothing else is known, then oldest first."""
    found = (
        Layout(
            data["id"],
            data["kind"],
            data["title"],
            data["money_unit"],
            Validity.from_data(data),
            data,
        )
        for data in map(read_yaml, names_in("forms"))
    )
    return tuple(
        sorted(found, key=lambda item: ("default" not in item.data, str(item.validity.since)))
    )


def layout_named(layout_id: str | None) -> Layout:
    """The layout with that id; the first one for None and for an id that nobody gave."""
    return {layout.id: layout for layout in layouts()}.get(layout_id or "", layouts()[0])


@cache
def _common() -> dict[str, Any]:
    """What all layouts share."""
    captions: dict[str, Any] = read_yaml("captions.yaml")
    return captions


def _by_spelling(entries: dict[str, list[str]]) -> dict[str, str]:
    return {
        bare(spelling): name for name, spellings in entries.items() for spelling in spellings
    }
