"""`/metrics`: the figures of the installation as Prometheus reads them.

Whoever asks from the machine itself, not through a proxy, is answered; others bring `KAOJI_METRICS_TOKEN` as
`Authorization: Bearer …`. For everybody else there is no such address.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kaoji import __version__
from kaoji.platform.events.models import LogHead
from kaoji.platform.health.folder import free_bytes, size_of
from kaoji.platform.health.work import queue, workers
from kaoji.platform.jobs.models import Routine
from kaoji.platform.middleware.request_figures import BOUNDS, FIGURES, RequestFigures

_ADDRESS = "/metrics"
_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_OF_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
Sample = tuple[str, Mapping[str, str], float]


class MetricsMiddleware:
    """Stands before all others, so that it sees what a proxy said before anybody believes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the one address to who may ask; hand everything else on."""
        if request.path_info != _ADDRESS or not _may_ask(request):
            return self.get_response(request)
        told = "".join(exposition(timezone.now(), FIGURES))
        return HttpResponse(told, content_type=_TYPE, headers={"Cache-Control": "no-store"})


def _may_ask(request: HttpRequest) -> bool:
    token, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if token and secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    host = request.META.get("HTTP_HOST", "").rpartition(":")[0] or request.META.get(
        "HTTP_HOST", ""
    )
    through_proxy = any(name in request.META for name in _OF_PROXIES)
    return not through_proxy and all(map(_is_here, (request.META.get("REMOTE_ADDR", ""), host)))


def _is_here(name: str) -> bool:
    """Is it this machine's own address?

    >>> [_is_here(name) for name in ("127.0.0.1", "localhost", "[::1]", "10.0.0.7", "")]
    [True, True, True, False, False]
    """
    try:
        return name == "localhost" or ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def exposition(now: datetime, figures: RequestFigures) -> Iterator[str]:
    """All figures, a family after another."""
    yield from _family("kaoji_info", "gauge", "The version that answers.",
                       [("", {"version": __version__, "database": connection.vendor}, 1)])  # fmt: skip
    yield from _of_requests(figures)
    try:
        of_database = list(_of_database(now))
    except DatabaseError:
        of_database = []
    yield from _family("kaoji_database_up", "gauge", "1 when the database answers.",
                       [("", {}, float(bool(of_database)))])  # fmt: skip
    yield from of_database
    yield from _family("kaoji_disk_free_bytes", "gauge", "Room left where the home folder is.",
                       [("", {}, free_bytes())])  # fmt: skip


def _of_requests(figures: RequestFigures) -> Iterator[str]:
    yield from _family(
        "kaoji_requests_total", "counter", "Requests answered since the site was started.",
        [("", {"method": method, "status": status}, count)
         for method, status, count in figures.answered()],
    )  # fmt: skip
    counts, seconds = figures.durations()
    bounds = [*(f"{bound:g}" for bound in BOUNDS), "+Inf"]
    samples: list[Sample] = [
        ("_bucket", {"le": bound}, count) for bound, count in zip(bounds, counts, strict=True)
    ]
    samples += [("_sum", {}, seconds), ("_count", {}, counts[-1])]
    yield from _family(
        "kaoji_request_seconds", "histogram", "How long an answer took in the site.", samples
    )


def _of_database(now: datetime) -> Iterator[str]:
    found = queue(now)
    head = LogHead.objects.filter(pk=1).first()
    states = {"waiting": found.waiting, "running": found.running, "failed": found.failed}
    yield from _family("kaoji_jobs", "gauge", "Jobs in the queue.",
                       [("", {"state": state}, count) for state, count in states.items()])  # fmt: skip
    yield from _family("kaoji_oldest_job_seconds", "gauge", "How long the job waits that is due longest.",
                       [("", {}, found.oldest.total_seconds())])  # fmt: skip
    yield from _family("kaoji_workers", "gauge", "Processes that do jobs and are alive.",
                       [("", {}, workers(now))])  # fmt: skip
    yield from _family("kaoji_events_total", "counter", "Entries of the log.",
                       [("", {}, head.sequence if head else 0)])  # fmt: skip
    yield from _family("kaoji_database_bytes", "gauge", "What the database takes, in bytes.",
                       [("", {}, _database_bytes())])  # fmt: skip
    routines = list(Routine.objects.order_by("name"))
    yield from _family("kaoji_routine_last_seconds", "gauge", "When a routine was last done, as Unix time.",
                       [("", {"routine": item.name}, item.at.timestamp()) for item in routines])  # fmt: skip
    yield from _family("kaoji_routine_well", "gauge", "1 when the routine ended well that time.",
                       [("", {"routine": item.name}, item.well) for item in routines])  # fmt: skip


def _database_bytes() -> int:
    if connection.vendor == "sqlite":
        return size_of(settings.DATABASES["default"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _family(name: str, kind: str, told: str, samples: Iterable[Sample]) -> Iterator[str]:
    """A family of figures: what it is, of which kind, and its samples."""
    yield f"# HELP {name} {told}\n# TYPE {name} {kind}\n"
    for end, labels, value in samples:
        said = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{end}{f'{{{said}}}' if said else ''} {_number(value)}\n"


def _escaped(text: Any) -> str:
    return str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
