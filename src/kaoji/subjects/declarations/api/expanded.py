"""The log of a declaration, as its page tells it to the key's person, without who acted."""

from __future__ import annotations

from itertools import islice
from typing import Any

from kaoji.platform.events.event_log import history_of, story_of
from kaoji.subjects.declarations.api.expand import Reader
from kaoji.subjects.declarations.models import Declaration

_MOST = 200


def _events(row: Declaration, reader: Reader) -> list[dict[str, Any]]:
    history = history_of(row, reader=reader.person, before=reader.before)
    return [
        {
            "sequence": event.sequence,
            "at": event.at,
            "type": event.type,
            "told": str(story_of(event)),
            "hash": event.hash,
        }
        for event in islice(history, _MOST)
    ]


EXPANDED = {"events": _events}
