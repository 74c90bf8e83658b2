"""Compile the English catalogue: django.po, which people write, becomes django.mo, which programs read.

    python scripts/catalogues.py [SRC]      where it is missing or older than its source

Run by `./kaoji`, by the build of the package and by the suite; needs nothing but Python. What it makes is
not committed: two changes of the text then meet as text, line by line.
"""

from __future__ import annotations

import ast
import os
import struct
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_MAGIC = 0x950412DE
_HEAD = struct.Struct("<7I")
_PLACE = struct.Struct("<2I")


def compile_below(source: Path) -> None:
    """Compile every catalogue below *source* that is missing or older than its text."""
    for text in source.rglob("*.po"):
        made = text.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < text.stat().st_mtime_ns:
            _write_whole(made, compiled(text.read_text("utf-8")))


def compiled(text: str) -> bytes:
    """A catalogue as gettext reads it: what is not translated is left out."""
    entries = sorted((key.encode(), said.encode()) for key, said in entries_of(text) if said)
    keys, values = (
        b"".join(part + b"\0" for part in column) for column in zip(*entries, strict=True)
    )
    count = len(entries)
    first = _HEAD.size + 2 * count * _PLACE.size
    head = _HEAD.pack(_MAGIC, 0, count, _HEAD.size, _HEAD.size + count * _PLACE.size, 0, first)
    places = [
        b"".join(_places([entry[side] for entry in entries], begin))
        for side, begin in ((0, first), (1, first + len(keys)))
    ]
    return b"".join([head, *places, keys, values])


def entries_of(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence and what it is in the other language; strings may go over several lines."""
    parts: dict[str, str] = {}
    now = ""
    for line in [*text.splitlines(), ""]:
        word, _, rest = line.partition(" ")
        if word in {"msgid", "msgstr"}:
            now, parts[word] = word, ast.literal_eval(rest)
        elif line.startswith('"'):
            parts[now] += ast.literal_eval(line)
        elif not line and len(parts) == 2:
            yield parts["msgid"], parts["msgstr"]
            parts = {}


def _places(parts: list[bytes], begin: int) -> Iterator[bytes]:
    for part in parts:
        yield _PLACE.pack(len(part), begin)
        begin += len(part) + 1


def _write_whole(target: Path, content: bytes) -> None:
    """Several processes may do it at once; each leaves a whole file."""
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(target)


if __name__ == "__main__":
    compile_below(
        Path(sys.argv[1])
        if len(sys.argv) > 1
        else Path(__file__).resolve().parent.parent / "src"
    )
