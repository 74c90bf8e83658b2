"""What was not read for certain is not judged: a finding about it is told, and left undecided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kaoji.core.finding import Finding, Outcome
from kaoji.core.provenance import Doubt
from kaoji.core.speech import say

# Doubts about what the document says, not about how it was read: rules judge such a value.
_OF_THE_DOCUMENT = frozenset(
    {
        "“{caption}”空白",
        "“{level2}”不属于“{level1}”",
        "“{text}”勾选了 {count} 项",
        "同一份表写了两个年度：{first} 和 {second}",
    }
)
_CELL = re.compile(r"(?P<row>(?:overall_)?indicators\[\d+\])(?:\.(?P<column>\w+))?$")
# A name in doubt makes everything in its row doubtful, a class both of its levels.
_SHAKES = {"level1": {"level1", "level2"}, "level2": {"level1", "level2"}}
# Days are compared with each other: one in doubt leaves open what is said of the others.
_DAYS = frozenset({"year", "start_date", "end_date", "goal_period"})


@dataclass(frozen=True)
class Doubtful:
    """The fields of a form whose reading is in doubt, and the classes rows may really belong to."""

    fields: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()

    @classmethod
    def among(cls, doubts: Iterable[Doubt]) -> Doubtful:
        """What the doubts of a reading leave open."""
        of_reading = [d for d in doubts if d.reason.template not in _OF_THE_DOCUMENT]
        fields: set[str] = set()
        rivals: set[str] = set()
        for doubt in of_reading:
            cell = _CELL.match(doubt.field)
            if doubt.field.startswith("funds."):
                fields.add("funds")
            elif cell is None or cell["column"] is None:
                fields.add(doubt.field)
            elif cell["column"] == "level3":
                fields.add(cell["row"])
            else:
                also = _SHAKES.get(cell["column"], {cell["column"]})
                fields |= {f"{cell['row']}.{column}" for column in also}
            if cell and cell["column"] in _SHAKES:
                rivals |= {str(value) for value in doubt.reason.values.values()}
        return cls(frozenset(fields), frozenset(rivals))

    def covers(self, finding: Finding) -> bool:
        """Would the finding be another if the document had been read otherwise?"""
        field = finding.field
        cell = _CELL.match(field)
        if cell:
            return field in self.fields or cell["row"] in self.fields
        if field == "indicators" and self.rivals:
            named = {str(value) for value in finding.message.values.values()}
            if named & self.rivals:
                return True
        if field in _DAYS and self.fields & _DAYS:
            return True
        return field in self.fields or (field.startswith("funds.") and "funds" in self.fields)


def left_open(finding: Finding, doubtful: Doubtful) -> Finding:
    """The finding; undecided, its words kept, where it rests on what is in doubt."""
    if finding.outcome is Outcome.UNDECIDED or not doubtful.covers(finding):
        return finding
    message = say("原文有疑问，待核对；如识别无误：{finding}", finding=finding.message)
    return replace(finding, message=message, outcome=Outcome.UNDECIDED, corrections=())
