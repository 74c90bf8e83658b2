"""Remember what was reckoned of names, which come again; of long texts nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

_MOST, _LONGEST = 8_192, 200

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def kept_for_names(reckon: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """A function of one text that remembers its answers for texts no longer than a name.

    Five hundred goals kept would be two hundred megabytes.
    """
    remembered = lru_cache(maxsize=_MOST)(reckon)

    @wraps(reckon)
    def answer(*given: Given.args, **named: Given.kwargs) -> Answer:
        [text] = given
        if isinstance(text, str) and len(text) > _LONGEST:
            return reckon(*given, **named)
        kept: Answer = remembered(*given)  # type: ignore[arg-type]
        return kept

    return answer
