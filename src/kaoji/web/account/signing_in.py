"""Signing in: name and password, then, for whoever has a second factor, its code."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import match_token

from kaoji.actions.second_factor import WrongCode, has_second_factor
from kaoji.web import saying
from kaoji.web.account.forms import SignInForm

_WAITING = "waits_for_second_factor"
_PATIENCE, _FORBIDDEN = 300, 403


class SignInView(LoginView):
    """The first step; a person with a second factor is not signed in by it."""

    template_name = "account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """The password was right."""
        person: User = form.get_user()
        if not has_second_factor(person):
            return super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[_WAITING] = {
            "person": person.pk,
            "backend": getattr(person, "backend", ""),
            "since": timezone.now().timestamp(),
            "next": self.get_success_url(),
        }
        return redirect("second-factor")


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
        return render(request, "account/second_factor.html")
    device = match_token(person, request.POST.get("code", "").strip())
    if device is None:
        saying.tell(request, WrongCode().sentence)
        return render(request, "account/second_factor.html", status=_FORBIDDEN)
    del request.session[_WAITING]
    login(request, person, backend=waiting["backend"])
    return redirect(waiting["next"])
