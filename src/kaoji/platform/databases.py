"""Which database: SQLite in the home folder, or PostgreSQL by one variable.

>>> database("postgresql://kaoji:secret@db.example:5433/kaoji")["HOST"]
'db.example'
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from kaoji.core.speech import Sentence, say
from kaoji.core.wrong_setting import WrongSetting
from kaoji.platform.addresses import UnreadableAddress, parts_of
from kaoji.platform.home_folder import home

_SCHEMES = ("postgresql", "postgres")


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
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _parts(url: str) -> tuple[SplitResult, int | None]:
    """The address in its parts, and its port. Raises UnknownDatabase."""
    try:
        parts, port = parts_of(url, _SCHEMES)
    except UnreadableAddress as wrong:
        raise UnknownDatabase(wrong.sentence) from None
    if not parts.path.strip("/"):
        raise UnknownDatabase(say("没有写库名"))
    return parts, port


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
