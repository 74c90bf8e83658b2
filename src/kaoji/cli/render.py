"""`kaoji render`: forms become documents in the official layout."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import click

from kaoji.cli.files import COULD_NOT_READ, readings_of, write_out
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.declaration import Declaration
from kaoji.core.speech import say
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.render.formats import DATA, FORMATS, document
from kaoji.documents.render.sheet import UnableToWrite

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NO_TIME = (2000, 1, 1, 0, 0, 0)

Forms = Sequence[FormReading]


@click.command(
    help=hear("读取 FILE（- 为标准输入），写成 docx、xlsx、pdf、html、json 或记法文本。")
)
@click.argument("file", metavar="FILE")
@click.option("--to", "target", type=click.Choice(FORMATS), required=True, help=hear("写成"))
@click.option("-o", "--output", metavar="OUT", help=hear("写到文件；默认标准输出"))
@click.option("--each", is_flag=True, help=hear("每份表一个文件，装入一个 ZIP"))
@click.option(
    "--by-unit", is_flag=True, help=hear("每个单位一个文件（PDF 有目录），装入一个 ZIP")
)
@click.option(
    "--review",
    type=click.Choice(["general", "key"]),
    help=hear("写成绩效目标审核表：一般性项目或重点项目"),
)
@LANGUAGE_OPTION
def command(
    file: str, target: str, output: str | None, *, each: bool, by_unit: bool, review: str | None
) -> None:
    """Read one file and write all its forms, into one document or into several."""
    if each and by_unit:
        raise click.UsageError(hear("--each 和 --by-unit 只能选一个"))
    if review and target in DATA:
        raise click.UsageError(
            hear(say("审核表不能写成 {kind}；请选 docx、xlsx、pdf 或 html", kind=target))
        )
    [(_, reading)] = readings_of([file])
    if reading is None:
        raise SystemExit(COULD_NOT_READ)
    if not reading.forms:
        remark(say("{file}：没有找到申报表", file=file))
        raise SystemExit(COULD_NOT_READ)
    write_out(written(reading, target, each=each, by_unit=by_unit, review=review), output)


def written(
    reading: Reading,
    target: str,
    *,
    each: bool = False,
    by_unit: bool = False,
    review: str | None = None,
) -> str | bytes:
    """The forms as a document; where this machine cannot write it, say why and exit."""
    try:
        return _written(reading, target, each=each, by_unit=by_unit, review=review)
    except ModuleNotFoundError as missing:
        remark(
            say(
                "写 {kind} 文件需要安装 {module}（kaoji[office]）",
                kind=target,
                module=missing.name,
            )
        )
        raise SystemExit(COULD_NOT_READ) from missing
    except UnableToWrite as refusal:
        remark(refusal.sentence)
        raise SystemExit(COULD_NOT_READ) from refusal


def _written(
    reading: Reading, target: str, *, each: bool, by_unit: bool, review: str | None
) -> str | bytes:
    if each:
        parts = [(_name_of(item.form), _of(reading, [item])) for item in reading.forms]
        return _zipped(
            parts, lambda part: document(part, target, speak=hear, review=review), target
        )
    if by_unit:
        parts = [(unit, _of(reading, forms)) for unit, forms in _by_unit(reading.forms)]
        return _zipped(
            parts,
            lambda part: document(part, target, speak=hear, review=review, contents=True),
            target,
        )
    return document(reading, target, speak=hear, review=review)


def _of(reading: Reading, forms: Forms) -> Reading:
    return replace(reading, forms=tuple(forms), problems=())


def _by_unit(forms: Forms) -> Iterator[tuple[str, Forms]]:
    """The forms of each unit, units in the order in which they first stand."""
    units = list(dict.fromkeys(_unit_of(item.form) for item in forms))
    ordered = sorted(forms, key=lambda item: units.index(_unit_of(item.form)))
    for unit, group in groupby(ordered, lambda item: _unit_of(item.form)):
        yield unit, list(group)


def _unit_of(form: Declaration) -> str:
    return form.implementing_unit or form.department or ""


def _name_of(form: Declaration) -> str:
    return form.project_name or form.department or ""


def _zipped(
    parts: Sequence[tuple[str, Reading]], write: Callable[[Reading], str | bytes], target: str
) -> bytes:
    """A ZIP of documents, named by number and title; equal forms give equal bytes."""
    ending = {"notation": "txt"}.get(target, target)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (title, part) in enumerate(parts, start=1):
            name = _NOT_IN_NAMES.sub(" ", title)[:60].strip()
            entry = zipfile.ZipInfo(f"{number:02} {name}".strip() + f".{ending}", _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, write(part))
    return buffer.getvalue()
