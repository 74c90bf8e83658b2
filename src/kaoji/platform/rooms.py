"""What the rooms bring to something that serves all of them, found because each room is an installed app."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


class ClaimedTwice(ValueError):
    """Two rooms use one name for what they bring."""


def brought(file: str, table: str) -> dict[str, Any]:
    """The entries of *table* in every room that has this file (`events`, `pages.desks`), in the order of the apps.

    Raises ClaimedTwice.
    """
    found: dict[str, Any] = {}
    for room, entries in tables(file, table):
        for name, value in entries.items():
            if name in found:
                raise ClaimedTwice(f"{room}: {name}")
            found[name] = value
    return found


def tables(file: str, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """By room the table that its file brings."""
    for config in apps.get_app_configs():
        name = f"{config.name}.{file}"
        if config.name.startswith("kaoji.") and _is_there(config.name, file):
            yield config.name, getattr(import_module(name), table, {})


def _is_there(room: str, file: str) -> bool:
    package, _, _ = file.rpartition(".")
    if package and find_spec(f"{room}.{package}") is None:
        return False
    return find_spec(f"{room}.{file}") is not None
