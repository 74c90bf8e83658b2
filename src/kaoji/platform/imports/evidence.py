"""What a kind of evidence brings: its table, how a row of it is told, which files stand behind it.

A room of evidence says so in its `evidence.py` (EVIDENCE, by the name that ways of measuring and exports have for
the table). Whoever measures finds it there and need not know the room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from kaoji.measuring.answer import Row
from kaoji.platform.rooms import brought


@dataclass(frozen=True)
class Evidence:
    """A table whose rows prove something of a declaration.

    *told* gives what a row is called and its figures; *of* leads from a row to its declaration. With *shows_files*
    whoever sees the declaration may open the files that rows, or the batches they came in, name.
    """

    model: type[models.Model]
    told: Callable[[Row], tuple[str, str]]
    of: str = "declaration"
    shows_files: bool = True

    def rows(self, declaration: models.Model) -> models.QuerySet[Any]:
        """The rows of a declaration, without the content of their files."""
        found = self.all().filter(**{self.of: declaration})
        if self.has("document"):
            found = found.select_related("document").defer("document__content")
        return found

    def all(self) -> models.QuerySet[Any]:
        """Every row."""
        return self.model._default_manager.all()

    def has(self, name: str) -> bool:
        """Has the table such a column?"""
        return any(field.name == name for field in self.model._meta.concrete_fields)


@cache
def evidence() -> dict[str, Evidence]:
    """Every kind of evidence by the name of its table."""
    return brought("evidence", "EVIDENCE")
