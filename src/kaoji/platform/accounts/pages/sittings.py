"""Sittings: when one ends by itself, which ones a person has, and what must be done before anything else.

A sitting that was idle too long, or lasted too long, ends. A password that somebody else gave is changed
first; whoever holds a role that needs a second factor sets one up first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.accounts.actions.second_factor import has_second_factor
from kaoji.platform.accounts.models import GivenPassword, SignIn
from kaoji.platform.middleware.client_address import address_of
from kaoji.platform.organisation.reach import appointments_in_force
from kaoji.platform.ui import saying

_BEGAN, _SEEN, PROVED, _GIVEN = "began_at", "seen_at", "proved_at", "password_was_given"
_NOTED_EVERY = timedelta(minutes=1)
_ALWAYS_OPEN = ("/account/", "/static/")


class SittingsMiddleware:
    """Looks at the sitting before the page does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        person: Any = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        now = timezone.now()
        if _is_over(request, now):
            end_sitting(request)
            saying.tell(request, say("登录已过期；请重新登录"))
            return redirect_to_login(request.get_full_path())
        _note(request, person, now)
        first = _needed_first(request, person)
        return redirect(first) if first else self.get_response(request)


@receiver(user_logged_in)
def begin_sitting(sender: object, request: HttpRequest, user: User, **_: object) -> None:
    """When it began, and whether the password was set by somebody else: a new one ends every sitting.

    It is listed, and idle, from now on: whoever never opens a page has one all the same.
    """
    _note(request, user, timezone.now())
    request.session[_GIVEN] = GivenPassword.objects.filter(person=user).exists()


def has_given_password(request: HttpRequest) -> bool:
    """Did somebody else set the password, so that nothing goes before another one?"""
    return bool(request.session.get(_GIVEN))


def forget_given_password(request: HttpRequest) -> None:
    """The person has chosen a password of their own."""
    request.session.pop(_GIVEN, None)


def end_sitting(request: HttpRequest) -> None:
    """Sign out here."""
    forget_sitting(request)
    logout(request)


def forget_sitting(request: HttpRequest) -> None:
    """The sitting is no longer among those of the person."""
    SignIn.objects.filter(session_key=request.session.session_key or "").delete()


def end_all_sittings(person: User, *, but: str | None = None) -> int:
    """End every sitting of a person, but the one with that key; gives how many there were."""
    ended = SignIn.objects.filter(person=person).exclude(session_key=but or "")
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.delete()
    return len(keys)


def sittings_of(person: User) -> list[SignIn]:
    """The sittings that go on, the one used last first."""
    still = Session.objects.filter(expire_date__gt=timezone.now())
    begun = timezone.now() - settings.SITTING_IDLE
    found = person.sign_ins.filter(seen_at__gt=begun - _noted_every())
    return list(found.filter(session_key__in=still.values("session_key")))


def _is_over(request: HttpRequest, now: datetime) -> bool:
    began, seen = request.session.get(_BEGAN), request.session.get(_SEEN)
    if began is None or seen is None:
        return False
    idle, length = now.timestamp() - seen, now.timestamp() - began
    return bool(
        idle > settings.SITTING_IDLE.total_seconds()
        or length > settings.SITTING_LENGTH.total_seconds()
    )


def _note(request: HttpRequest, person: User, now: datetime) -> None:
    """Note that the sitting is used, at most once a minute."""
    session = request.session
    if session.get(_SEEN, 0) + _noted_every().total_seconds() > now.timestamp():
        return
    session.setdefault(_BEGAN, now.timestamp())
    session[_SEEN] = now.timestamp()
    if not session.session_key:
        session.save()
    SignIn.objects.update_or_create(
        session_key=session.session_key,
        defaults={"seen_at": now, "person": person},
        create_defaults={
            "person": person,
            "address": address_of(request)[:45],
            "browser": request.headers.get("User-Agent", "")[:200],
            "began_at": now,
            "seen_at": now,
        },
    )


def _noted_every() -> timedelta:
    """Who clicks is never taken for idle, however short a sitting may be idle."""
    return min(_NOTED_EVERY, settings.SITTING_IDLE / 4)


def _needed_first(request: HttpRequest, person: User) -> str | None:
    """Where the person has to go before anything else."""
    if request.path_info.startswith(_ALWAYS_OPEN):
        return None
    if has_given_password(request):
        saying.tell(request, say("您的密码是别人设的；请先改成自己的密码"))
        return reverse("security")
    wanted = settings.SECOND_FACTOR_ROLES
    if wanted and not has_second_factor(person):
        held = appointments_in_force(localdate()).filter(person=person, role__in=wanted)
        if held.exists():
            saying.tell(request, say("您的角色须用两步验证；请先开启"))
            return reverse("security")
    return None
