"""Signing in: name and password, then, for whoever has a second factor, its code."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kaoji.platform.accounts.actions.second_factor import (
    MustWait,
    WrongCode,
    has_second_factor,
    require_code,
)
from kaoji.platform.accounts.pages.forms import SignInForm
from kaoji.platform.accounts.pages.proving import note_proof
from kaoji.platform.accounts.pages.sittings import forget_sitting
from kaoji.platform.middleware.client_address import address_of
from kaoji.platform.middleware.limits import SIGN_IN_FAILURES, too_many
from kaoji.platform.ui import saying

_WAITING = "waits_for_second_factor"
_PATIENCE, _FORBIDDEN = 300, 403


class SignInView(LoginView):
    """The first step; a person with a second factor is not signed in by it."""

    template_name = "accounts/pages/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An address from which many passwords were guessed waits, whatever the names."""
        seconds = SIGN_IN_FAILURES.is_spent(address_of(request))
        return too_many(request, seconds) if seconds else super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """The password was wrong."""
        SIGN_IN_FAILURES.spend(address_of(self.request))
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        """The password was right."""
        person: User = form.get_user()
        if not has_second_factor(person):
            response = super().form_valid(form)
            note_proof(self.request)
            return response
        self.request.session.cycle_key()
        self.request.session[_WAITING] = {
            "person": person.pk,
            "backend": getattr(person, "backend", ""),
            "since": timezone.now().timestamp(),
            "next": self.get_success_url(),
        }
        return redirect("second-factor")


class SignOutView(LogoutView):
    """The sitting ends, and is no longer among those of the person."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        forget_sitting(request)
        return super().post(request, *args, **kwargs)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: the code, within five minutes of the password."""
    waiting: dict[str, Any] = request.session.get(_WAITING, {})
    late = timezone.now().timestamp() - waiting.get("since", 0) > _PATIENCE
    person = User.objects.filter(pk=waiting.get("person", 0), is_active=True).first()
    if person is None or late:
        request.session.pop(_WAITING, None)
        return redirect("sign-in")
    if request.method != "POST":
        return render(request, "accounts/pages/second_factor.html")
    try:
        require_code(person, request.POST.get("code", ""), now=timezone.now())
    except WrongCode as refusal:
        saying.tell(request, refusal.sentence)
        response = render(request, "accounts/pages/second_factor.html", status=_FORBIDDEN)
        if isinstance(refusal, MustWait):
            response.status_code = 429
            response["Retry-After"] = str(refusal.seconds)
        return response
    del request.session[_WAITING]
    login(request, person, backend=waiting["backend"])
    note_proof(request)
    return redirect(waiting["next"])
