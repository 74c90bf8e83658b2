"""`kaoji manage migrate`: Django's own, one process at a time."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from kaoji.platform.one_at_a_time import alone_with


class Command(migrate.Command):
    """Who comes second waits, and then finds nothing left to do."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with alone_with(connections[options["database"]]):
            super().handle(*args, **options)
