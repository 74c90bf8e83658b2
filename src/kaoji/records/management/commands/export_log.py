"""`kaoji manage export_log`: the event log as lines of JSON, for whoever wants to verify it.

Each line is one event with everything that its hash covers; `scripts/verify_log.py`, which
needs nothing but Python, recomputes the chain.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any

from django.core.management.base import BaseCommand

from kaoji.records.models import Event


class Command(BaseCommand):
    """Write every event, oldest first."""

    help = "Write the event log as lines of JSON, oldest first."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write."""
        for event in Event.objects.order_by("sequence").iterator():
            line = {
                "sequence": event.sequence,
                "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "actor": event.actor_id,
                "type": event.type,
                "declaration": event.declaration_id,
                "intake": event.intake_id,
                "payload": event.payload,
                "previous_hash": event.previous_hash,
                "hash": event.hash,
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))
