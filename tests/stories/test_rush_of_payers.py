"""Twenty at once: one run is opened, one approval counts, its money is booked once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUSH = Path(__file__).with_name("rush_of_payers.py")
# postgresql://… of an empty database, for whoever has one; SQLite is always tried.
POSTGRES = os.environ.get("KAOJI_TEST_POSTGRES")


@pytest.mark.parametrize(
    "database",
    [None, pytest.param(POSTGRES, marks=pytest.mark.skipif(not POSTGRES, reason="KAOJI_TEST_POSTGRES"))],
    ids=["sqlite", "postgresql"],
)  # fmt: skip
def test_twenty_at_once_open_one_run_and_approve_it_once(database: str | None, tmp_path: Path):
    environment = {**os.environ, "KAOJI_HOME": str(tmp_path), "KAOJI_SECRET_KEY": "rush"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    environment.pop("KAOJI_DATABASE_URL", None)
    if database:
        environment["KAOJI_DATABASE_URL"] = database

    done = subprocess.run(
        [sys.executable, str(RUSH)], env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:4] == [
        "open 1 1", "approve 1 1", "accrued 226500", "holds True",
    ], done.stderr  # fmt: skip
