"""What to suggest while somebody types: names that begin or sound alike, the measurable first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kaoji.library.naming import key_of, pairs_of_name

_MOST = 10
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Candidate:
    """An entry of the library as the ranking sees it."""

    id: int
    name: str
    level2: str
    unit: str
    uses: int
    measurable_uses: int

    @property
    def is_measurable(self) -> bool:
        """Do most of its uses have a number or a date?"""
        return Decimal(self.measurable_uses) >= _HALF * self.uses and self.uses > 0


def ranked(
    typed: str, candidates: Iterable[Candidate], *, level2: str | None = None
) -> list[Candidate]:
    """The ten best: measurable before vague, of the class before others, nearer before farther."""
    wanted = pairs_of_name(typed)
    key = key_of(typed)

    def order(item: Candidate) -> tuple[bool, bool, float, int, str]:
        pairs = pairs_of_name(item.name)
        near = len(pairs & wanted) / max(len(wanted), 1)
        begins = key_of(item.name).startswith(key)
        return (
            not item.is_measurable,
            level2 is not None and item.level2 != level2,
            -(near + begins),
            -item.uses,
            item.name,
        )

    return sorted(candidates, key=order)[:_MOST]


def better_than(name: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Measurable alternatives for a vague indicator: other entries close to it."""
    key = key_of(name)
    return [
        item
        for item in ranked(name, candidates)
        if item.is_measurable and key_of(item.name) != key
    ]
