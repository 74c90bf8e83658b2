"""`kaoji move --to postgresql://…`: everything into an empty PostgreSQL, compared on both sides and verified there."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from kaoji.cli.voice import LANGUAGE, LANGUAGE_OPTION, hear, remark
from kaoji.core.speech import Sentence, say

_DIFFERS, _REFUSED = 1, 2
_TARGET = "target"


@click.command(
    help=hear("把全部数据搬进空的 PostgreSQL：逐行比对，再在那边核验；原来的数据库不变。")
)
@click.option(
    "--to",
    "address",
    required=True,
    envvar="KAOJI_MOVE_TO",
    metavar="URL",
    help=hear("postgresql://用户:口令@主机/库名；也可放在环境变量 KAOJI_MOVE_TO 里"),
)
@LANGUAGE_OPTION
def command(address: str) -> None:
    """Move; exit 1 when the target does not agree with its log, 2 when nothing was moved."""
    from kaoji.cli.site import about_database, require_own_database, set_up

    set_up()
    from django.core.management import call_command
    from django.db import DatabaseError, connections
    from django.utils import timezone

    from kaoji.platform.moving import UnableToMove, move, require_ready, require_sqlite

    try:
        require_sqlite("default")
        require_own_database()
        _add_target(address)
        connections[_TARGET].ensure_connection()
        require_ready("default", _TARGET, now=timezone.now())
        call_command("migrate", database=_TARGET, verbosity=0)
        moved = move("default", _TARGET)
    except UnableToMove as refusal:
        _stop(refusal.sentence)
    except DatabaseError as error:
        _stop(about_database(error, connections[_TARGET].vendor))
    click.echo(
        hear(say("已搬 {tables} 张表、{rows} 行，逐行比对一致；末条校验值 {hash}", tables=moved.tables,
                 rows=moved.rows, hash=moved.last_hash))
    )  # fmt: skip
    if not _holds_there(address, moved.last_hash):
        raise SystemExit(_DIFFERS)
    click.echo(
        hear(
            say(
                "在那边逐条核验无误；请把 KAOJI_DATABASE_URL 设为这个地址，密钥和数据文件夹照旧"
            )
        )
    )


def _add_target(address: str) -> None:
    """Let Django know the other database."""
    from django.db import connections

    from kaoji.core.wrong_setting import WrongSetting
    from kaoji.platform.databases import database

    try:
        connections.settings[_TARGET] = connections.configure_settings(
            {"default": database(address)}
        )["default"]
    except WrongSetting as wrong:
        _stop(wrong.sentence)


def _holds_there(address: str, known_hash: str) -> bool:
    """Verify the target as a site would find it, in a process of its own; its words are passed on."""
    program = [sys.executable, "-m", "kaoji", "manage", "verify_log"]
    known = ["--known", known_hash] if known_hash.strip("0") else []
    environment = {**os.environ, "KAOJI_DATABASE_URL": address, "LC_ALL": _locale()}
    return subprocess.run([*program, *known], env=environment).returncode == 0  # noqa: S603 - our own words


def _locale() -> str:
    return "en" if LANGUAGE == "en" else "zh"


def _stop(sentence: Sentence) -> None:
    remark(sentence)
    raise SystemExit(_REFUSED)
