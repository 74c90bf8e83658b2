"""`kaoji manage export_audit OUT.zip`: everything that an auditor recomputes, in open formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from kaoji.audit.package import write_package
from kaoji.core.output import written_whole
from kaoji.core.speech import say
from kaoji.platform.events.audit_export import evidence, schema, tables
from kaoji.platform.events.event_log import last_hash
from kaoji.standards.languages import language_of, speaker


class Command(BaseCommand):
    """Export."""

    help = "Write an audit export; `kaoji audit verify` recomputes it offline."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it whole, or not at all."""
        out: Path = options["out"]
        try:
            self._write(out)
        except OSError as error:
            told = say(
                "无法写入 {file}：{reason}", file=out, reason=error.strerror or str(error)
            )
            raise CommandError(speaker(language_of())(told), returncode=2) from error
        self.stdout.write(speaker(language_of())(say("日志末端 {hash}", hash=last_hash())))

    def _write(self, out: Path) -> None:
        alone = connection.vendor == "postgresql" and not connection.in_atomic_block
        with written_whole(out) as file, transaction.atomic():
            if alone:  # one moment, however long it takes
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            day = timezone.localdate().isoformat()
            write_package(file, schema(), tables(), evidence(), made_on=day)
