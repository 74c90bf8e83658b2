"""Which database: SQLite in the home folder, or PostgreSQL by one variable.

>>> database("postgresql://kaoji:secret@db.example:5433/kaoji")["HOST"]
'db.example'
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kaoji.core.speech import Sentence, say
from kaoji.core.wrong_setting import WrongSetting
from kaoji.platform.home_folder import home

_SCHEMES = {"postgresql", "postgres"}
# A word before :// is nobody's password; whatever else stands in an address may be.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.ASCII | re.IGNORECASE)
_NOT_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})", re.ASCII)


class UnknownDatabase(WrongSetting):
    """The address names no database that kaoji can use; its sentence never repeats what may be of a password."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(
            say(
                "数据库地址（KAOJI_DATABASE_URL）不能用：{why}；请写 postgresql://用户:口令@主机/库名，或留空使用 SQLite",
                why=why,
            )
        )


def database(url: str | None) -> dict[str, Any]:
    """Django's settings for the database at *url*; SQLite without one. Raises WrongSetting."""
    if not url:
        return _sqlite()
    parts, port = _parts(url)
    _require_driver()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": _options(parts.query),
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _parts(url: str) -> tuple[SplitResult, str]:
    """The address in its parts, and its port. Raises UnknownDatabase."""
    scheme = _SCHEME.match(url)
    if scheme is None:
        raise UnknownDatabase(say("不是 postgresql:// 开头的地址"))
    if scheme[1].lower() not in _SCHEMES:
        raise UnknownDatabase(say("{scheme} 不是 PostgreSQL", scheme=scheme[1]))
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as wrong:
        raise _hidden_signs() from wrong
    # A sign that was not encoded ends the host before the password does.
    behind_host = f"{parts.path}{parts.query}"
    if parts.fragment or "@" in behind_host or _NOT_ENCODED.search(parts.netloc):
        raise _hidden_signs()
    if not parts.path.strip("/"):
        raise UnknownDatabase(say("没有写库名"))
    return parts, port


def _hidden_signs() -> UnknownDatabase:
    return UnknownDatabase(
        say(
            "端口不是数字，或用户名、口令里有没有转写的符号（/ 写成 %2F，? 写成 %3F，# 写成 %23，@ 写成 %40，"
            "方括号写成 %5B、%5D，百分号写成 %25）"
        )
    )


def _require_driver() -> None:
    """Whoever names PostgreSQL has what speaks to it. Raises WrongSetting."""
    try:
        import psycopg  # noqa: F401 - whether it is there, and can be loaded
    except ImportError as missing:
        raise WrongSetting(
            say("连 PostgreSQL 要用 psycopg，这里不能用（{why}）；请安装：pip install 'kaoji[postgres]'",
                why=" ".join(str(missing).split())[:200])
        ) from missing  # fmt: skip


def _options(query: str) -> dict[str, str]:
    """The parameters of the address (sslmode, sslrootcert, connect_timeout …), handed on to the driver."""
    said = dict(parse_qsl(query, keep_blank_values=True))
    # Our queries are short: compiling them would take longer than running them.
    options = " ".join(filter(None, [said.pop("options", ""), "-c jit=off"]))
    return {**said, "options": options}


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "kaoji.platform.sqlite",
        "NAME": home() / "kaoji.sqlite3",
        "ATOMIC_REQUESTS": False,
        # To open it means to read what tables there are: longer than many a query.
        "CONN_MAX_AGE": 60,
        # Said because ours is not the engine of which tests know that it can.
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
