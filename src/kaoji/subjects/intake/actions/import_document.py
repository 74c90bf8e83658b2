"""Take in a document: keep its bytes, read it, open an intake to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.canonical import digest
from kaoji.core.speech import kept, say
from kaoji.documents.checking import NAMES
from kaoji.documents.guarded.process import GuardedReader
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import reading_as_data
from kaoji.documents.rows_json import rows_as_data
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.models import Document
from kaoji.platform.files.names import safe_name
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.intake.models import Intake, PagePicture
from kaoji.workflow.roles import MAY_IMPORT

_WITHOUT_LINES = {"application/json", "text/x-kaoji-notation"}
# Pages that are drawn when a document comes in; later ones when somebody looks at them.
_MOST_PAGES = 60


class NothingToImport(UnableToAct):
    """The document holds no form."""


@dataclass(frozen=True)
class ReadDocument:
    """What a process of its own made of a document: the reading, its rows or pictures of its pages."""

    name: str
    content: bytes
    reading: Reading
    rows: dict[str, Any] | None = None
    pages: dict[int, bytes] = field(default_factory=dict)


def import_document(content: bytes, *, name: str, acting_user: User, now: datetime) -> Intake:
    """Open an intake for a document.

    Raises UnreadableDocument when it cannot be read and NothingToImport when it holds no
    form; nothing is kept then.
    """
    require(acting_user, MAY_IMPORT)
    read = read_declarations(content, name=name)
    with transaction.atomic():
        return open_intake(read, acting_user=acting_user, now=now)


def read_declarations(content: bytes, *, name: str) -> ReadDocument:
    """Read a document that is to hold declarations, and what is shown beside them.

    Raises UnreadableDocument, NothingToImport.
    """
    name = safe_name(name)
    with GuardedReader() as reader:
        reading = reader.read(content, name=name)
        _require_declarations(reading, name)
        if reading.source.media_type in _WITHOUT_LINES:
            return ReadDocument(name, content, reading)
        numbers = _pages_with_places(reading)
        if not numbers:
            rows = rows_as_data(reader.rows(content, name=name))
            return ReadDocument(name, content, reading, rows)
        return ReadDocument(name, content, reading, pages=_drawn(reader, content, numbers))


def open_intake(read: ReadDocument, *, acting_user: User, now: datetime) -> Intake:
    """Keep the document and open its intake, inside the transaction of who calls."""
    document = Document.objects.create(
        name=read.name,
        sha256=digest(read.content),
        media_type=read.reading.source.media_type,
        content=read.content,
        received_at=now,
        received_from=acting_user,
    )
    data = reading_as_data(read.reading, kept)
    intake = Intake.objects.create(
        document=document,
        reading=data,
        original=data,
        rows=read.rows,
        opened_at=now,
        opened_by=acting_user,
    )
    PagePicture.objects.bulk_create(
        PagePicture(document=document, page=page, picture=picture)
        for page, picture in read.pages.items()
    )
    record_event(
        "document.imported",
        at=now,
        actor=acting_user,
        intake=intake,
        payload={
            "document": read.name,
            "sha256": document.sha256,
            "forms": len(read.reading.forms),
            "doubts": sum(len(form.doubts) for form in read.reading.forms),
        },
        rows=[intake],
    )
    return intake


def _require_declarations(reading: Reading, name: str) -> None:
    if not reading.forms:
        raise NothingToImport(say("“{name}”中没有找到申报表", name=name))
    others = {item.kind for item in reading.forms} - {"declaration"}
    if others:
        raise NothingToImport(
            say(
                "“{name}”中是{kind}；目前只登记申报表，其他表可用 kaoji read 读取",
                name=name,
                kind=NAMES[min(others)],
            )
        )


def _pages_with_places(reading: Reading) -> list[int]:
    """The pages on which something stands that was read, those between them included."""
    pages = {
        place.page or 1
        for form in reading.forms
        for place in [*form.places.values(), *(doubt.origin for doubt in form.doubts)]
        if place.box
    }
    return list(range(min(pages), max(pages) + 1))[:_MOST_PAGES] if pages else []


def _drawn(reader: GuardedReader, content: bytes, numbers: list[int]) -> dict[int, bytes]:
    """Pictures of these pages; one that cannot be drawn is left out."""
    drawn: dict[int, bytes] = {}
    for number in numbers:
        try:
            drawn[number] = reader.picture(content, number)
        except UnreadableDocument:
            continue
    return drawn
