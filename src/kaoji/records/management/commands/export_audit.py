"""`kaoji manage export_audit OUT.zip`: everything that an auditor recomputes, in open formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from kaoji.audit.package import write_package
from kaoji.records.audit_export import evidence, schema, tables


class Command(BaseCommand):
    """Export."""

    help = "Write an audit export; `kaoji audit verify` recomputes it offline."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it whole, or not at all."""
        out: Path = options["out"]
        part = out.with_name(f"{out.name}.part")
        alone = connection.vendor == "postgresql" and not connection.in_atomic_block
        with transaction.atomic(), part.open("wb") as file:
            if alone:  # one moment, however long it takes
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            day = timezone.localdate().isoformat()
            write_package(file, schema(), tables(), evidence(), made_on=day)
        part.replace(out)
