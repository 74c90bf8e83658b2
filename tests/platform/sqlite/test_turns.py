"""Who waits to write gets their turn, however busy others are."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from kaoji.platform.databases import database


def connection_to(file: Path) -> BaseDatabaseWrapper:
    return ConnectionHandler({"default": {**database(None), "NAME": file}})["default"]


def write(connection: BaseDatabaseWrapper, seconds: float) -> None:
    """Write something, and take so long over it."""
    begin = {"force_begin_transaction_with_broken_autocommit": True}
    connection.set_autocommit(False, **begin)
    connection.cursor().execute("INSERT INTO t VALUES (1)")
    time.sleep(seconds)
    connection.commit()
    connection.set_autocommit(True)


@pytest.fixture
def file(tmp_path: Path, django_db_blocker) -> Iterator[Path]:
    with django_db_blocker.unblock():
        connection = connection_to(tmp_path / "x.sqlite3")
        connection.cursor().execute("CREATE TABLE t (a)")
        connection.close()
        yield tmp_path / "x.sqlite3"


def test_nobody_waits_long_while_another_writes_without_a_pause(file: Path):
    over = threading.Event()

    def busy() -> None:
        connection = connection_to(file)
        while not over.is_set():
            write(connection, 0.05)
        connection.close()

    others = [threading.Thread(target=busy) for _ in range(3)]
    for other in others:
        other.start()
    time.sleep(0.2)
    mine, waits = connection_to(file), []
    for _ in range(5):
        begun = time.monotonic()
        write(mine, 0)
        waits.append(time.monotonic() - begun)
    over.set()
    for other in others:
        other.join()
    mine.close()

    assert max(waits) < 1


def test_who_breaks_off_gives_the_turn_away(file: Path):
    first, second = connection_to(file), connection_to(file)
    begin = {"force_begin_transaction_with_broken_autocommit": True}
    first.set_autocommit(False, **begin)
    first.rollback()
    first.set_autocommit(True)
    second.set_autocommit(False, **begin)
    second.close()

    write(first, 0)
    first.close()


def test_who_only_looks_can_see_that_somebody_writes(file: Path):
    writer, reader = connection_to(file), connection_to(file)
    begin = {"force_begin_transaction_with_broken_autocommit": True}

    assert not reader.somebody_waits()
    writer.set_autocommit(False, **begin)
    assert reader.somebody_waits()
    writer.rollback()
    assert not reader.somebody_waits()
    writer.close()
    reader.close()
