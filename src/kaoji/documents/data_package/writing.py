"""Write the package: into a folder, or as one ZIP. Promises are taken one after another; equal input, equal bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kaoji.core.output import written_whole
from kaoji.core.speech import Sentence, say
from kaoji.documents.data_package.cells import line
from kaoji.documents.data_package.descriptor import About, Written, descriptor, readme
from kaoji.documents.data_package.published import Published, rows_of
from kaoji.documents.data_package.tables import TABLES

DESCRIPTOR, README = "datapackage.json", "README.md"
_BLOCK = 1 << 16
_EPOCH = (1980, 1, 1, 0, 0, 0)

Files = Mapping[str, IO[bytes]]


class UnableToPlace(ValueError):
    """The package would fall among files of somebody else."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def write_zip(target: IO[bytes], held: Iterable[Published], about: About) -> None:
    """Write everything into one archive."""
    with (
        _tables(held) as (files, written),
        ZipFile(target, "w", ZIP_DEFLATED) as archive,
    ):
        for name, text in _texts(about, written).items():
            archive.writestr(ZipInfo(name, _EPOCH), text, ZIP_DEFLATED)
        for name, file in files.items():
            member = ZipInfo(name, _EPOCH)
            member.compress_type = ZIP_DEFLATED
            with archive.open(member, "w") as stream:
                shutil.copyfileobj(file, stream)


def write_folder(folder: Path, held: Iterable[Published], about: About) -> None:
    """Write the files into a folder that is new, empty, or holds an older package; the description comes last.

    Raises UnableToPlace, OSError.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / DESCRIPTOR).is_file():
        told = say(
            "文件夹 {folder} 里有别的东西；请指定新的、空的，或上次导出的文件夹", folder=folder
        )
        raise UnableToPlace(told)
    folder.mkdir(parents=True, exist_ok=True)
    with _tables(held) as (files, written):
        for name, file in files.items():
            with written_whole(folder / name) as stream:
                shutil.copyfileobj(file, stream)
        for name, text in reversed(_texts(about, written).items()):
            with written_whole(folder / name) as stream:
                stream.write(text)


def _texts(about: About, written: Mapping[str, Written]) -> dict[str, bytes]:
    told = json.dumps(descriptor(about, written), ensure_ascii=False, indent=1) + "\n"
    return {DESCRIPTOR: told.encode(), README: readme(about, written).encode()}


@contextmanager
def _tables(held: Iterable[Published]) -> Iterator[tuple[Files, dict[str, Written]]]:
    """Every table in a file of its own on the disk, and what each came to: all of them grow at the same time."""
    with ExitStack() as stack:
        files = {table.name: stack.enter_context(TemporaryFile()) for table in TABLES}
        counts = _fill(files, held)
        written = {name: _seen(file, counts[name]) for name, file in files.items()}
        yield {f"{name}.csv": file for name, file in files.items()}, written


def _fill(files: Files, held: Iterable[Published]) -> dict[str, int]:
    texts = {
        name: io.TextIOWrapper(file, encoding="utf-8", newline="")
        for name, file in files.items()
    }
    writers = {name: csv.writer(text) for name, text in texts.items()}
    counts = dict.fromkeys(files, 0)
    for table in TABLES:
        writers[table.name].writerow(table.names)
    for item in held:
        rows = rows_of(item)
        for table in TABLES:
            writers[table.name].writerows(line(table, row) for row in rows[table.name])
            counts[table.name] += len(rows[table.name])
    for text in texts.values():
        text.detach()  # flushes, and leaves the file open
    return counts


def _seen(file: IO[bytes], rows: int) -> Written:
    size = file.tell()
    file.seek(0)
    told = hashlib.sha256()
    while block := file.read(_BLOCK):
        told.update(block)
    file.seek(0)
    return Written(size, told.hexdigest(), rows)
