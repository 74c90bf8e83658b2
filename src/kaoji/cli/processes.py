"""Several processes that serve one socket: forked, watched, begun again when one dies, ended together."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import NoReturn

from kaoji.cli.voice import remark
from kaoji.core.speech import say

_LOOK_EVERY = 0.5
# How long requests that run may take to finish when all ends.
_PATIENCE = 15.0
# Who dies so soon after its beginning would die again; after so many in a row nobody begins another.
_SOON, _MOST_IN_A_ROW = 5.0, 6


def usual_count() -> int:
    """A process for each core, at most four."""
    mine = getattr(os, "sched_getaffinity", None)
    return min(len(mine(0)) if mine else os.cpu_count() or 1, 4)


def keep_running(count: int, serve: Callable[[], None]) -> None:
    """Run *serve* in so many processes until a signal comes; the caller lets SIGTERM raise SystemExit.

    Processes that die again and again as soon as they begin are not begun for ever: SystemExit.
    """
    running = {_forked(serve): time.monotonic() for _ in range(count)}
    in_a_row = 0
    try:
        while True:
            time.sleep(_LOOK_EVERY)
            for process in [item for item in running if _has_ended(item)]:
                lived = time.monotonic() - running.pop(process)
                in_a_row = in_a_row + 1 if lived < _SOON else 0
                if in_a_row == _MOST_IN_A_ROW:
                    remark(say("网站进程一开始就意外结束，已停止；原因见上面的出错信息"))
                    raise SystemExit(1)
                remark(say("一个网站进程意外结束，已另起一个"))
                running[_forked(serve)] = time.monotonic()
    except KeyboardInterrupt:
        pass
    finally:
        _end(set(running))


def _forked(serve: Callable[[], None]) -> int:
    """A process that serves and then ends; its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    process = os.fork()
    return process or _serve_and_leave(serve, parent)


def _serve_and_leave(serve: Callable[[], None], parent: int) -> NoReturn:
    """Serve; never come back to what the parent was doing."""
    ended = 0
    try:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        serve()
    except (SystemExit, KeyboardInterrupt):
        pass
    except BaseException:
        traceback.print_exc()
        ended = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended)


def _end_with(parent: int) -> None:
    """End this process when the one that forked it was killed."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


def _has_ended(process: int) -> bool:
    return os.waitpid(process, os.WNOHANG)[0] == process


def _end(running: set[int]) -> None:
    """Ask all to finish what they do; kill who takes too long. A further signal changes nothing."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for process in running:
        os.kill(process, signal.SIGTERM)
    left, until = set(running), time.monotonic() + _PATIENCE
    while left and time.monotonic() < until:
        left = {process for process in left if not _has_ended(process)}
        time.sleep(_LOOK_EVERY / 10)
    for process in left:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
