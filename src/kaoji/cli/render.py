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

_WRITERS: dict[str, Callable[[Reading], str]] = {
    "html": lambda reading: render_html(item.form for item in reading.forms),
    "json": lambda reading: json.dumps(
        reading_as_data(reading, hear), ensure_ascii=False, indent=1
    ),
    "notation": lambda reading: notation.write_all(item.form for item in reading.forms),
}


@click.command(help=hear("读取 FILE（- 为标准输入），写成 html、json 或记法文本。"))
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
    write_out(_WRITERS[target](reading), output)
