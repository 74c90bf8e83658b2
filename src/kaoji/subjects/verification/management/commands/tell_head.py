"""`kaoji manage tell_head`: carry the head of the log out of the database. Run it once a day by a timer."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kaoji.core.speech import say
from kaoji.platform.events.event_log import last_hash
from kaoji.platform.events.models import Event
from kaoji.platform.notices.actions.notify import send_mails
from kaoji.platform.ui.saying import spoken

try:
    import syslog
except ImportError:  # not every system has one
    syslog = None  # type: ignore[assignment]


class Command(BaseCommand):
    """Say the head: here, in the system's log, and by mail where people are named who keep it."""

    help = (
        "Print the head of the log, write it to the system log, mail it to KAOJI_LOG_KEEPERS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell it; exit code 1 where mail could not be sent."""
        line = spoken(
            say(
                "{at} 事件 {count} 条，日志末端 {hash}",
                at=timezone.localtime().isoformat(timespec="minutes"),
                count=Event.objects.count(),
                hash=last_hash(),
            )
        )
        self.stdout.write(line)
        if syslog is not None:
            syslog.openlog("kaoji")
            syslog.syslog(syslog.LOG_NOTICE, line)
        if not settings.LOG_KEEPERS:
            return
        if not settings.EMAIL_HOST:
            raise CommandError(spoken(say("没有邮件服务器；请写明 KAOJI_MAIL")), returncode=1)
        try:
            send_mails(line, settings.LOG_KEEPERS)
        except (OSError, SMTPException) as error:
            told = say("日志末端没有寄出：{why}", why=str(error))
            raise CommandError(spoken(told), returncode=1) from error
