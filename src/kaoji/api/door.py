"""Who asks, in which language, and how a refusal is told."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from kaoji.actions.access_key import recognise_key
from kaoji.actions.enter_spendings import UnableToImport
from kaoji.actions.permission import NotPermitted, UnableToAct
from kaoji.core.speech import Sentence
from kaoji.records.models import AccessKey
from kaoji.standards.languages import speaker

_FORBIDDEN, _CONFLICT = 403, 409


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


def told(request: HttpRequest, sentence: Sentence) -> str:
    """A sentence in the language that the request prefers: English where it says so, else Chinese."""
    wish = request.headers.get("Accept-Language", "").strip().lower()
    return speaker("en" if wish.startswith("en") else "zh")(sentence)


def refusal(request: HttpRequest, reason: UnableToAct) -> tuple[int, dict[str, object]]:
    """Status and body of a refused action: every fault, so that all can be mended at once."""
    faults = reason.refusals if isinstance(reason, UnableToImport) else (reason.sentence,)
    status = _FORBIDDEN if isinstance(reason, NotPermitted) else _CONFLICT
    return status, {"faults": [told(request, fault) for fault in faults]}
