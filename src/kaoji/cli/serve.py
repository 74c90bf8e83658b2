"""`kaoji serve`: the site, behind gunicorn."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from kaoji.cli.voice import LANGUAGE_OPTION, hear


@click.command(help=hear("启动网站；数据放在 KAOJI_HOME（默认在用户数据文件夹）。"))
@click.option("--host", default="127.0.0.1", show_default=True, help=hear("监听地址"))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=hear("端口")
)
@click.option(
    "--threads", default=8, show_default=True, type=click.IntRange(1, 64), help=hear("线程数")
)
@LANGUAGE_OPTION
def command(host: str, port: int, threads: int) -> None:
    """Bring the database up to date and serve; the library learns meanwhile, in a process of its own."""
    from kaoji.cli.site import set_up

    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    subprocess.Popen([sys.executable, "-m", "kaoji", "manage", "fill_library"])
    run_server(host, port, threads=threads)


def run_server(host: str, port: int, *, threads: int = 8) -> None:
    """Become a gunicorn process; never returns."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    arguments = [
        sys.executable, "-m", "gunicorn", "kaoji.config.wsgi",
        "--bind", address, "--workers", "1", "--threads", str(threads),
        "--timeout", "120", "--log-level", "warning",
    ]  # fmt: skip
    sys.stdout.flush()
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter, no shell
