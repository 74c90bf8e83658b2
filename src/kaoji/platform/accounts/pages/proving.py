"""Prove anew who one is before what weighs most: approve, publish, letters, keys.

What was asked for is held on a page that asks for the password (or a code of the second factor) and
goes on with it; nothing has to be filled in again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kaoji.core.speech import say
from kaoji.platform.accounts.actions.second_factor import has_second_factor, require_code
from kaoji.platform.accounts.pages.locking import locked_out
from kaoji.platform.accounts.pages.sittings import PROVED
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying

_FORBIDDEN = 403
_PROOF = "proof"

View = Callable[..., HttpResponse]


def proved(when: Callable[..., bool] = lambda request, **_: True) -> Callable[[View], View]:
    """A view whose POST needs a proof that is not old; *when* says which of them."""

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST" or not when(request, **kwargs) or _is_fresh(request):
                return view(request, *args, **kwargs)
            if _PROOF not in request.POST:
                return _ask(request)
            refused = _prove(request)
            return refused if refused is not None else view(request, *args, **kwargs)

        return answer

    return around


def note_proof(request: HttpRequest) -> None:
    """The person has just proved who they are."""
    request.session[PROVED] = timezone.now().timestamp()


def require_password(request: HttpRequest, person: User, password: str) -> None:
    """The person's own password; a wrong one counts like one at the door. Raises UnableToAct."""
    credentials = {"username": person.get_username()}
    if not AxesProxyHandler.is_allowed(request, credentials):
        raise UnableToAct(say("密码多次不对；请 15 分钟后再试"))
    if not person.check_password(password):
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        raise UnableToAct(say("密码不对"))


def _is_fresh(request: HttpRequest) -> bool:
    lasts = settings.PROOF_LASTS.total_seconds()
    at = request.session.get(PROVED, 0)
    return not lasts or timezone.now().timestamp() - at <= lasts


def _prove(request: HttpRequest) -> HttpResponse | None:
    """Take the proof that came along; a page where it is none."""
    person, proof = cast("User", request.user), request.POST.get(_PROOF, "")
    try:
        if has_second_factor(person):
            require_code(person, proof, now=timezone.now())
        elif person.has_usable_password():
            require_password(request, person, proof)
    except UnableToAct as refusal:
        if not AxesProxyHandler.is_allowed(request, {"username": person.get_username()}):
            return locked_out(request)
        saying.tell(request, refusal.sentence)
        return _ask(request)
    note_proof(request)
    return None


def _ask(request: HttpRequest) -> HttpResponse:
    """The page that holds what was asked for."""
    person = cast("User", request.user)
    held = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {_PROOF, "csrfmiddlewaretoken"}
    ]
    context = {"held": held, "by_code": has_second_factor(person)}
    return render(request, "accounts/pages/prove.html", context, status=_FORBIDDEN)
