"""A new home gets one pair of keys, however many processes start in it at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import secrets, time
made = secrets.token_urlsafe
def slowly(length):
    time.sleep(0.2)
    return made(length)
secrets.token_urlsafe = slowly
from kaoji.platform.home_folder import prepare_home, sealing_key, secret_key
prepare_home()
print(secret_key(), sealing_key())
"""


def test_all_who_start_at_once_have_the_same_keys(tmp_path: Path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")} | {
        "KAOJI_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT], env=environment, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]

    told = {process.communicate(timeout=120)[0] for process in begun}

    assert len(told) == 1
    assert len(told.pop().split()) == 2
    for name in ("secret_key", "sealing_key"):
        assert (tmp_path / "home" / name).stat().st_mode & 0o077 == 0
