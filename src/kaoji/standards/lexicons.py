"""Word lists, each with its source in the YAML."""

from __future__ import annotations

from typing import Any, cast

from kaoji.standards.files import read_yaml


def class_signs() -> dict[str, dict[str, list[str]]]:
    """Words that speak for a level-2 class, by class and by where they stand."""
    return cast("dict[str, dict[str, list[str]]]", read_yaml("lexicons/class_signs.yaml"))


def polarity_words() -> dict[str, list[str]]:
    """Words that tell whether less or more is better."""
    return cast("dict[str, list[str]]", read_yaml("lexicons/polarity.yaml"))


def cost_bound_words() -> list[str]:
    """Words in a project's name that oblige it to set a cost indicator."""
    data: Any = read_yaml("lexicons/project_kinds.yaml")
    return cast("list[str]", data["cost_required"]["words"])
