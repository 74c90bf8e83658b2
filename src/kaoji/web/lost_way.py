"""Who comes to an address that only takes forms is led to the page above it, not to a browser's error."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kaoji.core.speech import say
from kaoji.web import saying

_API = "/api/"


class LostWayMiddleware:
    """After signing in again, or after a change of language, such an address is asked for by GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        above = request.path.rstrip("/").rpartition("/")[0] + "/"
        lost = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET"
        return response if not lost or request.path.startswith(_API) else redirect(above)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of another sitting: what to do about it, instead of Django's page for developers."""
    told = say("这一页是上一次登录时打开的，没有提交；请返回，复制写好的内容，刷新后再提交")
    return render(
        request,
        "stale_form.html",
        {"told": saying.spoken(told)},
        status=HTTPStatus.FORBIDDEN,
    )
