"""The chain of the log: each event names the hash of the one before it, and its own hash is that of the rest of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kaoji.core.canonical import canonical_json, digest

GENESIS = "0" * 64


def first_broken(events: Iterable[dict[str, Any]]) -> int | None:
    """The number of the first event that does not follow from those before it; None where all do."""
    previous = GENESIS
    for count, event in enumerate(events, start=1):
        bare = {name: value for name, value in event.items() if name != "hash"}
        whole = digest(canonical_json(bare)) == event["hash"]
        if event["sequence"] != count or event["previous_hash"] != previous or not whole:
            number: int = event["sequence"]
            return number
        previous = event["hash"]
    return None
