"""The grammar of captions, class labels and cell shapes that forms all over the country share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from kaoji.standards.files import read_yaml

Family = Literal["head", "budget", "columns"]


@dataclass(frozen=True)
class Captions:
    """The captions of a family as one pattern; the first field whose pattern fits is meant."""

    pattern: re.Pattern[str]
    fields: tuple[str, ...]

    def field_of(self, plain: str) -> str | None:
        """The field whose caption the whole of a plain text is."""
        found = self.pattern.fullmatch(plain)
        return self.fields[int(found.lastgroup[1:])] if found and found.lastgroup else None


@cache
def captions_of(family: Family) -> Captions:
    """The captions of a family, in order of trial."""
    found = {name: "|".join(given) for name, given in _grammar()[family].items()}
    if family == "budget":
        columns = _grammar()["columns"]
        found |= {name: "|".join(columns[name]) for name in ("weight", "score", "reason")}
    groups = (f"(?P<f{number}>{given})" for number, given in enumerate(found.values()))
    return Captions(re.compile("|".join(groups)), tuple(found))


def spellings(name: str) -> str:
    """The pattern of one caption, of whichever family."""
    families = (_grammar()[family] for family in ("head", "budget", "columns"))
    return "|".join(next(family[name] for family in families if name in family))


def inside() -> tuple[list[str], list[str]]:
    """Captions that are looked for in running text too, and patterns that only stand there."""
    return _grammar()["inside"], _grammar()["inside_only"]


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One of the single patterns: side, others, footers, titles, quality, name_ends, bodies …"""
    return re.compile(_grammar()[name])


def words(name: str) -> Any:
    """One of the word lists: signs, polarity, folded, torn, level1, open_level1."""
    return _grammar()[name]


@cache
def level2_labels() -> Mapping[str, tuple[str, str]]:
    """Spellings of level-2 labels without 指标: the official label and its level 1."""
    return {
        spelling: (label, level1)
        for level1, labels in _grammar()["level2"].items()
        for label, given in labels.items()
        for spelling in given
    }


@cache
def _grammar() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml("grammar.yaml")
    return data
