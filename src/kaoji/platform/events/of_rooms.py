"""What each room brings to the log: stories of its events, tables that events vouch for, and its reactions.

A room says them in a file `events.py` of its own (STORIES, AUDITED, REACTIONS), which is found because the
room is an installed app. A reaction keeps what a room derives from the rows of others up to date, in the
same transaction, in the order of the apps: those who change something need not know who adds it up.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from kaoji.platform.events.happened import Reaction
from kaoji.platform.events.told import Told


class ClaimedTwice(ValueError):
    """Two rooms use one name for a type of event, or for a table."""


@cache
def stories() -> dict[str, str]:
    """Every type of event and the sentence that tells its story; `payload` fills the braces."""
    return _gathered("STORIES")


@cache
def audited() -> dict[str, Told]:
    """Every table whose rows events vouch for, by the name that exports have for it."""
    return _gathered("AUDITED")


@cache
def names_of_tables() -> dict[type[Any], str]:
    """The name that exports have for a table."""
    return {told.model: name for name, told in audited().items()}


@cache
def reactions() -> dict[str, tuple[Reaction, ...]]:
    """By type of event what the rooms do when it is recorded."""
    found: dict[str, tuple[Reaction, ...]] = {}
    for module in _rooms():
        for event_type, reaction in getattr(module, "REACTIONS", {}).items():
            found[event_type] = (*found.get(event_type, ()), reaction)
    return found


def _gathered(what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in _rooms():
        for name, value in getattr(module, what, {}).items():
            if name in found:
                raise ClaimedTwice(f"{module.__name__}: {name}")
            found[name] = value
    return found


def _rooms() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if config.name.startswith("kaoji.") and module_has_submodule(config.module, "events"):
            yield import_module(f"{config.name}.events")
