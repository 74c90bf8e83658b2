"""Which database: SQLite in the home folder, or PostgreSQL by one variable.

>>> database("postgresql://kaoji:secret@db.example:5433/kaoji")["HOST"]
'db.example'
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from kaoji.records.home import home


class UnknownDatabase(ValueError):
    """The address names no database that kaoji can use."""

    def __init__(self, url: str) -> None:
        scheme = urlsplit(url).scheme
        super().__init__(
            f"KAOJI_DATABASE_URL: “{scheme}” 不是可用的数据库；请写 postgresql://用户:口令@主机/库名，或留空使用 SQLite"
        )


def database(url: str | None) -> dict[str, Any]:
    """Django's settings for the database at *url*; SQLite without one. Raises UnknownDatabase."""
    if not url:
        return _sqlite()
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise UnknownDatabase(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        # Our queries are short: compiling them would take longer than running them.
        "OPTIONS": {"options": "-c jit=off"},
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home() / "kaoji.sqlite3",
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
