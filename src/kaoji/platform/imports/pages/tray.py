"""How a page takes a file: onto the tray, and on to the page that shows what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kaoji.core.speech import Sentence, restored
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.platform.imports.actions.hand_in import hand_in, put_away
from kaoji.platform.imports.models import Upload
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.typed import needed_file


def taken_in(
    request: HttpRequest,
    purpose: Upload.Purpose,
    asked: Mapping[str, Any],
    *,
    field: str,
    again: Callable[[Sentence], HttpResponse],
) -> HttpResponse:
    """Hand the file of *field* in; *again* shows the page once more with what stands against it."""
    try:
        upload = hand_in(
            needed_file(request, field),
            purpose,
            asked,
            acting_user=cast("User", request.user),
            now=timezone.now(),
        )
    except (UnreadableDocument, UnableToAct) as refusal:
        return again(refusal.sentence)
    if upload.state == Upload.State.REFUSED:
        sentence = restored(upload.refusal or "")
        put_away(upload)
        return again(sentence)
    return redirect("upload-shown", upload.pk)
