r"""Signs that SQLite holds and PostgreSQL does not: NUL in any text, half a surrogate pair in JSON.

SQLite keeps JSON as it was written, `"\ud83d"` without its other half included; `jsonb` refuses it, and so does
UTF-8. Such a row cannot arrive as it was, and one of the log may not be changed: it is found before anything is moved.

>>> unmovable_sign({"名称": ["甲", "乙\ud83d"]}), unmovable_sign("路\x00"), unmovable_sign("😀")
('U+D83D', 'U+0000', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models.functions import Cast, StrIndex

_SIGN = re.compile("[\x00\ud800-\udfff]")
# How Django writes them into JSON; the first half of a whole pair looks the same, so each is read again.
_IN_JSON = (r"\u0000", r"\ud")
_IN_TEXT = ("\x00",)


@dataclass(frozen=True)
class UnmovableSign:
    """Where one stands: the table, the key of its row, the column."""

    table: str
    key: Any
    column: str
    sign: str


def unmovable_signs(
    tables: Iterable[type[models.Model]], alias: str
) -> Iterator[UnmovableSign]:
    """Every value of these tables that PostgreSQL could not hold."""
    for model in tables:
        for field in model._meta.local_concrete_fields:
            for key, value in _suspicious(model, field, alias):
                sign = unmovable_sign(value)
                if sign is not None:
                    yield UnmovableSign(model._meta.db_table, key, str(field.column), sign)


def unmovable_sign(value: Any) -> str | None:
    """The first such sign of a text, or of any text within JSON, by its number; None where there is none."""
    if isinstance(value, str):
        found = _SIGN.search(value)
        return f"U+{ord(found[0]):04X}" if found else None
    if isinstance(value, dict):
        return unmovable_sign([*value, *value.values()])
    if isinstance(value, list):
        return next(filter(None, map(unmovable_sign, value)), None)
    return None


def _suspicious(
    model: type[models.Model], field: models.Field[Any, Any], alias: str
) -> Iterator[tuple[Any, Any]]:
    """Keys and values of the rows in which the column's bytes look like one; the database looks, and loads no others."""
    marks = _marks(field)
    if not marks:
        return
    written = Cast(models.F(field.name), models.TextField())
    has_one = [
        models.Q(models.lookups.GreaterThan(StrIndex(written, models.Value(mark)), 0))
        for mark in marks
    ]
    rows = model._base_manager.using(alias).filter(reduce(or_, has_one)).order_by("pk")
    yield from rows.values_list("pk", field.name).iterator(chunk_size=1)


def _marks(field: models.Field[Any, Any]) -> tuple[str, ...]:
    if isinstance(field, models.JSONField):
        return _IN_JSON
    return _IN_TEXT if isinstance(field, models.CharField | models.TextField) else ()
