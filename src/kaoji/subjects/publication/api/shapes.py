"""What is public as JSON: the rows of the data package. Amounts and numbers are decimal strings, money in yuan."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Field, Schema

Scope = Literal["year", "project"]


class PublicDeclaration(Schema):
    """A published promise, as it was approved."""

    id: int
    year: int | None
    project_name: str
    project_category: str | None
    project_nature: str | None
    department: str | None
    implementing_unit: str | None
    start_date: date | None
    end_date: date | None
    overall_goal: str | None
    annual_goal: str | None
    revision: int
    public_from: date


class PublicFunds(Schema):
    """One amount that the form names; *scope* says whether of the year or of the whole project."""

    declaration: int
    scope: Scope
    source: Literal["total", "fiscal", "carryover", "other"]
    amount: str


class PublicIndicator(Schema):
    """One indicator; *indicator* counts from 1 in the public version, those of the year first."""

    declaration: int
    indicator: int
    scope: Scope
    level1: str | None
    level2: str | None
    level3: str | None
    target: str | None
    comparison: Literal[">=", "<=", "=", ">", "<", "range"] | None
    value: str | None
    value_high: str | None
    unit: str | None
    kind: Literal["quantitative", "qualitative"] | None
    weight: str | None


class PublicResult(Schema):
    """What became of one indicator; *met* is null where nobody can say."""

    declaration: int
    indicator: int
    actual: str | None
    met: bool | None
    evidence: str | None
    reason: str | None


class PublicSpending(Schema):
    """What was spent in one month."""

    declaration: int
    month: str
    amount: str


class PublicGrade(Schema):
    """What finance made of the results."""

    declaration: int
    reviewed_on: date
    budget: str | None
    executed: str
    indicators: int
    met: int
    score: str
    grade: str


class PublicLine(PublicDeclaration):
    """A published promise as lists show it; *grade* is null until finance has looked at its results."""

    grade: PublicGrade | None


class PublicDeclarations(Schema):
    """Some published promises, by number; *next* is what `after` says to go on, null at the end."""

    items: list[PublicLine]
    next: int | None


class PublicDeclarationOut(PublicLine):
    """One published promise with its money and its indicators."""

    funds: list[PublicFunds]
    indicators: list[PublicIndicator]


class PublicResults(Schema):
    """The results of a promise as finance looked at them."""

    grade: PublicGrade
    indicators: list[PublicResult] = Field(description="each indicator of the year")
    spending: list[PublicSpending] = Field(
        description="each month of which spending was reported"
    )
