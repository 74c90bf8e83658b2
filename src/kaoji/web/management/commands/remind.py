"""`kaoji manage remind`: tell people that a window closes soon. Run it once a day by a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from kaoji.actions.remind import remind
from kaoji.core.speech import say
from kaoji.web.saying import spoken


class Command(BaseCommand):
    """Remind."""

    help = "Remind people of windows that close soon."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many days ahead."""
        parser.add_argument("--days", type=int, default=3)

    def handle(self, *args: Any, **options: Any) -> None:
        """Leave the notices and say how many."""
        count = remind(days=options["days"], now=timezone.now())
        self.stdout.write(spoken(say("提醒了 {count} 次", count=count)))
