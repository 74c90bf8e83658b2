"""Read the YAML beside this package, once each."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_yaml(path: str) -> Any:
    """The content of one file of `standards/`, by its path below the package."""
    text = resources.files("kaoji.standards").joinpath(path).read_text("utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one


@cache
def names_in(folder: str) -> tuple[str, ...]:
    """Paths of the YAML files in a folder of `standards/`, in order of name."""
    entries = resources.files("kaoji.standards").joinpath(folder).iterdir()
    return tuple(
        sorted(f"{folder}/{item.name}" for item in entries if item.name.endswith(".yaml"))
    )
