"""`kaoji render`: forms become documents in the official layout."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

from kaoji.cli.files import COULD_NOT_READ, readings_of, write_out
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core import notation
from kaoji.core.speech import say
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import reading_as_data
from kaoji.documents.render.html import render_html
from kaoji.documents.render.sheet import UnableToWrite

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
@LANGUAGE_OPTION
def command(file: str, target: str, output: str | None) -> None:
    """Read one file and write all its forms."""
    [(_, reading)] = readings_of([file])
    if reading is None:
        raise SystemExit(COULD_NOT_READ)
    if not reading.forms:
        remark(say("{file}：没有找到申报表", file=file))
        raise SystemExit(COULD_NOT_READ)
    try:
        written = _WRITERS[target](reading)
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
