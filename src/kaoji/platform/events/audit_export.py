"""The rows and files of an audit export, read from the database one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kaoji.audit.package import Fields
from kaoji.platform.events.event_log import said_by
from kaoji.platform.events.models import Event
from kaoji.platform.events.of_rooms import audited
from kaoji.platform.events.vouching import documents_shown, rows_of_table

_TYPES = {
    "BigAutoField": "integer", "ForeignKey": "integer", "OneToOneField": "integer",
    "PositiveIntegerField": "integer", "PositiveSmallIntegerField": "integer",
    "DecimalField": "number", "DateField": "date", "DateTimeField": "datetime",
    "BooleanField": "boolean", "JSONField": "object",
}  # fmt: skip


def schema() -> dict[str, Fields]:
    """What the fields of the vouched tables are: name, type, caption."""
    return {
        name: tuple(
            (
                field.name,
                "string" if field.name == "document" or field.name in told.sealed
                else _TYPES.get(field.get_internal_type(), "string"),
                str(field.verbose_name),
            )
            for field in told.model._meta.concrete_fields
            if field.name not in told.unsaid
        )
        for name, told in audited().items()
    }  # fmt: skip


def tables() -> dict[str, Iterable[dict[str, Any]]]:
    """Every table by its name."""
    return {
        "events": events(),
        **{name: rows_of_table(name) for name in audited()},
    }


def evidence() -> Iterator[tuple[str, bytes]]:
    """The files that rows of evidence name, each once."""
    seen: set[str] = set()
    for document in documents_shown().order_by("pk").iterator(chunk_size=1):
        if document.sha256 not in seen:
            seen.add(document.sha256)
            yield document.sha256, bytes(document.content)


def events() -> Iterator[dict[str, Any]]:
    """The event log, oldest first, with everything that a hash covers."""
    for event in Event.objects.order_by("sequence").iterator():
        yield {**said_by(event), "hash": event.hash}
