"""Pages of a list whose length is known already: it is not counted again."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet


def counted(found: QuerySet[Any], per_page: int, count: int) -> Paginator[Any]:
    """A paginator that takes the count as given."""
    paginator = Paginator(found, per_page)
    paginator.__dict__["count"] = count  # what its cached property would ask for
    return paginator
