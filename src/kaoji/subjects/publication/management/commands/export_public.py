"""`kaoji manage export_public OUT`: all that is public, as CSV files that describe themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kaoji.core.output import written_whole
from kaoji.core.speech import say
from kaoji.documents.data_package.writing import UnableToPlace, write_folder, write_zip
from kaoji.standards.languages import language_of, speaker
from kaoji.subjects.publication.queries.open_data import about, entries_of, promises
from kaoji.subjects.publication.queries.published import published


class Command(BaseCommand):
    """Export what everybody may see."""

    help = "Write all public data as a data package: into a folder, or as one ZIP."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("out", type=Path, help="a folder, or a file that ends with .zip")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it; the same records give the same bytes."""
        out: Path = options["out"]
        speak = speaker(language_of())
        entries = entries_of(published().order_by("pk"))
        told = about(entries)
        try:
            if out.suffix.lower() == ".zip":
                with written_whole(out) as file:
                    write_zip(file, promises(entries), told)
            else:
                write_folder(out, promises(entries), told)
        except UnableToPlace as refusal:
            raise CommandError(speak(refusal.sentence), returncode=2) from refusal
        except OSError as error:
            why = error.strerror or str(error)
            refused = say("无法写入 {file}：{reason}", file=out, reason=why)
            raise CommandError(speak(refused), returncode=2) from error
        self.stdout.write(speak(say("公开的项目 {count} 个", count=len(entries))))
