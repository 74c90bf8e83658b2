"""Remember what was reckoned of names, which come again; of long texts nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_MOST, _LONGEST = 8_192, 200

Text = TypeVar("Text", str, str | None)
Answer = TypeVar("Answer")


def kept_for_names(
    reckon: Callable[[Text], Answer], *, most: int = _MOST, longest: int = _LONGEST
) -> Callable[[Text], Answer]:
    """A function of one text that remembers its answers for texts no longer than a name.

    Five hundred long goals kept would be two hundred megabytes.
    """
    remembered = lru_cache(maxsize=most)(reckon)

    @wraps(reckon)
    def answer(text: Text) -> Answer:
        return reckon(text) if text and len(text) > longest else remembered(text)

    return answer
