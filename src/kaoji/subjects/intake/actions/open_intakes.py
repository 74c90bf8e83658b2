"""Open an intake for a document on the tray, or one for each document of an archive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from kaoji.core.speech import kept, say
from kaoji.documents.bundle import is_bundle, members
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.platform.imports.models import Upload
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.intake.actions.import_document import (
    NothingToImport,
    open_intake,
    read_declarations,
)
from kaoji.workflow.roles import MAY_IMPORT

_MOST_BUNDLED = 100


def open_intakes(upload: Upload, now: datetime) -> dict[str, Any]:
    """Open an intake for the file, or one for each document of an archive; tell of each other why not.

    What was done is kept with each intake: a job that begins again goes on behind it.
    """
    require(upload.made_by, MAY_IMPORT)
    content = bytes(upload.content)
    if not is_bundle(content):
        return _opened(upload, upload.name, content, dict(_NOTHING_YET), now)
    found = list(members(content))
    if len(found) > _MOST_BUNDLED:
        raise UnreadableDocument(
            say(
                "压缩文件中有 {count} 份文件，网页一次最多 {limit} 份；更多请用 kaoji read",
                count=len(found),
                limit=_MOST_BUNDLED,
            )
        )
    done = upload.result or dict(_NOTHING_YET)
    for member in found[done["looked_at"] :]:
        reason = member.refusal
        try:
            if member.content is not None:
                done = _opened(upload, member.path, member.content, done, now)
        except (UnreadableDocument, UnableToAct) as refusal:
            reason = refusal.sentence
        if reason:
            told = kept(say("{file}：{reason}", file=member.path, reason=reason))
            done = _looked_at(done, told=told)
    if not done["intakes"]:
        raise NothingToImport(say("压缩文件中没有能读出申报表的文件"))
    return done


_NOTHING_YET = {"intakes": [], "told": [], "looked_at": 0}


def _looked_at(
    done: dict[str, Any], *, intake: int | None = None, told: Any = None
) -> dict[str, Any]:
    return {
        "intakes": [*done["intakes"], *([intake] if intake is not None else [])],
        "told": [*done["told"], *([told] if told is not None else [])],
        "looked_at": done["looked_at"] + 1,
    }


def _opened(
    upload: Upload, name: str, content: bytes, done: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The intake of one document, opened in the transaction that notes it."""
    read = read_declarations(content, name=name)
    with transaction.atomic():
        intake = open_intake(read, acting_user=upload.made_by, now=now)
        done = _looked_at(done, intake=intake.pk)
        Upload.objects.filter(pk=upload.pk).update(result=done)
    return done
