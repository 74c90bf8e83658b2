"""Two processes that start at once make each table once, on either database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

POSTGRESQL = os.environ.get("KAOJI_DATABASE_URL", "")


def began(home: Path, address: str) -> subprocess.Popen[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")} | {
        "KAOJI_HOME": str(home),
        "KAOJI_DATABASE_URL": address,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "kaoji", "manage", "migrate", "-v", "0"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)


def assert_both_succeed(*processes: subprocess.Popen[bytes]) -> None:
    told = [process.communicate(timeout=300)[1].decode() for process in processes]

    assert [process.returncode for process in processes] == [0, 0], told


def test_two_who_migrate_one_sqlite_stand_in_line(tmp_path: Path):
    assert_both_succeed(began(tmp_path, ""), began(tmp_path, ""))


@pytest.mark.skipif(not POSTGRESQL, reason="there is no PostgreSQL here")
def test_two_who_migrate_one_postgresql_stand_in_line(tmp_path: Path):
    import psycopg

    address, _, _name = POSTGRESQL.rpartition("/")
    with psycopg.connect(POSTGRESQL, autocommit=True) as held:
        held.execute("DROP DATABASE IF EXISTS at_once")
        held.execute("CREATE DATABASE at_once")

    here = f"{address}/at_once"
    assert_both_succeed(began(tmp_path / "one", here), began(tmp_path / "two", here))
