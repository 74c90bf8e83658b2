"""The power fails in the middle of an action: all of it stands, or none of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

BUSY = Path(__file__).with_name("busy.py")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_killed_left_nothing_half_done(seed: int, tmp_path: Path):
    environment = {**os.environ, "KAOJI_HOME": str(tmp_path), "KAOJI_SECRET_KEY": "busy"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    environment.pop("KAOJI_DATABASE_URL", None)
    with subprocess.Popen(
        [sys.executable, str(BUSY)], env=environment, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()  # it has begun to work
        time.sleep(Random(seed).uniform(0.2, 0.9))
        worker.kill()

    looked = subprocess.run(
        [sys.executable, str(BUSY), "look"], env=environment, capture_output=True, text=True
    )

    assert looked.returncode == 0, looked.stderr
    assert looked.stdout.startswith("whole")
