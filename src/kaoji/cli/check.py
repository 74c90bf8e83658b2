"""`kaoji check`: read documents and run the rules over their forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from kaoji.cli.files import (
    COULD_NOT_READ,
    FOUND_ERRORS,
    READ,
    readings_of,
    with_progress,
    write_out,
)
from kaoji.cli.options import FORMAT_OPTION, REGION_OPTION, YEAR_OPTION
from kaoji.cli.places import where_in
from kaoji.cli.reading_text import remark_problems
from kaoji.cli.voice import CLOSING, COLON, LANGUAGE_OPTION, OPENING, hear
from kaoji.core.field_names import name_of
from kaoji.core.finding import Outcome, Severity
from kaoji.core.money import Money, UnreadableAmount
from kaoji.core.speech import say
from kaoji.documents.checking import check_readings
from kaoji.documents.reading import FormReading
from kaoji.rules.check_json import Tally, check_as_json
from kaoji.rules.engine import Report, RuleFinding
from kaoji.rules.gist import gist

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "blue"}
_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.HINT: "提示"}


def _amount(_: click.Context, __: click.Parameter, text: str | None) -> Money | None:
    """An amount of money as people write it."""
    try:
        return Money.parse(text) if text else None
    except UnreadableAmount as error:
        raise click.BadParameter(hear(error.sentence)) from error


@click.command(help=hear("读取 FILE…（- 为标准输入），按当年当地的规则检查。"))
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@FORMAT_OPTION
@YEAR_OPTION
@REGION_OPTION
@click.option(
    "--previous", metavar="FILE", help=hear("上年的申报表或自评表，用来比较目标和资金")
)
@click.option(
    "--approved",
    metavar="FILE",
    help=hear("批复的申报表，用来核对自评表、监控表的指标和目标值"),
)
@click.option(
    "--department-budget",
    metavar="AMOUNT",
    callback=_amount,
    help=hear("部门项目预算合计，例如 5638.94万元；各表合计应与它相等"),
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=hear("列出全部结果；否则每行只列一条，每份表先列十条，错误都列"),
)
@click.option("-o", "--output", metavar="OUT", help=hear("写到文件"))
@LANGUAGE_OPTION
def command(
    files: tuple[str, ...],
    form: str,
    year: int | None,
    region: str | None,
    previous: str | None,
    approved: str | None,
    department_budget: Money | None,
    everything: bool,
    output: str | None,
) -> None:
    """Check every form; exit 1 when errors were found, 2 when a file gave no form."""
    with with_progress(list(files)) as paths:
        results = list(readings_of(paths))
    readings = [reading for _, reading in results if reading is not None]
    for reading in readings:
        remark_problems(reading)
    forms = [form for reading in readings for form in reading.forms]
    checked = _Checked(
        forms,
        check_readings(
            forms,
            earlier=_forms_of(previous),
            approved=_forms_of(approved),
            department_budget=department_budget,
            year=year,
            region=region,
        ),
    )
    if forms or form == "json":
        write_out(
            checked.as_json() if form == "json" else checked.as_text(everything=everything),
            output,
        )
    if len(readings) < len(files) or not all(reading.forms for reading in readings):
        raise SystemExit(COULD_NOT_READ)
    if forms and checked.tally.unjudged == len(forms):
        raise SystemExit(COULD_NOT_READ)
    raise SystemExit(FOUND_ERRORS if checked.tally.counts["error"] else READ)


def _forms_of(file: str | None) -> tuple[FormReading, ...]:
    """The forms to compare with; a file that cannot be read has been told and stops the check."""
    if file is None:
        return ()
    [(_, reading)] = readings_of([file])
    if reading is None:
        raise SystemExit(COULD_NOT_READ)
    return reading.forms


class _Checked:
    """Forms on their way through the rules to the output, one after another; the sums come last."""

    def __init__(self, forms: list[FormReading], reports: Iterable[Report]) -> None:
        self._forms, self._reports = forms, reports
        self.tally = Tally()

    def _counted(self) -> Iterator[tuple[FormReading, Report]]:
        for item, report in zip(self._forms, self._reports, strict=True):
            self.tally.add(report)
            yield item, report

    def as_json(self) -> Iterator[str]:
        checked = (
            (item.form.project_name, report, item.place_of) for item, report in self._counted()
        )
        yield from check_as_json(checked, self.tally, hear)

    def as_text(self, *, everything: bool) -> Iterator[str]:
        for number, (item, report) in enumerate(self._counted(), start=1):
            name = item.form.project_name or hear("（没有项目名称）")
            lines = [click.style(f"{number}. {name}", bold=True)]
            told, left = (report.findings, 0) if everything else gist(report.findings)
            lines += [line for finding in told for line in _finding_lines(finding, item)]
            if left:
                lines.append(
                    f"   {hear(say('另有 {count} 条，加 --all 全部列出', count=left))}"
                )
            lines += [
                f"   {hear('待核对')} {hear(name_of(doubt.field, item.form))}{COLON}{hear(doubt.reason)}"
                for doubt in item.doubts
            ]
            yield "\n".join([*lines, "", ""])
        total = say(
            "{forms} 份表：{error} 处错误，{warning} 处提醒，{hint} 处提示，{undecided} 处无法判断",
            forms=len(self._forms),
            **self.tally.counts,
        )
        yield "\n".join([hear(total), *_unasked_line(self.tally.unasked), ""])


def _unasked_line(unasked: set[str]) -> Iterator[str]:
    """Which rules were not asked, so that silence is not taken for approval."""
    if unasked:
        told = say(
            "{count} 条规则缺少对照材料，未检查：{rules}",
            count=len(unasked),
            rules=" ".join(sorted(unasked)),
        )
        yield hear(told)


def _finding_lines(item: RuleFinding, reading: FormReading) -> Iterator[str]:
    where = where_in(reading.place_of(item.field)) or hear(name_of(item.field))
    if item.outcome is Outcome.UNDECIDED:
        level = click.style(hear("无法判断"), fg="magenta")
    else:
        level = click.style(hear(_NAMES[item.severity]), fg=_COLOURS[item.severity])
    yield f"   {level} {item.rule.id} {_cell_name(item, reading)}{hear(item.message)}{OPENING}{where}{CLOSING}"
    if item.suggestion:
        yield click.style(f"        → {hear(item.suggestion)}", dim=True)


def _cell_name(item: RuleFinding, reading: FormReading) -> str:
    """The indicator's name, unless the message already says it."""
    about = item.finding.about
    if isinstance(about, str) or about.name in str(item.message):
        return ""
    return f"{about.name}{COLON}"
