"""The indicator taxonomy: which level-2 classes stand under which level-1 class.

Taxonomies differ by year and region (成本 was a level 2 of 产出, then a level 1), so the
value is defined here and its dated instances live in `standards/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kaoji.core.width import narrow, squeeze

_NUMBER_OR_POINTS = re.compile(r"^[(]?[0-9一二三四五][)、.]+|\(\d+(?:\.\d+)?分?\)$")


def _plain(label: str) -> str:
    """A printed label without its number and its points: `2.产出指标（50分）` is 产出指标."""
    bare = _NUMBER_OR_POINTS.sub("", narrow(squeeze(label)))
    return f"{bare.removesuffix('类指标')}指标" if bare.endswith("类指标") else bare


@dataclass(frozen=True)
class Level2:
    """A second-level class and the other spellings under which forms print it."""

    name: str
    level1: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taxonomy:
    """The classes in the order in which forms print them.

    An *open* one is only an example: forms may print classes of their own.
    """

    id: str
    level1: dict[str, tuple[str, ...]]
    level2: tuple[Level2, ...]
    open: bool = False

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
        return self._level1_spellings.get(_plain(label))

    def find_level2(self, label: str) -> Level2 | None:
        """The level-2 class of a printed label, None when it is not one."""
        return self._level2_spellings.get(_plain(label))

    def below(self, level1: str) -> tuple[Level2, ...]:
        """The level-2 classes of a level-1 class."""
        return tuple(item for item in self.level2 if item.level1 == level1)
