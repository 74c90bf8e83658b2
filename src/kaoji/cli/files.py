"""Files in and out of the command line: opened with a sentence, written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypeVar

import click

from kaoji.cli.voice import hear, remark
from kaoji.core.speech import Sentence, say
from kaoji.documents.guarded.process import read_guarded
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES
from kaoji.documents.reading import Reading

READ, FOUND_ERRORS, COULD_NOT_READ = 0, 1, 2

Item = TypeVar("Item")

_PROGRESS_FROM = 5


def readings_of(paths: Iterable[str]) -> Iterator[tuple[str, Reading | None]]:
    """Read each file; for one that cannot be read, say why on stderr and give None."""
    for path in paths:
        try:
            yield path, read_guarded(bytes_of(path), name=name_of(path))
        except UnreadableDocument as refusal:
            remark(say("{file}：{reason}", file=path, reason=refusal.sentence))
            yield path, None
        except OSError as error:
            remark(say("{file}：{reason}", file=path, reason=reason_of(error)))
            yield path, None


def with_progress(items: list[Item]) -> AbstractContextManager[Iterable[Item]]:
    """Draw a progress bar over many items, on a terminal only."""
    if len(items) < _PROGRESS_FROM or not sys.stderr.isatty():
        return nullcontext(items)
    return click.progressbar(items, label=hear("读取"), file=sys.stderr)


def write_out(written: str | bytes, target: str | None) -> None:
    """Write to *target*, or to stdout for None and `-`; a file appears whole or not at all."""
    if target in {None, "-"}:
        click.echo(written, nl=isinstance(written, str) and not written.endswith("\n"))
        return
    content = click.unstyle(written).encode() if isinstance(written, str) else written
    path = Path(target or "")
    try:
        _replace(path, lambda file: file.write_bytes(content))
    except OSError as error:
        remark(say("无法写入 {file}：{reason}", file=target, reason=reason_of(error)))
        raise SystemExit(COULD_NOT_READ) from error


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def bytes_of(path: str) -> bytes:
    """The content of a file, or of standard input for `-`. Raises DocumentTooLarge, OSError."""
    if path == "-":
        return _bounded(sys.stdin.buffer.read(MAX_BYTES + 1))
    file = Path(path)
    if file.is_dir():
        raise IsADirectoryError(path)
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise DocumentTooLarge(size, MAX_BYTES)
    with file.open("rb") as stream:
        return _bounded(stream.read(MAX_BYTES + 1))


def _bounded(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(len(content), MAX_BYTES)
    return content


def name_of(path: str) -> str:
    """What the document is called."""
    return "stdin" if path == "-" else Path(path).name


def reason_of(error: OSError) -> Sentence:
    """Why a file could not be opened or written."""
    known: dict[type[OSError], Sentence] = {
        FileNotFoundError: say("没有这个文件"),
        IsADirectoryError: say("这是文件夹；请给出文件"),
        PermissionError: say("没有读写权限"),
    }
    for kind, sentence in known.items():
        if isinstance(error, kind):
            return sentence
    return say("{detail}", detail=error.strerror or str(error))
