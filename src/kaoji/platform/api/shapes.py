"""What every room writes in JSON alike: words, numbers, years, refusals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
_OUR_TIME = range(2000, 2101)


def _of_our_time(moment: datetime) -> datetime:
    """As it is. Raises PydanticCustomError."""
    if moment.year not in _OUR_TIME:
        raise PydanticCustomError("beyond_our_time", "between the years 2000 and 2100")
    return moment


Words = Annotated[str, Field(max_length=500, pattern=_CONTROLS)]
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]
# With its zone: a system elsewhere has another clock. At the ends of the calendar another zone is beyond it.
Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
Year = Annotated[int, Field(ge=_OUR_TIME[0], le=_OUR_TIME[-1])]


class Faults(Schema):
    """Why a request was refused; nothing was changed."""

    faults: list[str]


def lines_of(told: str) -> dict[str, Any]:
    """What OpenAPI says of an answer in JSON Lines, which is no single JSON value."""
    schema = {"type": "string", "description": told}
    answer = {"description": "OK", "content": {"application/jsonl": {"schema": schema}}}
    return {"responses": {200: answer}}
