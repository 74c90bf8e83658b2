"""Declarations as JSON. Amounts are decimal strings in yuan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema


class DeclarationLine(Schema):
    """A declaration as lists show it."""

    id: int
    year: int | None
    project_name: str
    unit: str
    state: str
    annual_total: str | None
    approved_revision: int | None
    publication: Literal["public", "withdrawn"] | None = Field(
        description="null for what never was public; from `public_from` on everybody sees `public_revision`"
    )
    public_from: date | None
    public_revision: int | None


class Declarations(Schema):
    """Some declarations, by number; *next* is what `after` says to go on, null at the end."""

    items: list[DeclarationLine]
    next: int | None


class RecheckOut(Schema):
    """A self-evaluation looked at again; *level* says by whom."""

    level: str
    made_at: datetime
    total_before: str
    total: str
    grade: str


class ScoreOut(Schema):
    """A self-evaluation as it was filed; its last re-check counts, where there is one."""

    number: int
    revision: int
    filed_at: datetime
    total: str
    grade: str
    sha256: str
    rechecks: list[RecheckOut]


class EventOut(Schema):
    """An entry of the log; *told* is its sentence, in Chinese."""

    sequence: int
    at: datetime
    type: str
    told: str
    hash: str


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
    results: dict[str, Any] | None = Field(
        None,
        description="with `expand=results`: as showResults tells it of today; null before an approval",
    )
    scores: list[ScoreOut] = Field(
        default_factory=list, description="with `expand=scores`: the latest first"
    )
    events: list[EventOut] = Field(
        default_factory=list, description="with `expand=events`: the latest first"
    )


class IndicatorOut(Schema):
    """One indicator of the latest form; *indicator* counts from 1, those of the year first."""

    declaration: int
    revision: int
    year: int | None
    project_name: str
    unit_name: str = Field(description="whose form it is; `unit` is that of the target")
    state: str
    indicator: int
    scope: Literal["year", "project"]
    level1: str | None
    level2: str | None
    level3: str | None
    target: str | None = Field(description="as it was written")
    comparison: Literal[">=", "<=", "=", ">", "<", "range"] | None
    value: str | None
    value_high: str | None
    unit: str | None
    kind: Literal["quantitative", "qualitative"] | None
    weight: str | None


class Indicators(Schema):
    """The indicators of some declarations; *next* is what `after` says to go on, null at the end."""

    items: list[IndicatorOut]
    next: int | None
