"""`kaoji manage refresh_figures`: after an upgrade, make anew all that is derived from forms.

Columns and rows for lists, how every promise stands, the sums of places and years.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from kaoji.subjects.dashboards.queries import refresh_all, touch
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.derive import derive_again
from kaoji.subjects.self_evaluation.queries import refresh_standing


class Command(BaseCommand):
    """Refresh what dashboards read."""

    help = "Make anew what is derived: columns, rows, the standing of every promise, sums."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run at any time: nothing here is of record."""
        for declaration in Declaration.objects.defer("search_text").iterator():
            with transaction.atomic():
                derive_again(declaration)
        found = Declaration.objects.exclude(approved_revision=None).defer("search_text")
        for declaration in found.iterator():
            refresh_standing(declaration)
            touch(declaration.organisation_id, declaration.year)
        self.stdout.write(str(refresh_all()))
