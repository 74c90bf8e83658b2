"""Word lists, each with the reason why it is there, in `lexicons/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
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


@cache
def words(lexicon: str, group: str) -> tuple[str, ...]:
    """The words of one group: `words("names", "generic")`."""
    return tuple(read_yaml(f"lexicons/{lexicon}.yaml")[group]["words"])


@cache
def units_by_ending() -> dict[str, tuple[str, ...]]:
    """In which units a measure is counted, by the end of its name."""
    return {name: tuple(units) for name, units in read_yaml("lexicons/units.yaml").items()}


@cache
def synonyms() -> tuple[tuple[str, str], ...]:
    """Spellings of names, each with the usual one."""
    groups = read_yaml("lexicons/synonyms.yaml")["groups"]
    pairs = [(word, group[0]) for group in groups for word in group[1:]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def programmes(group: str) -> tuple[tuple[str, ...], ...]:
    """Sub-projects by the spellings under which they are known."""
    return tuple(map(tuple, read_yaml("lexicons/programmes.yaml")[group]))


@dataclass(frozen=True)
class EndedPolicy:
    """A policy that ended, and the words that still speak of it."""

    words: tuple[str, ...]
    ended: date


@cache
def ended_policies() -> tuple[EndedPolicy, ...]:
    """The policies on record that have ended."""
    entries = read_yaml("lexicons/funding.yaml")["ended"]
    return tuple(EndedPolicy(tuple(entry["words"]), entry["ended"]) for entry in entries)


def first_in(text: str | None, candidates: Iterable[str]) -> str | None:
    """The first of some words that stands in a text."""
    return next((word for word in candidates if word in (text or "")), None)
