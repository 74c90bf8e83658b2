"""`kaoji fix`: apply the safe corrections, show every change, and write the form back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click

from kaoji.cli.files import COULD_NOT_READ, readings_of, write_out
from kaoji.cli.render import written
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.declaration import Declaration
from kaoji.core.field_names import name_of
from kaoji.core.speech import say
from kaoji.documents.checking import check_reading
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.render.formats import FORMATS
from kaoji.rules.corrections import Mended, mend
from kaoji.rules.engine import Report


@click.command(help=hear("读取 FILE，改正可以放心改的写法，逐处列出，写回文件。"))
@click.argument("file", metavar="FILE")
@click.option(
    "--to",
    "target",
    type=click.Choice(FORMATS),
    default="notation",
    show_default=True,
    help=hear("写成"),
)
@click.option("-o", "--output", metavar="OUT", help=hear("写到文件；默认标准输出"))
@click.option("--diff", is_flag=True, help=hear("只列出改动和可选的改法，不写表"))
@LANGUAGE_OPTION
def command(file: str, target: str, output: str | None, *, diff: bool) -> None:
    """Mend one file. Changes are told on stderr, with `--diff` on stdout and nothing else."""
    [(_, reading)] = readings_of([file])
    if reading is None or not reading.forms:
        if reading is not None:
            remark(say("{file}：没有找到申报表", file=file))
        raise SystemExit(COULD_NOT_READ)
    mended = [_mended(item) for item in reading.forms]
    lines = [line for item, done in mended for line in _told(item, done, choices=diff)]
    if diff:
        write_out("\n".join(lines) or hear("没有可以改的地方"), output)
        return
    for line in lines:
        click.echo(line, err=True)
    forms = tuple(item for item, _ in mended)
    write_out(written(Reading(reading.source, forms, ()), target), output)


def _mended(item: FormReading) -> tuple[FormReading, list[Mended]]:
    def checked(form: Declaration) -> Report:
        return check_reading(replace(item, form=form))

    form, done = mend(item.form, checked)
    return replace(item, form=form), done


def _told(item: FormReading, done: list[Mended], *, choices: bool) -> Iterator[str]:
    name = item.form.project_name or "—"
    for change in done:
        yield f"{name} {hear(name_of(change.field, item.form))} {change.rule}"
        yield click.style(f"- {change.before}", fg="red")
        yield click.style(f"+ {change.after}", fg="green")
    if not choices:
        return
    for finding in check_reading(item).findings:
        options = [choice.text for choice in finding.finding.corrections if not choice.safe]
        if options:
            said = hear(say("可选（由人决定）：{options}", options=" | ".join(options)))
            yield f"{name} {hear(name_of(finding.field, item.form))} {finding.rule.id} {said}"
