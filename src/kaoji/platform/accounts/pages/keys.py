"""One's own keys for other systems: open one, see which there are, end one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kaoji.core.speech import say
from kaoji.platform.accounts.actions.access_key import LONGEST, end_key, open_key
from kaoji.platform.accounts.pages.proving import proved
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.shown_once import keep_to_show, shown_once
from kaoji.platform.ui.typed import day_in

_USUAL = timedelta(days=180)
_KEY = "new_key"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved()
def keys(request: HttpRequest) -> HttpResponse:
    """The keys; a new one's text is shown once.

    It is shown after a redirect, so that a page loaded again opens nothing.
    """
    token, status = shown_once(request, _KEY), None
    if request.method == "POST":

        def act(person: User, now: datetime) -> object:
            nonlocal token
            _, token = open_key(
                request.POST.get("name", ""),
                until=day_in(request.POST.get("until", "")),
                may_write=request.POST.get("may_write") == "on",
                acting_user=person,
                now=now,
            )
            return token

        status = attempt(request, act, confirmed=say("密钥已开设"))
        if status is None:
            keep_to_show(request, _KEY, token)
            return redirect("keys")
    today = timezone.localdate()
    context = {
        "token": token,
        "keys": cast("User", request.user).access_keys.all(),
        "today": today,
        "last": today + LONGEST,
        "usual": today + _USUAL,
        "typed": request.POST if status else {},
    }
    return render(request, "accounts/pages/keys.html", context, status=status or 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key at once."""
    held = get_object_or_404(cast("User", request.user).access_keys, pk=pk)
    attempt(
        request,
        lambda person, now: end_key(held, acting_user=person, now=now),
        confirmed=say("密钥已停用"),
    )
    return redirect("keys")
