"""The process that does jobs, one after another, until it is told to end."""

from __future__ import annotations

import secrets
import threading

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from kaoji.platform.jobs.guard import beat, sweep
from kaoji.platform.jobs.models import Heartbeat

# How often an idle process looks for work, in seconds.
_INTERVAL = 0.25


def work(*, until_empty: bool = False) -> None:
    """Do the jobs of the queue; with *until_empty* end when there is none left."""
    name = f"kaoji-{secrets.token_hex(8)}"
    ended = threading.Event()
    Heartbeat.objects.create(worker=name, at=timezone.now())
    sweep(now=timezone.now())
    threading.Thread(target=beat, args=(name, ended), daemon=True).start()
    worker = Worker(
        queue_names=["*"],
        interval=_INTERVAL,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    try:
        worker.run()
    finally:
        ended.set()
        Heartbeat.objects.filter(worker=name).delete()
