"""Numbers out of addresses and forms, where anybody can write anything."""

from __future__ import annotations

_LONGEST = 9


def number_in(text: str | None) -> int | None:
    """The whole number that *text* writes, None for anything else and for absurdly long ones."""
    text = text or ""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else None
