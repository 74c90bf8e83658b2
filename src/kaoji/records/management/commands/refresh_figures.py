"""`kaoji manage refresh_figures`: after an upgrade, reckon how every promise stands and add it all up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kaoji.records.figures import refresh_all
from kaoji.records.models import Declaration
from kaoji.records.standings import refresh_standing


class Command(BaseCommand):
    """Refresh what dashboards read."""

    help = "Reckon the standing of every promise in force and the sums of places and years."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at any time: everything here is derived."""
        found = Declaration.objects.exclude(approved_revision=None).defer("search_text")
        for declaration in found.iterator():
            refresh_standing(declaration)
        self.stdout.write(str(refresh_all()))
