"""Rows as an export tells them, and the hashes by which events vouch for them.

An action names in its event every row that it adds, changes or takes away: table, key, SHA-256 of
the row as told here. The last event that names a row counts. A row that was changed past the
actions, slipped in or taken out then has no event that agrees with it.

Columns that hold nothing are left out of what is hashed: a column that a later version adds
changes no hash of a row that does not use it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from kaoji.audit.vouching import row_hash
from kaoji.core.canonical import canonical_json, digest
from kaoji.platform.events.of_rooms import audited, names_of_tables
from kaoji.platform.files.models import Document


def exported(row: models.Model) -> dict[str, Any]:
    """A row as plain values: keys of other rows, ISO days, decimal strings, hashes of files."""
    how = audited()[names_of_tables()[row._meta.model]]
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in how.unsaid:
            continue
        if field.name == "document":
            document = row.document  # type: ignore[attr-defined]
            told["document"] = document.sha256 if document else None
            continue
        value = _plain(getattr(row, field.attname), field)
        sealed = field.name in how.sealed and value not in (None, "")
        told[field.name] = digest(canonical_json(value)) if sealed else value
    for many in row._meta.many_to_many:
        told[many.name] = sorted(item.pk for item in many.value_from_object(row))
    return told


def hashes_of(rows: Iterable[models.Model]) -> dict[str, dict[str, str]]:
    """By table and key the hash of each row, for the event that vouches for them."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        table = found.setdefault(names_of_tables()[row._meta.model], {})
        table[str(row.pk)] = row_hash(exported(row))
    return found


def keys_of(rows: Iterable[models.Model]) -> dict[str, list[int]]:
    """By table the keys of rows that an action takes away. Call it before they are deleted."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(names_of_tables()[row._meta.model], []).append(row.pk)
    return found


def rows_of_table(name: str) -> Iterable[dict[str, Any]]:
    """Every row of a table as exported, in the order of the keys."""
    told = audited()[name]
    found: Any = told.model._default_manager.filter(told.only).order_by("pk")
    if told.has_document:
        found = found.select_related("document").defer("document__content")
    found = found.prefetch_related(*(many.name for many in told.model._meta.many_to_many))
    for row in found.iterator(chunk_size=500):
        yield exported(row)


def documents_shown() -> models.QuerySet[Document]:
    """Every file that an export brings along: those that show values, and letters."""
    shown = models.Q(pk__in=[])
    for told in audited().values():
        if told.shows_files and told.has_document:
            held = told.model._default_manager.exclude(document=None)
            shown |= models.Q(pk__in=held.values("document"))
    return Document.objects.filter(shown)


def _plain(value: Any, field: models.Field[Any, Any]) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.{getattr(field, 'decimal_places', 2)}f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
