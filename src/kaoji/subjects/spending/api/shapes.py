"""Spending as JSON. Amounts are decimal strings in yuan, months `2023-04`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from kaoji.platform.api.shapes import Words, Year


class SpendingIn(Schema):
    """What one project spent in one month from one source: the whole amount, not what was added."""

    project: Words = Field(description="项目名称, as approved")
    unit: Words = Field("", description="单位名称, where two have such a project")
    month: Words = Field(examples=["2023-04"])
    amount: Words = Field(
        examples=["12500.00"],
        description="decimal yuan: at most two decimals, no sign but a minus",
    )
    source: Literal["", "fiscal", "carryover", "other"] = ""


class SpendingsIn(Schema):
    """A report of spending: all entries are taken, or none."""

    place: Words = Field(
        description="单位编码, or the whole name; its projects and those below"
    )
    year: Year
    replace: bool = Field(False, description="take amounts that differ from those on record")
    entries: list[SpendingIn]


class SpendingsTaken(Schema):
    """What came of a report. The same report again changes nothing and gives entries = 0."""

    entries: int
    total: str
    already_known: int


class SpendingOut(Schema):
    """What counts for a month and source, and when it was entered."""

    month: str
    amount: str
    source: str
    recorded_at: datetime
