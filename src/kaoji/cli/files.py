"""Files in and out of the command line: opened with a sentence, written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol, TypeVar

import click

from kaoji.cli.voice import hear, remark
from kaoji.core.output import written_whole
from kaoji.core.speech import Sentence, say
from kaoji.documents.guarded.process import GuardedReader
from kaoji.documents.read.kinds import Kind, kind_of
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES
from kaoji.documents.reader import explain_document, read_document
from kaoji.documents.reading import Reading

READ, FOUND_ERRORS, COULD_NOT_READ = 0, 1, 2

Item = TypeVar("Item")
Found = TypeVar("Found", covariant=True)

_PROGRESS_FROM = 5


def readings_of(paths: Iterable[str]) -> Iterator[tuple[str, Reading | None]]:
    """Read each file; for one that cannot be read, say why on stderr and give None.

    One process beside this one reads them all. Plain text is read here: who calls a command may
    spend their own machine's time, and most calls are about one text.
    """
    with GuardedReader() as reader:
        yield from _each(paths, here=read_document, aside=reader.read)


def explanations_of(
    paths: Iterable[str],
) -> Iterator[tuple[str, list[Sentence] | None]]:
    """Why the tables of each file are read so; for one that cannot be read as in `readings_of`."""
    with GuardedReader() as reader:
        yield from _each(paths, here=explain_document, aside=reader.explain)


class _Read(Protocol[Found]):
    def __call__(self, content: bytes, *, name: str) -> Found: ...


def _each(
    paths: Iterable[str], *, here: _Read[Found], aside: _Read[Found]
) -> Iterator[tuple[str, Found | None]]:
    """What each file gives: plain text read *here*, everything else *aside*."""
    for path in paths:
        try:
            content, name = bytes_of(path), name_of(path)
            read = here if kind_of(content) is Kind.TEXT else aside
            yield path, read(content, name=name)
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


def write_out(written: str | bytes | Iterable[str], target: str | None) -> None:
    """Write to *target*, or to stdout for None and `-`; a file appears whole or not at all.

    Pieces of a text are written one after another, so that a long one is never held whole.
    """
    if target in {None, "-"}:
        _to_stdout(written)
        return
    pieces = [written] if isinstance(written, str | bytes) else written
    try:
        with written_whole(Path(target or "")) as file:
            for piece in pieces:
                file.write(click.unstyle(piece).encode() if isinstance(piece, str) else piece)
    except OSError as error:
        remark(say("无法写入 {file}：{reason}", file=target, reason=reason_of(error)))
        raise SystemExit(COULD_NOT_READ) from error


def _to_stdout(written: str | bytes | Iterable[str]) -> None:
    """To stdout; a reader that went away is no fault, a full disk is told."""
    try:
        if isinstance(written, str | bytes):
            click.echo(written, nl=isinstance(written, str) and not written.endswith("\n"))
        else:
            for piece in written:
                click.echo(piece, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        remark(say("无法写入 {file}：{reason}", file="stdout", reason=reason_of(error)))
        raise SystemExit(COULD_NOT_READ) from error


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
