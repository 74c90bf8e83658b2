"""The log of a declaration, as its page tells it, without who acted."""

from __future__ import annotations

from typing import Any

from kaoji.platform.events.event_log import history_of, story_of
from kaoji.subjects.declarations.models import Declaration


def _events(row: Declaration) -> list[dict[str, Any]]:
    return [
        {
            "sequence": event.sequence,
            "at": event.at,
            "type": event.type,
            "told": str(story_of(event)),
            "hash": event.hash,
        }
        for event in history_of(row)
    ]


EXPANDED = {"events": _events}
