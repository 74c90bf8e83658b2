"""Who is at the other end: behind proxies the address that the outermost of ours was called from.

`KAOJI_TRUSTED_PROXIES=N` says how many proxies of our own stand in front. Each adds the address it
was called from to the end of X-Forwarded-For; what stands before those, anybody can have written.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_HEADER = "HTTP_X_FORWARDED_FOR"


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR to the client's own address, before anything looks at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        said = request.META.pop(_HEADER, "")
        found = forwarded_for(said, settings.TRUSTED_PROXIES)
        if found is not None:
            request.META["REMOTE_ADDR"] = found
        return self.get_response(request)


def forwarded_for(said: str, proxies: int) -> str | None:
    """The address that the outermost of our *proxies* was called from; None where none can be told.

    >>> forwarded_for("6.6.6.6, 10.1.1.1, 10.0.0.9", 2)
    '10.1.1.1'
    """
    places = [part.strip() for part in said.split(",")]
    if proxies < 1 or len(places) < proxies:
        return None
    try:
        return str(ipaddress.ip_address(places[-proxies].strip("[]")))
    except ValueError:
        return None


def address_of(request: HttpRequest) -> str:
    """The address of who asks."""
    return str(request.META.get("REMOTE_ADDR", ""))
