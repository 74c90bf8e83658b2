"""The rows and files of an audit export, read from the database one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F

from kaoji.audit.package import Fields
from kaoji.records.event_log import said_by
from kaoji.records.models import Event, Revision, SelfEvaluation
from kaoji.records.vouching import VOUCHED, documents_shown, rows_of_table

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
                "string" if field.name == "document"
                else _TYPES.get(field.get_internal_type(), "string"),
                str(field.verbose_name),
            )
            for field in model._meta.concrete_fields
        )
        for name, model in VOUCHED.items()
    }  # fmt: skip


def tables() -> dict[str, Iterable[dict[str, Any]]]:
    """Every table by its name."""
    return {
        "revisions": _revisions(),
        "self_evaluations": _self_evaluations(),
        "events": events(),
        **{name: rows_of_table(name) for name in VOUCHED},
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


def _revisions() -> Iterator[dict[str, Any]]:
    found = Revision.objects.annotate(approved=F("declaration__approved_revision"))
    for row in found.order_by("declaration", "number").iterator():
        yield {
            "declaration": row.declaration_id,
            "number": row.number,
            "content": row.content,
            "sha256": row.sha256,
            "approved": row.approved == row.number,
        }


def _self_evaluations() -> Iterator[dict[str, Any]]:
    for row in SelfEvaluation.objects.order_by("declaration", "number").iterator():
        yield {
            "id": row.pk,
            "declaration": row.declaration_id,
            "number": row.number,
            "revision": row.revision_number,
            "content": row.content,
            "sha256": row.sha256,
            "total": str(row.total),
            "grade": row.grade,
        }
