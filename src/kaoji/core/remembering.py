"""Remember what was reckoned of names, which come again; of long texts nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

_MOST, _LONGEST = 8_192, 200

Text = TypeVar("Text", str, str | None)
Answer = TypeVar("Answer")


_UNKNOWN: Any = object()


def kept_for_names(
    reckon: Callable[[Text], Answer], *, most: int = _MOST, longest: int = _LONGEST
) -> Callable[[Text], Answer]:
    """A function of one text that remembers its answers for texts no longer than a name.

    Five hundred long goals kept would be two hundred megabytes. When there are too many, all are
    forgotten: in a document that has more, what is asked for last comes again first.
    """
    remembered: dict[Text, Answer] = {}

    @wraps(reckon)
    def answer(text: Text) -> Answer:
        known = remembered.get(text, _UNKNOWN)
        if known is not _UNKNOWN:
            return known  # type: ignore[no-any-return]
        found = reckon(text)
        if text is None or len(text) <= longest:
            if len(remembered) >= most:
                remembered.clear()
            remembered[text] = found
        return found

    return answer
