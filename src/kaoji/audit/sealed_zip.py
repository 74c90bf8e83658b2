"""A ZIP whose manifest names every other file with its SHA-256: laid down, opened, compared. Equal input, equal bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from kaoji.core.speech import Sentence, say

MANIFEST = "manifest.json"
MOST_BYTES = 2_000_000_000
# What else damaged or forged files make the parsers say.
FLAWS = (
    ArithmeticError, AttributeError, BadZipFile, EOFError, LookupError, NotImplementedError,
    RecursionError, RuntimeError, TypeError, ValueError, zlib.error,
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)

Put = Callable[[str, Iterable[bytes]], None]


@contextmanager
def laid_down(target: IO[bytes], told: Mapping[str, Any]) -> Iterator[Put]:
    """Hands out what takes a file piece by piece; the manifest comes last: *told*, and the hash of each file."""
    hashes: dict[str, str] = {}
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:

        def put(name: str, pieces: Iterable[bytes]) -> None:
            whole = sha256()
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as entry:
                for piece in pieces:
                    whole.update(piece)
                    entry.write(piece)
            hashes[name] = whole.hexdigest()

        yield put
        manifest = pretty({**told, "files": hashes})
        archive.writestr(ZipInfo(MANIFEST, _EPOCH), manifest, ZIP_DEFLATED)


def pretty(data: Any) -> bytes:
    """JSON for people; days and amounts as their text."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode() + b"\n"


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A line of JSON for each row."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def rows_in(archive: ZipFile, name: str) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    text = archive.read(name).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def faults_of_files(archive: ZipFile, stated: Mapping[str, str]) -> Iterator[Sentence]:
    """Files that are missing, that the manifest does not name, or that are not what it states."""
    names = set(archive.namelist()) - {MANIFEST}
    for name in sorted(names | set(stated)):
        if name not in names:
            yield say("缺少文件 {name}", name=name)
        elif name not in stated:
            yield say("清单里没有文件 {name}", name=name)
        elif sha256(archive.read(name)).hexdigest() != stated[name]:
            yield say("文件 {name} 与清单的散列不符", name=name)
