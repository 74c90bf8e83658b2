"""No request brings more than a document may have; larger ones are refused unread."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kaoji.core.speech import Sentence, say
from kaoji.documents.read.refusals import DocumentTooLarge
from kaoji.documents.read.text import MAX_BYTES
from kaoji.platform.ui.saying import spoken

_WITHOUT_FILES = 4_000_000
_READ = "/intake/"
# Where no file is handed in, or anybody may come without an account.
_NO_FILES = ("/account/", "/api/", "/public/", "/s/")

# A length of more digits is no length.
_MOST_DIGITS = 18


class BodyLimitMiddleware:
    """Answer 413 by the announced length of the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        limit = _limit(request)
        told = announced.isdecimal() and len(announced) <= _MOST_DIGITS
        size = int(announced) if told else limit + 1
        if size > limit:
            return HttpResponse(
                spoken(_refusal(request, size, min(limit, MAX_BYTES))),
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


def _limit(request: HttpRequest) -> int:
    """How many bytes may come: files have the size of documents, all else is small."""
    with_files = request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data")
    if with_files and not request.path_info.startswith(_NO_FILES):
        return int(settings.LARGEST_BODY)
    return _WITHOUT_FILES


def _refusal(request: HttpRequest, size: int, most: int) -> Sentence:
    if request.path_info == _READ:
        return say("{reason}", reason=DocumentTooLarge(size, most).sentence)
    return say(
        "送来的有 {size} MB，最多 {most} MB；请把文件压缩或分开后再传",
        size=-(-size // 1_000_000),
        most=most // 1_000_000,
    )
