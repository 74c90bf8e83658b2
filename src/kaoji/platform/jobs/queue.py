"""Ask for a job that does all there is to do, however often it is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django_tasks.base import Task
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult, get_date_max


def ask_once(job: Task[[], Any], *, within: timedelta) -> None:
    """Enqueue *job*, unless one waits already that begins as soon; call it inside the transaction that makes the work.

    The waiting one is locked until that transaction ends, so that nobody begins it without seeing
    what was written. It begins *within* so long, and does what gathered until then.
    """
    soon = Q(run_after__lte=timezone.now() + within) | Q(run_after=get_date_max())
    waiting = DBTaskResult.objects.filter(soon, task_path=job.module_path, status=Status.READY)
    if waiting.select_for_update(skip_locked=True).first() is not None:
        return
    if job.get_backend().supports_defer:
        job = job.using(run_after=timezone.now() + within)
    job.enqueue()
