"""What can be told to other systems: each room that has something says so in its `events.py`."""

from __future__ import annotations

from functools import cache

from kaoji.platform.rooms import brought


@cache
def offered() -> dict[str, str]:
    """Every choice and its name, in the order of the rooms."""
    return brought("events", "OUTWARD")
