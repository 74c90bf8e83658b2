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
from kaoji.platform.organisation.actions.permission import UnableToAct
from kaoji.platform.ui import saying
from kaoji.subjects.declarations.pages.access import refused

_UNUSABLE = 422


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
