"""Many documents at once: folders and archives opened, read by several processes, in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import local

from kaoji.cli.files import bytes_of, name_of, reason_of
from kaoji.core.speech import Sentence
from kaoji.documents.bundle import is_bundle, members
from kaoji.documents.guarded.process import GuardedReader
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reading import Reading

_AHEAD = 2


@dataclass(frozen=True)
class Item:
    """One document to read: where it is, and its bytes or why it has none.

    *file* is the file that holds it, which for a member of an archive is the archive;
    *place* is where it stands below the argument that named it.
    """

    path: str
    file: str
    place: str
    content: bytes | None = None
    refusal: Sentence | None = None


@dataclass(frozen=True)
class Result:
    """What became of a document; *kept* when an earlier run had read it."""

    item: Item
    reading: Reading | None = None
    refusal: Sentence | None = None
    kept: bool = False


def is_many(paths: Sequence[str]) -> bool:
    """Do the arguments name more than one document, or a folder or an archive?"""
    return len(paths) > 1 or any(
        path != "-" and (Path(path).is_dir() or Path(path).suffix.lower() == ".zip")
        for path in paths
    )


def files_of(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Every file that the arguments name, in order, and its place below its argument."""
    found: list[tuple[str, str]] = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            inside = _files_in(Path(path))
            found += [(str(file), str(file.relative_to(path))) for file in inside]
        else:
            found.append((path, name_of(path)))
    return found


def _files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder and its folders; links are not followed, hidden files left out."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")):
                yield Path(place, name)


def items_of(files: Iterable[tuple[str, str]]) -> Iterator[Item]:
    """The documents in these files; archives are opened."""
    for file, place in files:
        try:
            content = bytes_of(file)
            if not is_bundle(content):
                yield Item(file, file, place, content)
                continue
            for member in members(content):
                path, below = f"{file}/{member.path}", f"{place}/{member.path}"
                yield Item(path, file, below, member.content, member.refusal)
        except UnreadableDocument as refusal:
            yield Item(file, file, place, refusal=refusal.sentence)
        except OSError as error:
            yield Item(file, file, place, refusal=reason_of(error))


def read_all(
    items: Iterable[Item], *, jobs: int, known: Callable[[Item], bool] = lambda _: False
) -> Iterator[Result]:
    """Read documents with *jobs* processes; results come in the order of the items.

    One that *known* recognises was read by an earlier run and is passed over. Only a few
    documents are held at a time, however many there are.
    """
    readers = _Readers()
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for item in items:
                work = _kept if item.content is not None and known(item) else readers.read
                waiting.append(pool.submit(work, item))
                if len(waiting) > jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            readers.close()


def _kept(item: Item) -> Result:
    return Result(item, kept=True)


class _Readers:
    """One reading process for each thread that asks."""

    def __init__(self) -> None:
        self._own = local()
        self._all: list[GuardedReader] = []

    def read(self, item: Item) -> Result:
        """Read a document; whatever is wrong with it becomes a refusal."""
        if item.content is None:
            return Result(item, refusal=item.refusal)
        if not hasattr(self._own, "reader"):
            self._own.reader = GuardedReader()
            self._all.append(self._own.reader)
        try:
            return Result(item, self._own.reader.read(item.content, name=name_of(item.path)))
        except UnreadableDocument as refusal:
            return Result(item, refusal=refusal.sentence)

    def close(self) -> None:
        """End all of them."""
        for reader in self._all:
            reader.close()
