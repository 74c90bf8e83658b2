"""Counters that all processes of the site have in common: a table in shared memory.

Made before the processes are forked, it is the same memory in each of them. A counter of `SharedCounts` is a row of one
of many buckets, found by its key; where a bucket is full, the row that was used least gives way.
A lock of the file is let go by the system when its process dies, so that none is held for ever.

    key (16 bytes) · when it ends, in seconds (8) · how often it was used (8)
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kaoji.core.canonical import digest

_ROW = struct.Struct("16sQQ")
_ROWS = 16


class _SharedMemory:
    """Memory of a fixed size, which one at a time may look at or change."""

    def __init__(self, size: int) -> None:
        self._file, path = tempfile.mkstemp()
        Path(path).unlink()  # the memory lives as long as the processes that have it open
        os.truncate(self._file, size)
        self._table = mmap.mmap(self._file, 0)
        # The lock of a file keeps processes apart, not the threads of one.
        self._threads = threading.Lock()

    def clear(self) -> None:
        """Forget everything."""
        with self._alone():
            self._table[:] = bytes(len(self._table))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


class SharedNumbers(_SharedMemory):
    """A fixed list of whole numbers that only grow."""

    def __init__(self, count: int) -> None:
        self._numbers = struct.Struct(f"{count}Q")
        super().__init__(self._numbers.size)

    def add(self, amounts: Mapping[int, int]) -> None:
        """Add to the numbers at these places, all at once."""
        with self._alone():
            numbers = list(self._numbers.unpack_from(self._table))
            for place, amount in amounts.items():
                numbers[place] += amount
            self._numbers.pack_into(self._table, 0, *numbers)

    def read(self) -> tuple[int, ...]:
        """All of them, as they are at one moment."""
        with self._alone():
            return self._numbers.unpack_from(self._table)


class SharedCounts(_SharedMemory):
    """A fixed number of counters, 32 bytes each."""

    def __init__(self, *, buckets: int = 4_096) -> None:
        self._buckets = buckets
        super().__init__(buckets * _ROWS * _ROW.size)

    def add(self, name: str, *, ends: int, now: int) -> int:
        """Count one use of *name*, which is forgotten when it *ends*; how many uses that makes."""
        key, offsets = self._place(name)
        with self._alone():
            rows = {offset: self._row(offset, now) for offset in offsets}
            place = next((offset for offset in offsets if rows[offset][0] == key), None)
            if place is None:
                place = min(offsets, key=lambda offset: rows[offset][1])
            used = rows[place][1] + 1 if rows[place][0] == key else 1
            _ROW.pack_into(self._table, place, key, ends, used)
        return used

    def used(self, name: str, *, now: int) -> int:
        """How often *name* was used."""
        key, offsets = self._place(name)
        with self._alone():
            rows = [self._row(offset, now) for offset in offsets]
        return next((used for held, used in rows if held == key), 0)

    def _place(self, name: str) -> tuple[bytes, range]:
        """The key of a name, and where the rows of its bucket begin."""
        key = bytes.fromhex(digest(name.encode()))[: struct.calcsize("16s")]
        begin = int.from_bytes(key[:8], "big") % self._buckets * _ROWS * _ROW.size
        return key, range(begin, begin + _ROWS * _ROW.size, _ROW.size)

    def _row(self, offset: int, now: int) -> tuple[bytes, int]:
        """The key and the uses of a row; nothing where it has ended."""
        key, ends, used = _ROW.unpack_from(self._table, offset)
        return (key, used) if ends > now else (b"", 0)
