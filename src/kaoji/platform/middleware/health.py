"""Is the site alive, and may it be sent work? For a proxy, a container or a monitor that asks; nobody signs in for it.

`/healthz` says that the process answers. `/readyz` says whether the database can be reached, is migrated, and a
worker is alive: 200 when all of it is so, else 503, with the answer to each as JSON and nothing else of the installation.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from kaoji.platform.jobs.guard import SILENT_AFTER
from kaoji.platform.jobs.models import Heartbeat

_ALIVE, _READY = "/healthz", "/readyz"
_NOT_READY = 503


class HealthMiddleware:
    """Answers before all others: whoever asks by the machine's own address is answered too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two addresses; hand everything else on."""
        if request.path_info == _ALIVE:
            return _unkept(HttpResponse("ok\n", content_type="text/plain"))
        if request.path_info == _READY:
            found = readiness()
            status = 200 if all(found.values()) else _NOT_READY
            return _unkept(JsonResponse(found, status=status))
        return self.get_response(request)


def readiness() -> dict[str, bool]:
    """Can the database be reached, is it migrated, is a worker alive?"""
    found = {"database": False, "migrated": False, "worker": False}
    try:
        executor = MigrationExecutor(connection)
        found["database"] = True
        found["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if found["migrated"]:
            since = timezone.now() - SILENT_AFTER
            found["worker"] = Heartbeat.objects.filter(at__gt=since).exists()
    except (DatabaseError, OSError):
        pass
    return found


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
