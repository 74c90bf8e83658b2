"""The admin's own sign-in page would ask for a password alone; everybody goes through ours."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


@login_not_required
def admin_door(request: HttpRequest) -> HttpResponse:
    """To our sign-in page and back; who is signed in already may not enter the admin."""
    if request.user.is_authenticated:
        raise PermissionDenied
    back = urlencode({"next": reverse("admin:index")})
    return redirect(f"{reverse('sign-in')}?{back}")
