"""`kaoji manage fill_library`: let the library of indicators learn what it does not know yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kaoji.subjects.declarations.actions.fill_library import fill_library


class Command(BaseCommand):
    """Fill the library."""

    help = "Learn from every declaration not yet learned from; safe to stop and to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Declaration by declaration: what was learned before an interruption stays."""
        fill_library()
