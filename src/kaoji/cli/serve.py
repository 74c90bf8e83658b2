"""`kaoji serve`: the site behind waitress in several processes, and beside them one that does its jobs.

waitress takes a request in whole before a thread is bound to it: clients that send two bytes and
wait hold none. Many thousands of them need a server in front (docs/guide/administering.md).
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

import click

from kaoji.cli.processes import keep_running, usual_count
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

# How many connections may be open; beyond it new ones wait.
_MOST_CONNECTIONS = 1_000
# A connection on which nothing moves is closed after so many seconds.
_IDLE_SECONDS, _CLEANUP_SECONDS = 20, 5
_LONGEST_HEAD = 64_000
# What a job may take to come to its next safe place when all ends.
_PATIENCE_WITH_WORK = 30.0
# How long a thread may run while others want to, in seconds: one that writes comes back to its turn
# after every statement, and all who write wait for it.
_TURN_OF_A_THREAD = 0.0005


@click.command(help=hear("启动网站；数据放在 KAOJI_HOME（默认在用户数据文件夹）。"))
@click.option("--host", default="127.0.0.1", show_default=True, help=hear("监听地址"))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=hear("端口")
)
@click.option(
    "--threads",
    default=16,
    show_default=True,
    type=click.IntRange(1, 64),
    help=hear("每个进程的线程数"),
)
@click.option(
    "--processes",
    default=usual_count,
    show_default=hear("核数，至多 4"),
    type=click.IntRange(1, 64),
    help=hear("网站的进程数"),
)
@click.option(
    "--no-work", is_flag=True, help=hear("不在旁边启动作业进程（另有 kaoji work 时）")
)
@LANGUAGE_OPTION
def command(host: str, port: int, threads: int, processes: int, no_work: bool) -> None:
    """Bring the database up to date and serve; the library learns meanwhile, in a process of its own."""
    from kaoji.cli.site import bring_up_to_date, require_port, set_up

    require_port(host, port)
    set_up()
    bring_up_to_date()
    subprocess.Popen([sys.executable, "-m", "kaoji", "manage", "fill_library"])
    run_server(host, port, threads=threads, processes=processes, with_work=not no_work)


def run_server(
    host: str,
    port: int,
    *,
    threads: int = 16,
    processes: int | None = None,
    with_work: bool = True,
) -> None:
    """Serve until a signal ends it; requests that run are finished first."""
    from django.db import connections

    from kaoji.cli.site import require_web_server

    require_web_server()
    sockets = _listen(host, port)
    _collect_static()
    application = _application()
    worker = _start_work() if with_work else None
    signal.signal(signal.SIGTERM, _end)
    sys.stdout.flush()
    serve = partial(_serve, application, sockets, threads)
    try:
        if (processes or usual_count()) == 1:
            serve()
        else:
            connections.close_all()  # no connection is shared
            gc.collect()
            gc.freeze()  # what is there already stays in memory that is shared
            keep_running(processes or usual_count(), serve)
    finally:
        if worker is not None:
            worker.terminate()
            try:
                worker.wait(_PATIENCE_WITH_WORK)
            except subprocess.TimeoutExpired:
                worker.kill()


def _application() -> WSGIApplication:
    """The site, with all its pages read: processes that are forked have them, and count together."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    from kaoji.platform.below_prefix import below

    application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - imports every page
    return below(settings.PREFIX, application)


def _collect_static() -> None:
    """Pictures, styles and scripts get names by their content; where that cannot be, plain ones serve."""
    from django.conf import settings

    from kaoji.platform.static_files import collect_static_files

    try:
        collect_static_files()
    except OSError as error:
        remark(
            say("静态文件写不进 {folder}（{why}）；照常提供，只是没有压缩", folder=settings.STATIC_ROOT,
                why=error.strerror or str(error))
        )  # fmt: skip


def _listen(host: str, port: int) -> list[socket.socket]:
    """The sockets of an address, one for each way that it can be reached."""
    sockets = []
    try:
        flags = socket.AI_PASSIVE
        for family, kind, protocol, _, address in dict.fromkeys(
            socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
        ):
            one = socket.socket(family, kind, protocol)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
            one.listen(_MOST_CONNECTIONS)
            sockets.append(one)
    except OSError as error:
        remark(
            say("不能在 {host}:{port} 上监听：{why}", host=host, port=port, why=error.strerror)
        )
        raise SystemExit(2) from error
    return sockets


def _serve(application: WSGIApplication, sockets: list[socket.socket], threads: int) -> None:
    """Answer what comes in, in this process."""
    from django.conf import settings
    from waitress import create_server

    sys.setswitchinterval(_TURN_OF_A_THREAD)
    server = create_server(
        application,
        sockets=sockets,
        threads=threads,
        connection_limit=_MOST_CONNECTIONS,
        asyncore_use_poll=True,
        channel_timeout=_IDLE_SECONDS,
        cleanup_interval=_CLEANUP_SECONDS,
        max_request_header_size=_LONGEST_HEAD,
        max_request_body_size=settings.LARGEST_BODY,
        ident=None,
        # What a proxy says is looked at by our own middleware, which knows how many there are and takes it away;
        # that there is one of which nobody told us must be seen, too: /metrics is not for who comes through it.
        clear_untrusted_proxy_headers=False,
    )
    try:
        server.run()
    finally:
        server.close()


def _start_work() -> subprocess.Popen[bytes]:
    """The processes that do jobs; they end when this one does."""
    arguments = [sys.executable, "-m", "kaoji", "work", "--beside", str(os.getpid())]
    return subprocess.Popen(arguments)  # noqa: S603 - our own interpreter


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Let what runs be finished."""
    raise SystemExit(0)
