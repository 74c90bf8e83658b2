"""What only one process may do at a time: bring the database up to date, collect the static files.

Two machines that start at once must not both make the same table. On SQLite the lock is a file beside the
database, on PostgreSQL one of the server's own, held by a connection that does nothing else. Either goes
with the process that holds it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PRIVATE = 0o600
# Any number that no other program on this database uses: "kaoji" in ASCII.
_OURS = 0x6B616F6A69


@contextmanager
def alone_with(connection: Any) -> Iterator[None]:
    """Wait until nobody else migrates this database, then keep others waiting."""
    if connection.vendor == "postgresql":
        with _lock_of_postgresql(connection):
            yield
    elif connection.is_in_memory_db():
        yield
    else:
        with alone_at(Path(f"{connection.settings_dict['NAME']}-migrating")):
            yield


@contextmanager
def alone_at(file: Path, *, waits: bool = True) -> Iterator[None]:
    """Hold the lock of a file, which stays there empty. Who does not wait for it may get a BlockingIOError."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, _PRIVATE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


@contextmanager
def _lock_of_postgresql(connection: Any) -> Iterator[None]:
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_OURS])
        yield
    finally:
        holder.close()
