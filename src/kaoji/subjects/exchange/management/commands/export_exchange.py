"""`kaoji manage export_exchange YEAR OUT.xlsx`: a year's promises in the tables of the integrated budget platform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kaoji.core.output import written_whole
from kaoji.core.speech import say
from kaoji.documents.exchange.workbook import workbook
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.languages import language_of, speaker
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.exchange.queries import filled


class Command(BaseCommand):
    """Export what was approved and reported of a year."""

    help = "Write a year's approved promises and their reports as exchange tables of 预算管理一体化."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year, where to, and of which place."""
        parser.add_argument("year", type=int)
        parser.add_argument("out", type=Path, help="a file that ends with .xlsx")
        parser.add_argument(
            "--place", default="", help="code or whole name of a place; with all below it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say how much is to be seen to."""
        out: Path = options["out"]
        speak = speaker(language_of())
        try:
            places = _places(options["place"])
            found = Declaration.objects.filter(organisation__in=places)
            told = filled(found, year=options["year"], places=places)
            with written_whole(out) as file:
                file.write(workbook(told.sheets, told.exchange, speak=speak))
        except UnableToAct as refusal:
            raise CommandError(speak(refusal.sentence), returncode=1) from refusal
        except OSError as error:
            why = error.strerror or str(error)
            refused = say("无法写入 {file}：{reason}", file=out, reason=why)
            raise CommandError(speak(refused), returncode=2) from error
        counted = say(
            "项目 {promises} 个，要补的 {remarks} 处（见“要补的”一表）",
            promises=told.promises,
            remarks=told.remarks,
        )
        self.stdout.write(speak(counted))


def _places(asked: str) -> list[Organisation]:
    """Every place, or the one that was asked for with all below it. Raises UnableToAct."""
    every = list(Organisation.objects.order_by("path"))
    if not asked:
        return every
    paths = [str(item.path) for item in every if asked in (item.code, item.name)]
    if len(paths) != 1:
        raise UnableToAct(
            say(
                "“{place}”指的不是一个机构，有 {count} 个；请写单位编码",
                place=asked,
                count=len(paths),
            )
            if paths
            else say("没有叫“{place}”或以它为编码的机构", place=asked)
        )
    return [item for item in every if item.is_within(paths[0])]
