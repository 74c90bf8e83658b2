"""Files handed out: to be saved, never to be shown by the browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

_BYTES = "application/octet-stream"


def as_file(content: bytes | str, name: str, media_type: str = _BYTES) -> HttpResponse:
    """The response that saves a file under its name, Chinese signs included."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
