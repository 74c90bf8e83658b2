"""What was made for one person is kept by nobody's cache: pages, files and answers of the API."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_API = "/api/"


class PrivateAnswersMiddleware:
    """Forbids keeping every answer to somebody who is signed in, or who speaks by a key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        person = getattr(request, "user", None)
        if request.path_info.startswith(_API) or (
            person is not None and person.is_authenticated
        ):
            response["Cache-Control"] = "no-store"
        return response
