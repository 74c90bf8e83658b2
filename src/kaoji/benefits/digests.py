"""One digest over many rows: an event tells it in their place, and whoever has the rows makes it again.

Each row is hashed, the hashes are put in order and hashed together: the order in which rows came does not
count, a row more, fewer or other does. Who may not see a row can still be given its hash.

>>> whole = digest_of([("fact", "birth"), ("person", "sealed")])
>>> whole == digest_of_hashes([row_digest(("person", "sealed")), row_digest(("fact", "birth"))])
True
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any


def digest_of(rows: Iterable[tuple[Any, ...]]) -> str:
    """SHA-256 over the hashes of the rows, in the order of the hashes."""
    return digest_of_hashes(map(row_digest, rows))


def digest_of_hashes(hashes: Iterable[bytes]) -> str:
    """The same, where only the hashes of the rows are known."""
    return sha256(b"".join(sorted(hashes))).hexdigest()


def row_digest(row: tuple[Any, ...]) -> bytes:
    """SHA-256 of one row."""
    return sha256("\t".join(map(str, row)).encode()).digest()


def hashed_words(text: str) -> str:
    """Words as a digest covers them: they may name a person, and whoever has their hash can make it again."""
    return sha256(text.encode()).hexdigest() if text else ""
