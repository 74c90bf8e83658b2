"""One's own account: password, second factor, sittings."""

from __future__ import annotations

from base64 import b32encode
from typing import Any, cast
from urllib.parse import quote

import segno
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kaoji.core.speech import say
from kaoji.platform.accounts.actions.access_key import end_keys_of
from kaoji.platform.accounts.actions.change_account import change_password
from kaoji.platform.accounts.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    has_second_factor,
    remove_second_factor,
)
from kaoji.platform.accounts.pages.proving import require_password
from kaoji.platform.accounts.pages.sittings import (
    end_all_sittings,
    forget_given_password,
    has_given_password,
    sittings_of,
)
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused

_SCALE = 4
_ISSUER = "kaoji"


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
    """A new password of one's own; the sitting goes on, all others end, and keys where that is asked."""
    person, now = cast("User", request.user), timezone.now()
    try:
        require_password(request, person, request.POST.get("old", ""))
        with transaction.atomic():
            change_password(
                person,
                old=request.POST.get("old", ""),
                password=request.POST.get("new", ""),
                acting_user=person,
                now=now,
            )
            if request.POST.get("end_keys") == "on":
                end_keys_of(person, acting_user=person, now=now)
    except UnableToAct as refusal:
        return _page(request, person, status=refused(request, refusal))
    update_session_auth_hash(request, person)
    forget_given_password(request)
    end_all_sittings(person, but=request.session.session_key)
    saying.confirm(request, say("密码已改，其他地方的登录都已结束"))
    return redirect("security")


@require_POST
def end_sittings(request: HttpRequest) -> HttpResponse:
    """End all sittings of one's own but this one."""
    person = cast("User", request.user)
    count = end_all_sittings(person, but=request.session.session_key)
    saying.confirm(request, say("结束了另外 {count} 处登录", count=count))
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
    today = timezone.localdate()
    context: dict[str, Any] = {
        "codes": codes,
        "is_on": has_second_factor(person),
        "sittings": sittings_of(person),
        "here": request.session.session_key,
        "must_change": has_given_password(request),
        "keys": person.access_keys.filter(ended_at__isnull=True, expires_on__gte=today),
    }
    if not context["is_on"]:
        secret = b32encode(begin_second_factor(person)).decode()
        context["picture"] = segno.make(_address(person, secret)).svg_data_uri(
            scale=_SCALE, dark="#1d2327", light="#fff"
        )
        context["secret"] = secret
    return render(request, "accounts/pages/security.html", context, status=status)


def _address(person: User, secret: str) -> str:
    """What the phone reads from the picture."""
    label = quote(f"{_ISSUER}:{person.get_username()}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={_ISSUER}&digits=6&period=30"
