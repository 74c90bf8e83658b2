"""When and where a standard holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar


@dataclass(frozen=True)
class Validity:
    """A span of days (both included) and a region; None leaves the side open."""

    since: date | None = None
    until: date | None = None
    region: str | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Validity:
        """Read the keys since, until and region of a YAML entry."""
        return cls(data.get("since"), data.get("until"), data.get("region"))

    def holds(self, *, on: date, region: str | None) -> bool:
        """Does it hold on that day, in that region?"""
        begun = self.since is None or self.since <= on
        lasting = self.until is None or on <= self.until
        return begun and lasting and self.region in {None, region}

    @property
    def precedence(self) -> tuple[bool, date]:
        """A regional standard outranks a national one, a newer one an older one."""
        return (self.region is not None, self.since or date.min)


Item = TypeVar("Item")


def in_force(
    items: Iterable[tuple[Validity, Item]], *, on: date, region: str | None
) -> Item | None:
    """The item in force: the most local, then the newest; None when there is none."""
    holding = [
        (validity.precedence, place, item)
        for place, (validity, item) in enumerate(items)
        if validity.holds(on=on, region=region)
    ]
    return max(holding, key=lambda entry: entry[:2])[2] if holding else None
