"""`kaoji read`: documents become forms, with every doubt and repair; one file or ten thousand."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from kaoji.cli.batch import Item, Result, files_of, is_many, items_of, read_all
from kaoji.cli.files import (
    COULD_NOT_READ,
    READ,
    explanations_of,
    readings_of,
    reason_of,
    write_out,
)
from kaoji.cli.reading_text import as_notation, as_text, remark_problems
from kaoji.cli.voice import LANGUAGE_OPTION, hear, remark
from kaoji.core.canonical import digest
from kaoji.core.speech import say
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import VERSION, reading_as_data

_ENDINGS = {"text": "txt", "json": "json", "notation": "txt"}


@click.command(
    help=hear("读取 FILE…（文件、文件夹或 ZIP；- 为标准输入），写出申报表、存疑和修补。")
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "notation"]),
    default="text",
    show_default=True,
    help=hear("输出格式"),
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help=hear("写到文件；以 / 结尾或为文件夹时每份文件各写一份，中断后重来只读剩下的"),
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    show_default=True,
    help=hear("同时读取的进程数"),
)
@click.option(
    "--explain",
    is_flag=True,
    help=hear("逐行说明各格为什么这样读、有多大把握（只用于一份文件）"),
)
@LANGUAGE_OPTION
def command(
    files: tuple[str, ...], form: str, output: str | None, jobs: int, explain: bool
) -> None:
    """Read every document; exit 2 when one of them gave no form."""
    if explain:
        _explain(files, output)
    if not is_many(files):
        [(_, reading)] = readings_of(files)
        if reading is not None:
            remark_problems(reading)
            write_out(_written([reading], form, as_list=False), output)
        raise SystemExit(READ if reading is not None and reading.forms else COULD_NOT_READ)
    folder = (
        Path(output) if output and (output.endswith("/") or Path(output).is_dir()) else None
    )
    found = files_of(files)
    known = _kept_in(folder) if folder and form == "json" else None
    results = read_all(items_of(found), jobs=jobs, known=known or (lambda item: False))
    with _progress(len(found)) as bar:
        tally = _Tally()
        passed = tally.pass_on(_told(results, bar))
        if folder:
            for result in passed:
                if result.reading is not None:
                    _write_below(folder, result.item, result.reading, form)
        else:
            readings = [result.reading for result in passed if result.reading is not None]
            if readings:
                write_out(_written(readings, form, as_list=True), output)
    tally.tell()
    raise SystemExit(READ if tally.complete else COULD_NOT_READ)


def _explain(files: tuple[str, ...], output: str | None) -> None:
    """Print why the rows of one document are read so, and end."""
    if is_many(files):
        raise click.UsageError(hear("--explain 只用于一份文件"))
    [(_, sentences)] = explanations_of(files)
    if sentences is None:
        raise SystemExit(COULD_NOT_READ)
    told = sentences or [say("没有找到指标表")]
    write_out("".join(f"{hear(sentence)}\n" for sentence in told), output)
    raise SystemExit(READ if sentences else COULD_NOT_READ)


def _written(readings: list[Reading], form: str, *, as_list: bool) -> str:
    """In JSON one document for one file, a list for several, even if only one could be read."""
    if form == "notation":
        return as_notation(readings)
    if form == "text":
        return as_text(readings)
    data = [reading_as_data(reading, hear) for reading in readings]
    return json.dumps(data if as_list else data[0], ensure_ascii=False, indent=1)


def _progress(files: int) -> AbstractContextManager[Any]:
    """A progress bar over the files, on a terminal only."""
    if not sys.stderr.isatty():
        return nullcontext(None)
    return click.progressbar(length=files, label=hear("读取"), file=sys.stderr)


def _told(results: Iterable[Result], bar: Any) -> Iterator[Result]:
    """Say why a document could not be read, and draw how far we are."""
    file = ""
    for result in results:
        if bar is not None and result.item.file != file:
            bar.update(1)
            file = result.item.file
        if result.refusal:
            remark(say("{file}：{reason}", file=result.item.path, reason=result.refusal))
        elif result.reading is not None:
            remark_problems(result.reading)
        yield result


def _target(folder: Path, item: Item, form: str) -> Path:
    return folder / f"{item.place}.{_ENDINGS[form]}"


def _write_below(folder: Path, item: Item, reading: Reading, form: str) -> None:
    path = _target(folder, item, form)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remark(say("无法写入 {file}：{reason}", file=path, reason=reason_of(error)))
        raise SystemExit(COULD_NOT_READ) from error
    write_out(_written([reading], form, as_list=False), str(path))


def _kept_in(folder: Path) -> Callable[[Item], bool]:
    """Does the folder hold this document's reading already? Its SHA-256 tells."""

    def known(item: Item) -> bool:
        path = _target(folder, item, "json")
        if item.content is None or not path.is_file():
            return False
        try:
            data = json.loads(path.read_bytes())
            same: bool = data["source"]["sha256"] == digest(item.content)
        except (ValueError, KeyError, TypeError, OSError):
            return False
        return same and data.get("kaoji") == VERSION

    return known


class _Tally:
    """What was read, doubted and refused, told at the end."""

    def __init__(self) -> None:
        self.documents = self.forms = self.doubted = self.empty = 0
        self.refused = self.kept = 0
        self.rows: list[tuple[str, str]] = []

    @property
    def complete(self) -> bool:
        """Did every document give a form?"""
        return not (self.refused or self.empty) and bool(self.documents)

    def pass_on(self, results: Iterable[Result]) -> Iterator[Result]:
        """Count each result on its way."""
        for result in results:
            self.documents += 1
            self._count(result)
            yield result

    def _count(self, result: Result) -> None:
        path = result.item.path
        if result.kept:
            self.kept += 1
        elif result.reading is None:
            self.refused += 1
            self.rows.append((path, hear(say("拒绝：{reason}", reason=result.refusal))))
        elif not result.reading.forms:
            self.empty += 1
            self.rows.append((path, hear("没有表")))
        else:
            doubts = sum(len(form.doubts) for form in result.reading.forms)
            self.forms += len(result.reading.forms)
            if doubts:
                self.doubted += 1
                self.rows.append((path, hear(say("存疑 {count} 处", count=doubts))))

    def tell(self) -> None:
        """The table: what deserves a look, then the sums."""
        for path, what in self.rows:
            remark(f"{path}\t{what}")
        remark(
            say(
                "共 {documents} 份文件：读出 {forms} 份表；{doubted} 份文件有存疑，{empty} 份没有表，{refused} 份拒绝，{kept} 份上次已读",
                documents=self.documents,
                forms=self.forms,
                doubted=self.doubted,
                empty=self.empty,
                refused=self.refused,
                kept=self.kept,
            )
        )
