"""Every request gets a number and, when it was answered, a line in the log and its place in the figures.

A line tells who asked what and how it ended, not what was sought: query strings hold people's names. The
secret part of an address (the code of a survey) is left out too.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kaoji.platform.log_lines import request_number
from kaoji.platform.middleware.client_address import address_of
from kaoji.platform.middleware.request_figures import FIGURES

_log = logging.getLogger("kaoji.access")
_HEADER = "X-Request-ID"
# What a proxy of ours may have given it; anything else gets a number of our own.
_NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_SECRET = "token"  # noqa: S105 - the name of a part of an address


class AccessLogMiddleware:
    """Stands behind what finds the client's address, and before everything that may refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and tell."""
        held = request_number.set(_number_of(request))
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            FIGURES.count(request.method or "", response.status_code, seconds)
            _tell(request, response, seconds)
            response[_HEADER] = request_number.get()
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
        "path": _shown(request),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "bytes": None if response.streaming else len(response.content),
        "address": address_of(request),
        "person": getattr(person, "pk", None),
    }
    words = (str("-" if part is None else part) for part in parts.values())
    _log.info("%s %s %s %sms %s %s %s", *words, extra={"parts": parts})


def _shown(request: HttpRequest) -> str:
    """The path of a request without its secret part."""
    secret = request.resolver_match.kwargs.get(_SECRET) if request.resolver_match else None
    return request.path.replace(str(secret), "…") if secret else request.path
