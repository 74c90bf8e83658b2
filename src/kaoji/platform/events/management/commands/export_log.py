"""`kaoji manage export_log`: the event log as lines of JSON, for whoever wants to verify it.

Each line is one event with everything that its hash covers; `scripts/verify_log.py`, which
needs nothing but Python, recomputes the chain.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from kaoji.platform.events.audit_export import events


class Command(BaseCommand):
    """Write every event, oldest first."""

    help = "Write the event log as lines of JSON, oldest first."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write."""
        for line in events():
            self.stdout.write(json.dumps(line, ensure_ascii=False))
