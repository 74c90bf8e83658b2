"""What the sign-in page offers beside a password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def offers(request: HttpRequest) -> dict[str, Any]:
    """For templates: is single sign-on set up?"""
    return {"single_sign_on": bool(settings.SINGLE_SIGN_ON)}
