"""What goes in and out as JSON. Amounts are decimal strings in yuan, months `2023-04`, days `2023-04-30`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
Words = Annotated[str, Field(max_length=500, pattern=_CONTROLS)]
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class Faults(Schema):
    """Why a request was refused; nothing was changed."""

    faults: list[str]


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


class DeclarationLine(Schema):
    """A declaration as lists show it."""

    id: int
    year: int | None
    project_name: str
    unit: str
    state: str
    annual_total: str | None
    approved_revision: int | None


class Declarations(Schema):
    """Some declarations, by number; *next* is what `after` says to go on, null at the end."""

    items: list[DeclarationLine]
    next: int | None


class DeclarationOut(DeclarationLine):
    """One declaration; *form* has the keys of the reading contract (kaoji read --format json)."""

    revision: int
    sha256: str = Field(
        description="of the canonical JSON of `written`: sorted keys, no spaces, UTF-8"
    )
    written: dict[str, Any] = Field(
        description="what people wrote, as it is kept and hashed; blanks are left out"
    )
    form: dict[str, Any]


class IndicatorResult(Schema):
    """What became of one indicator by the day; *earned* is null where nothing was entered, or judgement decides."""

    level1: str | None
    level2: str | None
    level3: str | None
    target: str
    actual: str | None
    as_of: date | None
    points: str | None
    earned: str | None


class ResultsOut(Schema):
    """What is known of an approved promise on a day; *total* is null while a score is undecided."""

    declaration: int
    as_of: date
    budget: str | None
    executed: str
    total: str | None
    spendings: list[SpendingOut]
    indicators: list[IndicatorResult]
