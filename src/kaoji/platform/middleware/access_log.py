"""Every request gets a number and, when it was answered, a line in the log and its place in the figures.

A line tells who asked what and how it ended, not what was sought: query strings hold people's names. What else
is left out, and how the path is written, platform/log_lines.py says for all lines.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kaoji.platform.log_lines import NUMBER_OF_REQUEST, request_number, shown_path
from kaoji.platform.middleware.client_address import address_of
from kaoji.platform.middleware.request_figures import FIGURES

_log = logging.getLogger("kaoji.access")
_HEADER = "X-Request-ID"
# What a proxy of ours may have given it; anything else gets a number of our own.
_NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class AccessLogMiddleware:
    """Stands behind what finds the client's address, and before everything that may refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and tell."""
        number = _number_of(request)
        # Django writes of a refusal when the answer has left us: by then the request alone knows.
        setattr(request, NUMBER_OF_REQUEST, number)
        held = request_number.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            FIGURES.count(request.method or "", response.status_code, seconds)
            _tell(request, response, seconds)
            response[_HEADER] = number
            return response
        finally:
            request_number.reset(held)


def _number_of(request: HttpRequest) -> str:
    given = request.headers.get(_HEADER, "") if settings.TRUSTED_PROXIES else ""
    return given if _NUMBER.fullmatch(given) else secrets.token_hex(8)


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    if not _log.isEnabledFor(logging.INFO):
        return
    person = getattr(
        request, "_cached_user", None
    )  # who has been looked up; nobody is looked up for this
    parts = {
        "method": request.method,
        "path": shown_path(request.path),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "bytes": None if response.streaming else len(response.content),
        "address": address_of(request),
        "person": getattr(person, "pk", None),
    }
    words = (str("-" if part is None else part) for part in parts.values())
    _log.info("%s %s %s %sms %s %s %s", *words, extra={"parts": parts})
