"""What a room is told when something was recorded, so that it keeps what it derives up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Happened:
    """An event that was just recorded, in the transaction that is still open, and the rows it vouches for."""

    type: str
    at: datetime
    declaration: Any
    rows: tuple[models.Model, ...]

    def declarations(self) -> Iterator[Any]:
        """The declarations that it is about: the event's own, else those of its rows, each once."""
        if self.declaration is not None:
            yield self.declaration
            return
        found = {}
        for row in self.rows:
            if getattr(row, "declaration_id", None) is not None:
                found[row.declaration_id] = row.declaration  # type: ignore[attr-defined]
        yield from found.values()


Reaction = Callable[[Happened], None]
