"""One's own account: the second factor on and off."""

from __future__ import annotations

from base64 import b32encode
from typing import Any, cast

import segno
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kaoji.actions.change_account import change_password
from kaoji.actions.permission import UnableToAct
from kaoji.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    has_second_factor,
    remove_second_factor,
)
from kaoji.core.speech import say
from kaoji.web import saying
from kaoji.web.access import refused

_SCALE = 4


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def security(request: HttpRequest) -> HttpResponse:
    """Show the second factor; turn it on with the first code."""
    person = cast("User", request.user)
    if request.method != "POST":
        return _page(request, person)
    try:
        codes = confirm_second_factor(
            request.POST.get("code", ""), acting_user=person, now=timezone.now()
        )
    except UnableToAct as refusal:
        return _page(request, person, status=refused(request, refusal))
    return _page(request, person, codes=codes)


@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own; the sitting goes on."""
    person = cast("User", request.user)
    try:
        change_password(
            person,
            old=request.POST.get("old", ""),
            password=request.POST.get("new", ""),
            acting_user=person,
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        return _page(request, person, status=refused(request, refusal))
    update_session_auth_hash(request, person)
    saying.confirm(request, say("密码已改"))
    return redirect("security")


@require_POST
def unsecure(request: HttpRequest) -> HttpResponse:
    """Turn it off with a code."""
    person = cast("User", request.user)
    try:
        remove_second_factor(
            person,
            code=request.POST.get("code", ""),
            acting_user=person,
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        return _page(request, person, status=refused(request, refusal))
    saying.confirm(request, say("已关闭两步验证"))
    return redirect("security")


def _page(
    request: HttpRequest, person: User, *, codes: list[str] | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"codes": codes, "is_on": has_second_factor(person)}
    if not context["is_on"]:
        device = begin_second_factor(person)
        picture = segno.make(device.config_url)
        context["picture"] = picture.svg_data_uri(scale=_SCALE, dark="#1d2327", light="#fff")
        context["secret"] = b32encode(device.bin_key).decode()
    return render(request, "account/security.html", context, status=status)
