"""No request brings more than a document may have; larger ones are refused unread."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kaoji.core.speech import say
from kaoji.documents.read.refusals import DocumentTooLarge
from kaoji.documents.read.text import MAX_BYTES
from kaoji.web.saying import spoken

_FORM_FIELDS = 1_000_000
_ELSEWHERE = 4_000_000
_UPLOAD = "/intake/"


class BodyLimitMiddleware:
    """Answer 413 by the announced length of the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        limit = MAX_BYTES + _FORM_FIELDS if request.path == _UPLOAD else _ELSEWHERE
        if not announced.isdecimal() or int(announced) > limit:
            size = int(announced) if announced.isdecimal() else limit + 1
            refusal = say(
                "{reason}", reason=DocumentTooLarge(size, min(limit, MAX_BYTES)).sentence
            )
            return HttpResponse(
                spoken(refusal), status=413, content_type="text/plain; charset=utf-8"
            )
        return self.get_response(request)
