"""A job is done once; one that failed is tried again, and not for ever."""

from __future__ import annotations

import pytest
from django_tasks import task
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kaoji.platform.jobs.guard import MOST_TRIES

pytestmark = pytest.mark.django_db
_done: list[str] = []


@task
def note(what: str) -> None:
    _done.append(what)


@task
def break_down() -> None:
    raise RuntimeError("bad luck")


def worked() -> DBTaskResult:
    """Let a worker do the job that waits, as `kaoji work` would."""
    row = DBTaskResult.objects.get(status=Status.READY)
    row.claim("a worker")
    Worker(
        queue_names=["*"], interval=1, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="a worker", excluded_queue_names=[],
    ).run_task(row)  # fmt: skip
    row.refresh_from_db()
    return row


def test_a_job_that_succeeded_is_not_done_again(do_jobs):
    _done.clear()
    note.enqueue("甲")

    assert worked().status == Status.SUCCESSFUL
    assert _done == ["甲"]


def test_a_job_that_failed_is_tried_again_later_and_then_given_up(do_jobs):
    break_down.enqueue()

    tries = [worked() for _ in range(MOST_TRIES)]

    assert [row.status for row in tries] == [Status.READY] * (MOST_TRIES - 1) + [Status.FAILED]
    assert all(row.run_after is not None for row in tries[:-1])
