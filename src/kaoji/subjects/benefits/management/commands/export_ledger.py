"""`kaoji manage export_ledger OUT.zip OFFICE PROGRAMME --from 2023-07 --to 2023-09`: the proof of closed runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kaoji.benefits.months import UnreadableMonth, read_month
from kaoji.core.output import written_whole
from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.languages import language_of, speaker
from kaoji.subjects.benefits.actions.take_proof import closed_between, take_proof
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.queries.dossiers import flat_programmes


class Command(BaseCommand):
    """Export."""

    help = "Write the proof of closed runs; `kaoji ledger verify` recounts it offline."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and of which runs."""
        parser.add_argument("out", type=Path)
        parser.add_argument("office", help="the name of the office that pays")
        parser.add_argument("programme", help=", ".join(flat_programmes()))
        parser.add_argument("--from", dest="first", required=True, metavar="2023-07")
        parser.add_argument("--to", dest="last", metavar="2023-09", help="default: one month")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it whole, or not at all."""
        out: Path = options["out"]
        try:
            runs = _runs(options)
            with written_whole(out) as file:
                take_proof(runs, file, acting_user=None, now=timezone.now())
        except (UnableToAct, UnreadableMonth) as refusal:
            raise _refused(refusal.sentence) from refusal
        except OSError as error:
            why = error.strerror or str(error)
            raise _refused(say("无法写入 {file}：{reason}", file=out, reason=why)) from error
        self.stdout.write(speaker(language_of())(say("已写出 {count} 个批次", count=len(runs))))


def _runs(options: dict[str, Any]) -> list[Run]:
    place = Organisation.objects.filter(name=options["office"]).first()
    if place is None:
        raise UnableToAct(say("没有登记“{name}”", name=options["office"]))
    if options["programme"] not in flat_programmes():
        known = "、".join(flat_programmes())
        raise UnableToAct(
            say("没有项目“{name}”；可以选 {known}", name=options["programme"], known=known)
        )
    first = read_month(options["first"])
    last = read_month(options["last"]) if options["last"] else first
    return closed_between(place, options["programme"], first, last)


def _refused(sentence: Sentence) -> CommandError:
    return CommandError(speaker(language_of())(sentence), returncode=2)
