"""What of a declaration is told along with it when asked: rooms above bring what they know of it.

A room says it in `api/expanded.py` (EXPANDED): by the name of the key a function of the declaration and who asks, which gives JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from django.contrib.auth.models import User
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticKnownError

from kaoji.platform.rooms import brought
from kaoji.subjects.declarations.models import Declaration

Part = Literal["results", "scores", "events"]
PARTS: tuple[str, ...] = get_args(Part)
_ANY = "|".join(PARTS)


def _known(text: str) -> str:
    """As it is, where each word between commas is a part. Raises PydanticKnownError."""
    if text and not set(text.split(",")) <= set(PARTS):
        expected = ", ".join(f"'{part}'" for part in PARTS)
        raise PydanticKnownError("literal_error", {"expected": expected})
    return text


Expand = Annotated[
    str,
    AfterValidator(_known),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^(({_ANY})(,({_ANY}))*)?$",
            "description": "parts that are told along, separated by commas",
        }
    ),
]


@dataclass(frozen=True)
class Reader:
    """Who asks; of the log the entries *before* that number."""

    person: User
    before: int | None = None


def expanded(row: Declaration, expand: str, reader: Reader) -> dict[str, Any]:
    """By the name of each part that is asked for what is known of it."""
    known = brought("api.expanded", "EXPANDED")
    return {part: known[part](row, reader) for part in PARTS if part in expand.split(",")}
