"""Who asks."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from kaoji.platform.accounts.actions.access_key import recognise_key
from kaoji.platform.accounts.models import AccessKey


class KeyDoor(HttpBearer):
    """`Authorization: Bearer kaoji_…`; the request is answered as its person is entitled to."""

    openapi_bearerFormat = "kaoji_…"  # noqa: N815 - OpenAPI's own name

    def authenticate(self, request: HttpRequest, token: str) -> AccessKey | None:
        """The key, or None for one that does not hold."""
        return recognise_key(token, now=timezone.now())


def key_of(request: HttpRequest) -> AccessKey:
    """The key that the door recognised."""
    key: AccessKey = request.auth  # type: ignore[attr-defined]
    return key
