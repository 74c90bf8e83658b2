"""What it costs to go from column to column, within a row of a table and into the next one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from kaoji.documents.recognise.fit import skip_cost
from kaoji.documents.recognise.table import Columns
from kaoji.standards.costs import costs


@dataclass
class Moves:
    """Costs of going from column to column, within a row and into the next one."""

    table: Columns
    lead: list[float] = field(default_factory=list)
    trail: list[float] = field(default_factory=list)
    within: list[list[float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        fields = self.table.fields
        sums = [0.0]
        for name in fields:
            sums.append(sums[-1] + skip_cost(name))
        for column, name in enumerate(fields):
            self.lead.append(self._lead(column, sums))
            rest = sums[-1] - sums[column + 1]
            label = name in {"level1", "level2"}
            self.trail.append(min(rest, costs().label_only) if label else rest)
            self.within.append(
                [
                    self._within(column, later, sums) if later > column else math.inf
                    for later in range(len(fields))
                ]
            )

    def _lead(self, column: int, sums: Sequence[float]) -> float:
        fields = self.table.fields
        if not fields[column].startswith("project"):
            return sums[column]
        left_out = sum(name.startswith("project") for name in fields[:column])
        return sums[column] + costs().project_begins + costs().project_left_out * left_out

    def _within(self, column: int, later: int, sums: Sequence[float]) -> float:
        fields = self.table.fields
        between = fields[column + 1 : later]
        cost = sums[later] - sums[column + 1]
        if fields[column].startswith("project"):
            cost += costs().project_left_out * sum(n.startswith("project") for n in between)
        if fields[column] == "level1" and "level2" in between:
            cost += costs().level2_after_new_level1
        return cost
