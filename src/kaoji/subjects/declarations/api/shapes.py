"""Declarations as JSON. Amounts are decimal strings in yuan."""

from __future__ import annotations

from datetime import date
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
