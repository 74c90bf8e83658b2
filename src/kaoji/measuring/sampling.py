"""A sample that anybody can draw again: each number is ordered by the SHA-256 of seed and number.

>>> draw("2023", range(1, 101), 3)
[5, 76, 84]
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def draw(seed: str, pool: Iterable[int], size: int) -> list[int]:
    """The *size* members of the pool whose hash `SHA-256("seed:number")` is smallest, in order."""
    ordered = sorted(pool, key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())
    return sorted(ordered[:size])
