"""Work: does anybody do the jobs, do they succeed, did what is due every day happen?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Min
from django.utils.timezone import localtime
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from kaoji.core.speech import Sentence, say
from kaoji.platform.health.line import Line, broken, doubtful, fine
from kaoji.platform.jobs.guard import SILENT_AFTER
from kaoji.platform.jobs.models import Heartbeat
from kaoji.platform.jobs.routines import BACKUP, REMIND, last_of

_WORKER, _JOBS, _BACKUP, _REMIND = say("作业进程"), say("作业"), say("备份"), say("催办")
_LONG, _TOO_LONG = timedelta(minutes=10), timedelta(hours=2)
_DAYS = timedelta(days=2)


@dataclass(frozen=True)
class Queue:
    """How the queue stands; *oldest* is how long the job waits that should have begun first."""

    waiting: int
    running: int
    failed: int
    oldest: timedelta


def queue(now: datetime) -> Queue:
    """The queue as it is now; a job that waits for its hour does not count as late."""
    rows = DBTaskResult.objects
    since = rows.ready().aggregate(first=Min("enqueued_at"))["first"]
    return Queue(
        rows.filter(status=Status.READY).count(),
        rows.filter(status=Status.RUNNING).count(),
        rows.filter(status=Status.FAILED).count(),
        max(now - since, timedelta(0)) if since else timedelta(0),
    )


def workers(now: datetime) -> int:
    """How many processes that do jobs are alive."""
    return Heartbeat.objects.filter(at__gt=now - SILENT_AFTER).count()


def look_at_work(now: datetime) -> Iterator[Line]:
    """Workers, their queue, and the routines of the day; nothing where the database tells nothing."""
    try:
        lines = [_worker(now), _jobs(now), _routine(BACKUP, now), _routine(REMIND, now)]
    except DatabaseError:
        return  # told by the lines of the database
    yield from lines


def _worker(now: datetime) -> Line:
    alive = workers(now)
    if not alive:
        return broken(
            "work.worker", _WORKER, say("没有在运行的"),
            say("启动 kaoji work，或不带 --no-work 的 kaoji serve；看它的日志为何结束"),
        )  # fmt: skip
    return fine("work.worker", _WORKER, say("{count} 个在运行", count=alive))


def _jobs(now: datetime) -> Line:
    found = queue(now)
    told: Sentence = say(
        "等待 {waiting}，进行 {running}，失败 {failed}，最久等了 {minutes} 分钟",
        waiting=found.waiting, running=found.running, failed=found.failed,
        minutes=int(found.oldest.total_seconds() // 60),
    )  # fmt: skip
    if found.oldest > _TOO_LONG:
        return broken("work.jobs", _JOBS, told, say("作业没有人做；请看作业进程的日志"))
    if found.failed:
        cure = say("在“管理”的“Task Results”里看失败的原因；改好后重新提交，或删去那一条")
        return doubtful("work.jobs", _JOBS, told, cure)
    if found.oldest > _LONG:
        cure = say("多开作业进程：kaoji work --processes N")
        return doubtful("work.jobs", _JOBS, told, cure)
    return fine("work.jobs", _JOBS, told)


_ROUTINES = {
    BACKUP: (_BACKUP, say("用定时器每天运行 kaoji backup，并把文件拷到别的机器")),
    REMIND: (_REMIND, say("用定时器每天运行 kaoji manage remind")),
}


def _routine(name: str, now: datetime) -> Line:
    title, cure = _ROUTINES[name]
    run = last_of(name)
    if run is None:
        return doubtful(f"work.{name}", title, say("还没有做过"), cure)
    told = say("上一次 {day}", day=f"{localtime(run.at):%Y-%m-%d %H:%M}")
    if name == BACKUP and not run.well:
        return broken(
            f"work.{name}", title, say("{last}，没有办成", last=told),
            say("再运行一次 kaoji backup，看它说什么（磁盘、权限、pg_dump）；办成以前没有新的备份"),
        )  # fmt: skip
    if not run.well or now - run.at > _DAYS:
        told = told if run.well else say("{last}，没有办成", last=told)
        return doubtful(f"work.{name}", title, told, cure)
    return fine(f"work.{name}", title, told)
