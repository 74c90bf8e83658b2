"""Django's SQLite, where transactions stand in line for their turn to write.

SQLite lets one write at a time and has no line: who waits looks again every tenth of a second, and
whoever comes by just then goes first. While an import writes again and again, somebody can wait for
twenty seconds and be refused. Here who wants to begin a transaction first waits for a lock of the
system, which wakes them at once. There are two of them, so that who has just written stands behind
who waited: one to be next, which is held until it is one's turn.

    wait to be next → be next, wait for the turn → begin, write, commit → give the turn away

The system takes the locks from a process that died. Statements outside of transactions wait as before.
"""

from __future__ import annotations

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base

_PRIVATE = 0o600


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that begins a transaction when it is its turn."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._locks: tuple[int, int] | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def somebody_waits(self) -> bool:
        """Does anybody stand in line to write, or write just now?"""
        if self.is_in_memory_db():
            return False
        name = str(self.settings_dict["NAME"])
        return any(_is_held(f"{name}-{part}") for part in ("next", "turn"))

    def _wait_for_turn(self) -> None:
        if self.is_in_memory_db():
            return
        name = str(self.settings_dict["NAME"])
        after, turn = (_opened(f"{name}-{part}") for part in ("next", "turn"))
        self._locks = after, turn
        fcntl.flock(after, fcntl.LOCK_EX)
        fcntl.flock(turn, fcntl.LOCK_EX)
        fcntl.flock(after, fcntl.LOCK_UN)

    def _give_turn(self) -> None:
        """Let the next one write; nothing happens where it was not ours."""
        locks, self._locks = self._locks, None
        for lock in locks or ():
            os.close(lock)


def _opened(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE)


def _is_held(path: str) -> bool:
    lock = _opened(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
