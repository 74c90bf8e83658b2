"""How a page does something: the action is tried; a refusal is said on the page, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from kaoji.core.speech import Sentence, say
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.platform.ui import saying

_FORBIDDEN, _CONFLICT, _UNUSABLE = 403, 409, 422


def attempt(
    request: HttpRequest,
    act: Callable[[User, datetime], object],
    *,
    confirmed: Sentence | None = None,
) -> int | None:
    """Act as the person who asks, now. None when it is done; the status of a refusal, which is said."""
    try:
        act(cast("User", request.user), timezone.now())
    except UnableToAct as refusal:
        return refused(request, refusal)
    except UnreadableDocument as refusal:
        saying.tell(request, refusal.sentence)
        return _UNUSABLE
    saying.confirm(request, confirmed or say("已记下"))
    return None


def refused(request: HttpRequest, refusal: UnableToAct) -> int:
    """Say why on the page that follows; give the status that goes with it."""
    saying.tell(request, refusal.sentence)
    return _FORBIDDEN if isinstance(refusal, NotPermitted) else _CONFLICT
