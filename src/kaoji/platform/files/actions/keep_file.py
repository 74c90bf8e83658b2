"""Keep a file that somebody hands in: evidence, a reply, a report."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from kaoji.core.canonical import digest
from kaoji.documents.read.kinds import MEDIA_TYPES, kind_of
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.platform.files.models import Document

_BYTES = "application/octet-stream"


def kept_file(
    file: tuple[str, bytes] | None, acting_user: User, now: datetime
) -> Document | None:
    """A file, where there is one, as a document on record."""
    return keep_file(*file, acting_user, now) if file is not None else None


def keep_file(name: str, content: bytes, acting_user: User, now: datetime) -> Document:
    """A file as a document on record; it need not be one that we read."""
    try:
        media_type = MEDIA_TYPES.get(kind_of(content), _BYTES)
    except UnreadableDocument:
        media_type = _BYTES
    return Document.objects.create(
        name=name[:255],
        sha256=digest(content),
        media_type=media_type,
        content=content,
        received_at=now,
        received_from=acting_user,
    )
