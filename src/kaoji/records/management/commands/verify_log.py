"""`kaoji manage verify_log`: recompute the event log and everything it vouches for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kaoji.core.speech import say
from kaoji.records.event_log import BrokenChain, verify_chain
from kaoji.standards.languages import language_of, speaker


class Command(BaseCommand):
    """Say how many events hold, or where the chain is broken (exit code 1)."""

    help = "Recompute the hash chain of all events, revisions and documents."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify."""
        speak = speaker(language_of())
        try:
            count = verify_chain()
        except BrokenChain as broken:
            raise CommandError(speak(broken.sentence)) from broken
        self.stdout.write(speak(say("{count} 条事件完整无误", count=count)))
