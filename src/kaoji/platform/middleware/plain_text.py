"""Signs that no keyboard writes (NUL and other controls) are left out of what comes in.

Neither PostgreSQL nor a Word document can hold them; a form field has no use for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

# Systems are told what is wrong; reading form fields would use up the body, too.
_OTHERS = "/api/"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without the signs that no keyboard writes."""
    return _CONTROLS.sub("", text)


class PlainTextMiddleware:
    """Cleans query strings and form fields; files are read elsewhere, byte by byte."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean what has such signs; everything else goes on untouched."""
        if request.path_info.startswith(_OTHERS):
            return self.get_response(request)
        if "%" in request.META.get("QUERY_STRING", ""):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _cleaned(given: QueryDict) -> QueryDict:
    if not any(_CONTROLS.search(value) for values in given.lists() for value in values[1]):
        return given
    clean = given.copy()
    for name, values in given.lists():
        clean.setlist(name, [plain(value) for value in values])
    return clean
