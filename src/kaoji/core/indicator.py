"""An indicator: its place in the three-level table, its name and its target."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kaoji.core.target import Target


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the table. Blank cells are None; *weight* is in points (分值).

    *position* is the row's number within its declaration, counted from 0; the declaration
    assigns it, and two indicators that differ in nothing else are equal.
    """

    level1: str | None
    level2: str | None
    level3: str | None
    target: Target
    weight: Decimal | None = None
    position: int = field(default=-1, compare=False)

    @property
    def name(self) -> str:
        """What the row is called, for messages; never empty."""
        return self.level3 or f"第 {self.position + 1} 行"

    def at(self, column: str) -> str:
        """Path of one of this row's cells: `indicators[2].target_raw`."""
        return f"indicators[{self.position}].{column}"
