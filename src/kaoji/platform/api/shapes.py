"""What every room writes in JSON alike: words, numbers, years, refusals."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AwareDatetime

_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
Words = Annotated[str, Field(max_length=500, pattern=_CONTROLS)]
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]
# With its zone: a system elsewhere has another clock.
Moment = AwareDatetime
Year = Annotated[int, Field(ge=2000, le=2100)]


class Faults(Schema):
    """Why a request was refused; nothing was changed."""

    faults: list[str]


def lines_of(told: str) -> dict[str, Any]:
    """What OpenAPI says of an answer in JSON Lines, which is no single JSON value."""
    schema = {"type": "string", "description": told}
    answer = {"description": "OK", "content": {"application/jsonl": {"schema": schema}}}
    return {"responses": {200: answer}}
