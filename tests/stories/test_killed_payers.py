"""Killed inside any step of a run: nothing of the step stands, and it is done again as if nothing had been."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PAYER = Path(__file__).with_name("busy_payer.py")
# postgresql://… of an empty database, for whoever has one; SQLite is always tried.
POSTGRES = os.environ.get("KAOJI_TEST_POSTGRES")
AFTER = {
    "freeze": "frozen", "compute": "checked", "approve": "approved", "file": "filed",
    "return": "reconciled", "close": "closed",
}  # fmt: skip


def environment(home: Path, database: str | None) -> dict[str, str]:
    found = {**os.environ, "KAOJI_HOME": str(home), "KAOJI_SECRET_KEY": "busy"}
    found["PYTHONPATH"] = os.pathsep.join(sys.path)
    found.pop("KAOJI_DATABASE_URL", None)
    return found | ({"KAOJI_DATABASE_URL": database} if database else {})


def killed_in(step: str, around: dict[str, str]) -> dict[str, object]:
    """What stood before a step, inside which whoever did it was killed."""
    with subprocess.Popen(
        [sys.executable, str(PAYER), "die", step], env=around, stdout=subprocess.PIPE, text=True
    ) as payer:
        assert payer.stdout is not None
        before = payer.stdout.readline()
        assert payer.stdout.readline() == "inside\n"
        payer.kill()
    found: dict[str, object] = json.loads(before)
    return found


@pytest.mark.parametrize(
    "database",
    [None, pytest.param(POSTGRES, marks=pytest.mark.skipif(not POSTGRES, reason="KAOJI_TEST_POSTGRES"))],
    ids=["sqlite", "postgresql"],
)  # fmt: skip
def test_who_is_killed_inside_a_step_leaves_nothing_of_it(database: str | None, tmp_path: Path):
    around = environment(tmp_path, database)
    for step, state in AFTER.items():
        before = killed_in(step, around)

        done = subprocess.run(
            [sys.executable, str(PAYER), "do", step], env=around, capture_output=True, text=True
        )

        assert done.returncode == 0, done.stderr
        found, after = map(json.loads, done.stdout.splitlines())
        assert found == before, step
        assert after["state"] == state
        assert after["Event"] == before["Event"] + 1
