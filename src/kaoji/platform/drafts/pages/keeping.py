"""Keeping drafts: what `drafts.js` asks for; and the end of a draft when its form was taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kaoji.core.speech import say
from kaoji.platform.drafts.actions.drop_draft import drop_draft
from kaoji.platform.drafts.actions.keep_draft import Content, DraftIsNewer, keep_draft
from kaoji.platform.drafts.models import Draft
from kaoji.platform.middleware.plain_text import plain
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.saying import spoken

FIELD = "draft"
_TAKEN = frozenset({302, 303})
_PAIR = 2


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """The person's draft of a form; or keep it, or tell that another page has."""
    person = cast("User", request.user)
    if request.method == "GET":
        held = Draft.objects.filter(person=person, form=request.GET.get("form", "")).first()
        return JsonResponse(_told(held))
    try:
        held = keep_draft(
            request.POST.get("form", ""),
            _content(request.POST.get("content", "")),
            seen=number_in(request.POST.get("version")) or 0,
            acting_user=person,
            now=timezone.now(),
        )
    except DraftIsNewer as refusal:
        told = {**_told(refusal.held), "sentence": spoken(refusal.sentence)}
        return JsonResponse(told, status=409)
    except UnableToAct as refusal:
        return JsonResponse({"sentence": spoken(refusal.sentence)}, status=422)
    return JsonResponse({"version": held.version, "at": _clock(held)})


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """The person does not want it."""
    drop_draft(request.POST.get("form", ""), acting_user=cast("User", request.user))
    return HttpResponse(status=204)


class FiledFormsEndDrafts:
    """A form that was taken sends its page on; then its draft has done its work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and end the draft that the form names."""
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if (
            request.method == "POST"
            and response.status_code in _TAKEN
            and isinstance(user, User)
        ):
            form = request.POST.get(FIELD)
            if form:
                drop_draft(form, acting_user=user)
        return response


def _content(text: str) -> Content:
    """Pairs of a field's name and its text. Raises UnableToAct for anything else."""
    try:
        read: Any = json.loads(text)
    except (ValueError, RecursionError):  # nested without end
        read = None
    pairs = isinstance(read, list) and all(
        isinstance(one, list)
        and len(one) == _PAIR
        and all(isinstance(item, str) for item in one)
        for one in read
    )
    if not pairs:
        raise UnableToAct(say("草稿要写成 [[名称, 内容], …]"))
    # Signs that came escaped were not seen by the middleware that takes unprintable ones out.
    return [[plain(item) for item in one] for one in read]


def _told(held: Draft | None) -> dict[str, Any]:
    if held is None:
        return {"version": 0}
    return {"version": held.version, "at": _clock(held), "content": held.content}


def _clock(held: Draft) -> str:
    return f"{timezone.localtime(held.kept_at):%m-%d %H:%M}"
