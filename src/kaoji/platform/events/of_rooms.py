"""What each room brings to the log: stories of its events, tables that events vouch for, and its reactions.

A room says them in a file `events.py` of its own (STORIES, AUDITED, REACTIONS), which is found because the
room is an installed app. A reaction keeps what a room derives from the rows of others up to date, in the
same transaction, in the order of the apps: those who change something need not know who adds it up.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from kaoji.platform.events.happened import Reaction
from kaoji.platform.events.told import Told
from kaoji.platform.rooms import brought, tables

_FILE = "events"


@cache
def stories() -> dict[str, str]:
    """Every type of event and the sentence that tells its story; `payload` fills the braces."""
    return brought(_FILE, "STORIES")


@cache
def stories_by_room() -> dict[str, dict[str, str]]:
    """The same by room: its label, then type and story."""
    found = tables(_FILE, "STORIES")
    return {room.rpartition(".")[2]: dict(told) for room, told in found if told}


@cache
def rights_asked() -> dict[str, str]:
    """By type of event the right without which nobody is told of it in the log, where its room names one."""
    return brought(_FILE, "ASKS_FOR")


@cache
def audited() -> dict[str, Told]:
    """Every table whose rows events vouch for, by the name that exports have for it."""
    return brought(_FILE, "AUDITED")


@cache
def names_of_tables() -> dict[type[Any], str]:
    """The name that exports have for a table."""
    return {told.model: name for name, told in audited().items()}


@cache
def reactions() -> dict[str, tuple[Reaction, ...]]:
    """By type of event what the rooms do when it is recorded."""
    found: dict[str, tuple[Reaction, ...]] = {}
    for _, entries in tables(_FILE, "REACTIONS"):
        for event_type, reaction in entries.items():
            found[event_type] = (*found.get(event_type, ()), reaction)
    return found
