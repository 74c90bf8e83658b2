"""How a table is told in an export, and what of it is not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Told:
    """How a table is told. *unsaid* columns are derived, private or no matter of record; of *sealed*
    ones only the hash is told. *shows_files* tells whether an export brings the rows' documents along.
    """

    model: type[models.Model]
    unsaid: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    shows_files: bool = False
    only: models.Q = models.Q()  # noqa: RUF009 - an empty condition, never changed

    @property
    def has_document(self) -> bool:
        """Does a row name a file?"""
        return any(field.name == "document" for field in self.model._meta.concrete_fields)
