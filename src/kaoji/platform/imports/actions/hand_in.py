"""Hand in a file: it is laid on the tray, read by a process of its own, and then shown.

No document is parsed while somebody's request waits. What a file becomes – intakes to be confirmed,
rows to be taken – is decided by later actions; the tray itself records nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django_tasks import task

from kaoji.core.speech import Sentence, kept, say
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES
from kaoji.documents.rows_json import Rows, rows_as_data, rows_from_data
from kaoji.platform.files.names import safe_name
from kaoji.platform.imports.models import Upload
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.rooms import brought

# How many of one person's files may wait at a time.
_MOST_WAITING = 20
_KEPT_FOR = timedelta(days=3)


def hand_in(
    file: tuple[str, bytes],
    purpose: Upload.Purpose,
    asked: Mapping[str, Any],
    *,
    acting_user: User,
    now: datetime,
) -> Upload:
    """Lay a file on the tray and ask for its reading. Raises DocumentTooLarge, UnableToAct.

    Who may hand in what is asked by the page that takes it, and again when it is taken.
    """
    name, content = file
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(len(content), MAX_BYTES)
    Upload.objects.filter(made_at__lt=now - _KEPT_FOR).delete()
    mine = Upload.objects.filter(made_by=acting_user)
    pending = mine.filter(state__in=[Upload.State.WAITING, Upload.State.READING])
    if pending.count() >= _MOST_WAITING:
        raise UnableToAct(
            say("您已有 {most} 份文件在等待读取；请等其中几份读完", most=_MOST_WAITING)
        )
    with transaction.atomic():
        upload = Upload.objects.create(
            purpose=purpose,
            name=safe_name(name),
            content=content,
            asked=dict(asked),
            made_at=now,
            made_by=acting_user,
        )
        read_upload.enqueue(upload.pk, now.isoformat())
    upload.refresh_from_db()
    return upload


def rows_of(upload: Upload) -> Rows:
    """The rows of a sheet that was read. Raises UnableToAct before that."""
    if upload.state != Upload.State.READ or upload.result is None:
        raise UnableToAct(say("“{name}”还没有读完", name=upload.name))
    return rows_from_data(upload.result)


def put_away(upload: Upload) -> None:
    """Take a file off the tray: it was taken, or given up."""
    upload.delete()


@task(queue_name="reading")
def read_upload(pk: int, now: str) -> None:
    """Read a file of the tray. A file that was read, or is gone, is left as it is."""
    upload = Upload.objects.filter(pk=pk).first()
    if upload is None or not upload.is_pending:
        return
    Upload.objects.filter(pk=pk).update(state=Upload.State.READING)
    try:
        result = readers().get(upload.purpose, _rows)(upload, datetime.fromisoformat(now))
    except (UnreadableDocument, UnableToAct) as refusal:
        _refuse(pk, refusal.sentence)
    except Exception:
        _refuse(pk, say("读取“{name}”时出错；请重新另存后再试", name=upload.name))
        raise
    else:
        Upload.objects.filter(pk=pk).update(state=Upload.State.READ, result=result)


def _refuse(pk: int, sentence: Sentence) -> None:
    Upload.objects.filter(pk=pk).update(state=Upload.State.REFUSED, refusal=kept(sentence))


Reader = Callable[[Upload, datetime], dict[str, Any]]


@cache
def readers() -> dict[str, Reader]:
    """What rooms make of a file where it is no sheet to be shown: by purpose, from their `actions/readers.py`."""
    return brought("actions.readers", "READERS")


def _rows(upload: Upload, now: datetime) -> dict[str, Any]:
    return rows_as_data(rows_guarded(bytes(upload.content), name=upload.name))
