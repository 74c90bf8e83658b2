"""`kaoji serve`: the site behind waitress, and beside it a process that does its jobs.

waitress takes a request in whole before a thread is bound to it: clients that send two bytes and
wait hold none. Many thousands of them need a server in front (docs/guide/administering.md).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

import click

from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import say

# How many connections may be open; beyond it new ones wait.
_MOST_CONNECTIONS = 1_000
# A connection on which nothing moves is closed after so many seconds.
_IDLE_SECONDS, _CLEANUP_SECONDS = 20, 5
_LONGEST_HEAD = 64_000


@click.command(help=hear("启动网站；数据放在 KAOJI_HOME（默认在用户数据文件夹）。"))
@click.option("--host", default="127.0.0.1", show_default=True, help=hear("监听地址"))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=hear("端口")
)
@click.option(
    "--threads", default=16, show_default=True, type=click.IntRange(1, 64), help=hear("线程数")
)
@click.option(
    "--no-work", is_flag=True, help=hear("不在旁边启动作业进程（另有 kaoji work 时）")
)
@LANGUAGE_OPTION
def command(host: str, port: int, threads: int, no_work: bool) -> None:
    """Bring the database up to date and serve; the library learns meanwhile, in a process of its own."""
    from kaoji.cli.site import bring_up_to_date, require_port, set_up

    require_port(host, port)
    set_up()
    bring_up_to_date()
    subprocess.Popen([sys.executable, "-m", "kaoji", "manage", "fill_library"])
    run_server(host, port, threads=threads, with_work=not no_work)


def run_server(host: str, port: int, *, threads: int = 16, with_work: bool = True) -> None:
    """Serve until a signal ends it; requests that run are finished first."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from waitress import create_server

    behind_proxy = settings.HTTPS or settings.TRUSTED_PROXIES > 0
    try:
        server = create_server(
            get_wsgi_application(),
            host=host,
            port=port,
            threads=threads,
            connection_limit=_MOST_CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=_IDLE_SECONDS,
            cleanup_interval=_CLEANUP_SECONDS,
            max_request_header_size=_LONGEST_HEAD,
            max_request_body_size=settings.LARGEST_BODY,
            ident=None,
            # What a proxy says is looked at by our own middleware, which knows how many there are.
            clear_untrusted_proxy_headers=not behind_proxy,
        )
    except OSError as error:
        remark(
            say("不能在 {host}:{port} 上监听：{why}", host=host, port=port, why=error.strerror)
        )
        raise SystemExit(2) from error
    worker = _start_work() if with_work else None
    signal.signal(signal.SIGTERM, _end)
    sys.stdout.flush()
    try:
        server.run()
    finally:
        server.close()
        if worker is not None:
            worker.terminate()
            worker.wait()


def _start_work() -> subprocess.Popen[bytes]:
    """The processes that do jobs; they end when this one does."""
    arguments = [sys.executable, "-m", "kaoji", "work", "--beside", str(os.getpid())]
    return subprocess.Popen(arguments)  # noqa: S603 - our own interpreter


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Let what runs be finished."""
    raise SystemExit(0)
