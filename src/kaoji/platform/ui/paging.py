"""Sums and counts that pages show: kept for a while, so that they are not added up for each page."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import QuerySet

from kaoji.platform.events.models import LogHead

# Whose name heads the pages.
OFFICE = "frame:office"
_HALF_A_MINUTE = 30


def for_half_a_minute(key: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What *compute* gives, kept for half a minute: sums over everything are not added up for each page."""
    if not settings.KEEPS_SUMS:
        return compute()
    name = _name_of(key)
    kept: dict[str, Any] | None = cache.get(name)
    if kept is None:
        kept = compute()
        cache.set(name, kept, _HALF_A_MINUTE)
    return kept


def until_something_happens(
    key: str, compute: Callable[[], dict[str, Any]], *, at: int | None = None
) -> dict[str, Any]:
    """The same, but never older than the last entry of the log, whoever wrote it and in whichever process.

    *at* is the number of that entry, for who knows it already.
    """
    if not settings.KEEPS_SUMS:
        return compute()
    number = last_entry() if at is None else at
    return for_half_a_minute(f"{key}@{number}", compute)


def last_entry() -> int:
    """The number of the last entry of the log, 0 before the first."""
    return LogHead.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0


def forget(key: str) -> None:
    """Compute it anew when it is asked for next."""
    cache.delete(_name_of(key))


def _name_of(key: str) -> str:
    return f"sums:{sha256(key.encode()).hexdigest()}"


def counted(found: QuerySet[Any], per_page: int, count: int) -> Paginator[Any]:
    """A paginator that takes the count as given."""
    paginator = Paginator(found, per_page)
    paginator.__dict__["count"] = count  # what its cached property would ask for
    return paginator
