"""`kaoji manage remind`: tell people that a window closes soon. Run it once a day by a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kaoji.core.speech import say
from kaoji.platform.jobs.routines import REMIND, note
from kaoji.platform.ui.saying import spoken
from kaoji.subjects.review.actions.remind import remind


class Command(BaseCommand):
    """Remind."""

    help = "Remind people of windows that close soon."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many days ahead."""
        parser.add_argument("--days", type=int, default=3)

    def handle(self, *args: Any, **options: Any) -> None:
        """Leave the notices and say how many."""
        done = remind(days=options["days"], now=timezone.now())
        note(REMIND, at=timezone.now(), well=not done.failed)
        told = say(
            "今天提醒 {count} 人次，发出邮件 {mailed} 封",
            count=done.notices,
            mailed=done.mailed,
        )
        self.stdout.write(spoken(told))
        if done.failed:
            failed = say(
                "{count} 封邮件没有发出，下次运行时再发：{people}",
                count=len(done.failed),
                people="；".join(done.failed),
            )
            raise CommandError(spoken(failed), returncode=1)
