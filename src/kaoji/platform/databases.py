"""Which database: SQLite in the home folder, or PostgreSQL by one variable.

>>> database("postgresql://kaoji:secret@db.example:5433/kaoji")["HOST"]
'db.example'
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kaoji.core.speech import say
from kaoji.core.wrong_setting import WrongSetting
from kaoji.platform.home_folder import home


class UnknownDatabase(WrongSetting):
    """The address names no database that kaoji can use."""

    def __init__(self, what: str) -> None:
        super().__init__(
            say(
                "KAOJI_DATABASE_URL：“{what}”不是可用的数据库；请写 postgresql://用户:口令@主机/库名，或留空使用 SQLite",
                what=what,
            )
        )


def database(url: str | None) -> dict[str, Any]:
    """Django's settings for the database at *url*; SQLite without one. Raises UnknownDatabase."""
    if not url:
        return _sqlite()
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as wrong:
        raise UnknownDatabase(str(wrong)) from wrong
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise UnknownDatabase(parts.scheme or url.partition("@")[2] or "…")
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
