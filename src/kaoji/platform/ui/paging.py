"""Pages of a list whose length is known already: it is not counted again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import QuerySet

# Whose name heads the pages, and where the log ends.
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
