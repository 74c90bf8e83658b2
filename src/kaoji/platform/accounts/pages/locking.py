"""What is said to somebody who entered too many wrong passwords."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_MINUTE = timedelta(minutes=1)


@login_not_required
def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """The page with status 429; it does not tell whether there is such an account."""
    minutes = settings.AXES_COOLOFF_TIME // _MINUTE
    response = render(request, "accounts/pages/locked.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


def username_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name as guesses are counted: names that differ in capitals only are one."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return str(given).strip().lower()
