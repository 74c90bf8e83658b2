"""Jobs that wait in the queue, as on a running site, until a test lets somebody do them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

QUEUE = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "reading"],
    }
}


@pytest.fixture
def do_jobs(settings) -> Callable[[], int]:
    """Do what waits, in this process; gives how many jobs that were. What is asked for another day waits on."""
    from django.db.models import Q
    from django.utils import timezone
    from django_tasks.base import TaskResultStatus as Status
    from django_tasks_db.models import DBTaskResult, get_date_max

    settings.TASKS = QUEUE

    def do() -> int:
        done = 0
        soon = Q(run_after__lte=timezone.now() + timedelta(days=1)) | Q(
            run_after=get_date_max()
        )
        while row := DBTaskResult.objects.filter(soon, status=Status.READY).first():
            row.claim("test")
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
            row.set_successful(None)
            done += 1
        return done

    return do
