"""Who comes to an address that only takes forms is led to the page above it, not to a browser's error."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime

from kaoji.core.speech import say
from kaoji.platform.log_lines import request_number
from kaoji.platform.ui import saying

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
        return response if not lost or request.path_info.startswith(_API) else redirect(above)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of another sitting: what to do about it, instead of Django's page for developers."""
    told = say("这一页是上一次登录时打开的，没有提交；请返回，复制写好的内容，刷新后再提交")
    return render(
        request,
        "stale_form.html",
        {"told": saying.spoken(told)},
        status=HTTPStatus.FORBIDDEN,
    )


def unusable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be taken: too many cells at once, or what no page of ours sends."""
    if isinstance(exception, TooManyFieldsSent | RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        told = say(
            "一次送来的内容超过 {most} 项，没有保存；请分成几份表，或者导入文件", most=most
        )
    else:
        told = say("这个请求不能处理，没有保存任何内容；请返回重试")
    context = {"told": saying.spoken(told)}
    return render(request, "stale_form.html", context, status=HTTPStatus.BAD_REQUEST)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: when it was and under which number the log has it; asks neither database nor sitting."""
    context = {
        "number": request_number.get(),
        "at": f"{localtime():%Y-%m-%d %H:%M:%S}",
        "home": reverse("home"),
    }
    return HttpResponse(
        render_to_string("500.html", context), status=HTTPStatus.INTERNAL_SERVER_ERROR
    )
