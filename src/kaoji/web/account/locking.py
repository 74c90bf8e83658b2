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
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
