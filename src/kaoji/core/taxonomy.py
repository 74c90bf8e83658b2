"""The indicator taxonomy: which level-2 classes stand under which level-1 class.

Taxonomies differ by year and region (成本 was a level 2 of 产出, then a level 1), so the
value is defined here and its dated instances live in `standards/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kaoji.core.width import squeeze


@dataclass(frozen=True)
class Level2:
    """A second-level class and the other spellings under which forms print it."""

    name: str
    level1: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taxonomy:
    """The classes in the order in which forms print them."""

    id: str
    level1: dict[str, tuple[str, ...]]
    level2: tuple[Level2, ...]

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def _level1_spellings(self) -> dict[str, str]:
        return {
            squeeze(spelling): name
            for name, synonyms in self.level1.items()
            for spelling in (name, *synonyms)
        }

    @cached_property
    def _level2_spellings(self) -> dict[str, Level2]:
        return {
            squeeze(spelling): item
            for item in self.level2
            for spelling in (item.name, *item.synonyms)
        }

    def find_level1(self, label: str) -> str | None:
        """Official name of a printed level-1 label, None when it is not one."""
        return self._level1_spellings.get(squeeze(label))

    def find_level2(self, label: str) -> Level2 | None:
        """The level-2 class of a printed label, None when it is not one."""
        return self._level2_spellings.get(squeeze(label))

    def is_official(self, label: str) -> bool:
        """Is *label* an official name in full, not an abbreviation?"""
        bare = squeeze(label)
        return bare in self.level1 or any(bare == item.name for item in self.level2)

    def below(self, level1: str) -> tuple[Level2, ...]:
        """The level-2 classes of a level-1 class."""
        return tuple(item for item in self.level2 if item.level1 == level1)
