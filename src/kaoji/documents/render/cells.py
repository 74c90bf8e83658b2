"""One cell of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from kaoji.core.declaration import INDICATOR_TABLES

_NUMBERS = frozenset({"weight", "value", "score", "total_score", "points", "rate"})


@dataclass(frozen=True)
class SheetCell:
    """One cell. *field* is the path of the value it shows, None for a caption."""

    text: str
    field: str | None = None
    colspan: int = 1
    rowspan: int = 1
    role: str = "value"  # caption | value | amount | points | label | text | side

    @property
    def is_heading(self) -> bool:
        """Does it name its neighbours?"""
        return bool(self.text) and self.role in {"caption", "side"}

    @property
    def is_number(self) -> bool:
        """Is it money, points or a figure with which somebody may want to reckon?"""
        name = (self.field or "").rpartition(".")[2]
        return self.role in {"amount", "points"} or name in _NUMBERS

    @property
    def is_side_of_indicators(self) -> bool:
        """Does it run down the side of an indicator table?"""
        return self.role == "side" and self.field in INDICATOR_TABLES
