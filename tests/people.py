"""People and times for tests of the remembering half."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.models import User

from kaoji.actions.open_account import open_account

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
PASSWORD = "a long enough secret"


def person(role: str, username: str | None = None) -> User:
    """Somebody with a role."""
    return open_account(
        username or {"填报人": "tian", "审核人": "shen", "管理员": "guan"}[role],
        role=role,
        full_name=role,
        password=PASSWORD,
        acting_user=None,
        now=NOON,
    )
