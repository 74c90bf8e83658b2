"""Take in a document: keep its bytes, read it, open an intake to be confirmed."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.actions.permission import UnableToAct, require
from kaoji.core.declaration_json import digest
from kaoji.core.speech import kept, say
from kaoji.documents.checking import NAMES
from kaoji.documents.guarded.process import read_guarded
from kaoji.documents.reading_json import reading_as_data
from kaoji.records.event_log import record_event
from kaoji.records.models import Document, Intake
from kaoji.workflow.roles import MAY_IMPORT


class NothingToImport(UnableToAct):
    """The document holds no form."""


def import_document(content: bytes, *, name: str, acting_user: User, now: datetime) -> Intake:
    """Open an intake for a document.

    Raises UnreadableDocument when it cannot be read and NothingToImport when it holds no
    form; nothing is kept then.
    """
    require(acting_user, MAY_IMPORT)
    safe_name = PurePath(name.replace("\\", "/")).name[:255] or "document"
    reading = read_guarded(content, name=safe_name)
    if not reading.forms:
        raise NothingToImport(say("“{name}”中没有找到申报表", name=safe_name))
    others = {item.kind for item in reading.forms} - {"declaration"}
    if others:
        raise NothingToImport(
            say(
                "“{name}”中是{kind}；目前只登记申报表，其他表可用 kaoji read 读取",
                name=safe_name,
                kind=NAMES[min(others)],
            )
        )
    with transaction.atomic():
        document = Document.objects.create(
            name=safe_name,
            sha256=digest(content),
            media_type=reading.source.media_type,
            content=content,
            received_at=now,
            received_from=acting_user,
        )
        intake = Intake.objects.create(
            document=document,
            reading=reading_as_data(reading, kept),
            opened_at=now,
            opened_by=acting_user,
        )
        record_event(
            "document.imported",
            at=now,
            actor=acting_user,
            intake=intake,
            payload={
                "document": safe_name,
                "sha256": document.sha256,
                "forms": len(reading.forms),
                "doubts": sum(len(form.doubts) for form in reading.forms),
            },
        )
    return intake
