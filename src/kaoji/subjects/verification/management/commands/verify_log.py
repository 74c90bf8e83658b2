"""`kaoji manage verify_log`: is everything in the database what the log says?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kaoji.core.speech import say
from kaoji.platform.events.event_log import last_hash
from kaoji.platform.events.models import Event
from kaoji.platform.jobs.routines import VERIFY, note
from kaoji.standards.languages import language_of, speaker
from kaoji.subjects.verification.queries.verifying import differences, told


class Command(BaseCommand):
    """Say how many events hold, or every difference (exit code 1)."""

    help = "Recompute the log and compare every row, state and file with it."

    def add_arguments(self, parser: CommandParser) -> None:
        """A hash that was kept."""
        parser.add_argument(
            "--known",
            metavar="HASH",
            help="a hash kept from before; it must still be in the log",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify."""
        speak = speaker(language_of())
        found, more = told(differences(options["known"]))
        note(VERIFY, at=timezone.now(), well=not found)
        for sentence in found:
            self.stderr.write(speak(sentence))
        if found:
            count = f"{len(found)}+" if more else str(len(found))
            raise CommandError(speak(say("差异 {count} 处", count=count)), returncode=1)
        self.stdout.write(
            speak(say("{count} 条事件完整无误，各表与之相符", count=Event.objects.count()))
        )
        self.stdout.write(speak(say("日志末端 {hash}", hash=last_hash())))
