"""How often the costly and the open doors may be used: by address, by person, by browser.

Counted in spans of time, over all processes of the site together (shared_counts.py): `kaoji serve` forks
them after this module is there. Behind another server each process counts for itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from kaoji.platform.middleware.client_address import address_of
from kaoji.platform.middleware.shared_counts import SharedCounts

COUNTS = SharedCounts()
_TOO_MANY = 429


@dataclass(frozen=True)
class Limit:
    """At most so *many* times in so many *seconds*."""

    name: str
    many: int
    seconds: int

    def spend(self, who: str) -> int:
        """Count one use; the seconds to wait where it is one too many, else 0."""
        now = int(time.time())
        ends = (now // self.seconds + 1) * self.seconds
        used = COUNTS.add(self._name(who, now), ends=ends, now=now)
        return ends - now if used > self.many else 0

    def is_spent(self, who: str) -> int:
        """The seconds to wait where no further use is left, else 0; counts nothing."""
        now = int(time.time())
        used = COUNTS.used(self._name(who, now), now=now)
        return self.seconds - now % self.seconds if used >= self.many else 0

    def _name(self, who: str, now: int) -> str:
        return f"{self.name}:{now // self.seconds}:{who}"


SIGN_IN_FAILURES = Limit("sign-in", 50, 900)
SURVEY_ANSWERS = Limit("survey", 20, 600)
SURVEY_ANSWERS_OF_A_BROWSER = Limit("survey-browser", 3, 3_600)
PUBLIC_SEARCHES = Limit("public-search", 60, 60)
PUBLIC_FILES = Limit("public-file", 30, 60)
PUBLIC_QUESTIONS = Limit("public-question", 300, 60)

View = Callable[..., HttpResponseBase]


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that says how long to wait, with status 429."""
    context = {"minutes": -(-seconds // 60), "seconds": seconds}
    response = render(request, "too_many.html", context, status=_TOO_MANY)
    response["Retry-After"] = str(seconds)
    return response


def limited(
    limit: Limit, *, when: Callable[[HttpRequest], bool] = lambda request: True
) -> Callable[[View], View]:
    """A view that one address may ask for so often; *when* says which requests count."""

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            seconds = limit.spend(address_of(request)) if when(request) else 0
            return too_many(request, seconds) if seconds else view(request, *args, **kwargs)

        return answer

    return around
