"""`kaoji work`: processes that do the jobs of the queue, watched and started again when one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click

from kaoji.cli.voice import LANGUAGE_OPTION, hear

# At most two documents are read at once on one machine.
_PROCESSES = 2
_LOOK_EVERY = 1.0
_PATIENCE = 10.0


@click.command(help=hear("处理排队的作业：读取上传的文件、发邮件。serve 和 demo 会自带一个。"))
@click.option(
    "--processes",
    default=_PROCESSES,
    show_default=True,
    type=click.IntRange(1, 16),
    help=hear("进程数；每个一次读一份文件"),
)
@click.option("--until-empty", is_flag=True, help=hear("队列空了就结束"))
@click.option("--beside", type=int, hidden=True, help="end with the process of this number")
@click.option("--alone", is_flag=True, hidden=True, help="be one of the processes")
@LANGUAGE_OPTION
def command(processes: int, until_empty: bool, beside: int | None, alone: bool) -> None:
    """Start the processes and watch them; with --until-empty do what there is, here."""
    if alone or until_empty:
        from kaoji.cli.site import require_migrated, set_up

        set_up()
        require_migrated()
        from kaoji.platform.jobs.worker import work

        work(until_empty=until_empty)
        return
    if beside is None:  # else the site has looked at its database already
        from kaoji.cli.site import require_migrated, set_up

        set_up()
        require_migrated()
    _watch(processes, beside)


def _watch(count: int, beside: int | None) -> None:
    """Keep so many processes running until a signal, or the end of the process beside."""
    signal.signal(signal.SIGTERM, _end)
    running = [_start() for _ in range(count)]
    try:
        while beside is None or os.getppid() == beside:
            time.sleep(_LOOK_EVERY)
            running = [item if item.poll() is None else _start() for item in running]
    except KeyboardInterrupt:
        pass
    finally:
        for item in running:
            item.terminate()
        for item in running:
            try:
                item.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                item.kill()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "kaoji", "work", "--alone"])


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
