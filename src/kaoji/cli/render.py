"""`kaoji render`: forms become documents in the official layout."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import click

from kaoji.cli.files import COULD_NOT_READ, readings_of, write_out
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core import notation
from kaoji.core.speech import say
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import reading_as_data
from kaoji.documents.render.html import render_html
from kaoji.documents.render.sheet import UnableToWrite

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NO_TIME = (2000, 1, 1, 0, 0, 0)

Writer = Callable[[Reading], str | bytes]


def _as_json(reading: Reading) -> str:
    return json.dumps(reading_as_data(reading, hear), ensure_ascii=False, indent=1)


def _as_docx(reading: Reading) -> bytes:
    from kaoji.documents.render.docx import render_docx

    return render_docx(reading.forms)


def _as_xlsx(reading: Reading) -> bytes:
    from kaoji.documents.render.xlsx import render_xlsx

    return render_xlsx(reading.forms)


def _as_pdf(reading: Reading) -> bytes:
    from kaoji.documents.render.pdf import render_pdf

    return render_pdf(reading.forms)


_WRITERS: dict[str, Writer] = {
    "docx": _as_docx,
    "xlsx": _as_xlsx,
    "pdf": _as_pdf,
    "html": lambda reading: render_html(reading.forms),
    "json": _as_json,
    "notation": lambda reading: notation.write_all(item.form for item in reading.forms),
}


@click.command(
    help=hear("读取 FILE（- 为标准输入），写成 docx、xlsx、pdf、html、json 或记法文本。")
)
@click.argument("file", metavar="FILE")
@click.option(
    "--to", "target", type=click.Choice(list(_WRITERS)), required=True, help=hear("写成")
)
@click.option("-o", "--output", metavar="OUT", help=hear("写到文件；默认标准输出"))
@click.option("--each", is_flag=True, help=hear("每份表一个文件，装入一个 ZIP"))
@LANGUAGE_OPTION
def command(file: str, target: str, output: str | None, *, each: bool) -> None:
    """Read one file and write all its forms, into one document or into one each."""
    [(_, reading)] = readings_of([file])
    if reading is None:
        raise SystemExit(COULD_NOT_READ)
    if not reading.forms:
        remark(say("{file}：没有找到申报表", file=file))
        raise SystemExit(COULD_NOT_READ)
    try:
        written = _each(reading, target) if each else _WRITERS[target](reading)
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
    write_out(written, output)


def _each(reading: Reading, target: str) -> bytes:
    """A ZIP with a document for each form, named by number and project; equal forms, equal bytes."""
    ending = {"notation": "txt"}.get(target, target)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, item in enumerate(reading.forms, start=1):
            written = _WRITERS[target](replace(reading, forms=(item,), problems=()))
            called = item.form.project_name or item.form.department or ""
            name = _NOT_IN_NAMES.sub(" ", called)[:60].strip()
            entry = zipfile.ZipInfo(f"{number:02} {name}".strip() + f".{ending}", _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, written)
    return buffer.getvalue()
