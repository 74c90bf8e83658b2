"""The rows and files of an audit export, read from the database one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from kaoji.records.event_log import said_by
from kaoji.records.models import (
    Actual,
    Document,
    Event,
    Revision,
    SelfEvaluation,
    Spending,
)


def tables() -> dict[str, Iterator[dict[str, Any]]]:
    """Every table by its name."""
    return {
        "revisions": _revisions(),
        "self_evaluations": _self_evaluations(),
        "actuals": _actuals(),
        "spendings": _spendings(),
        "events": events(),
    }


def evidence() -> Iterator[tuple[str, bytes]]:
    """The files that show actual values, each once."""
    shown = Actual.objects.exclude(document=None).values("document")
    seen: set[str] = set()
    for document in Document.objects.filter(pk__in=shown).order_by("pk").iterator(chunk_size=1):
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
            "declaration": row.declaration_id,
            "number": row.number,
            "revision": row.revision_number,
            "content": row.content,
            "sha256": row.sha256,
            "total": str(row.total),
            "grade": row.grade,
        }


def _actuals() -> Iterator[dict[str, Any]]:
    for row in (
        Actual.objects.select_related("document")
        .defer("document__content")
        .order_by("pk")
        .iterator()
    ):
        yield {
            "id": row.pk,
            "declaration": row.declaration_id,
            "place": row.place,
            "as_of": row.as_of.isoformat(),
            "value": row.value,
            "score": None if row.score is None else str(row.score),
            "reason": row.reason,
            "evidence": row.document.sha256 if row.document else None,
        }


def _spendings() -> Iterator[dict[str, Any]]:
    for row in Spending.objects.order_by("pk").iterator():
        yield {
            "id": row.pk,
            "declaration": row.declaration_id,
            "month": f"{row.month:%Y-%m}",
            "amount": str(row.amount),
        }
