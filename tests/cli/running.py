"""kaoji as a process of its own, as a person would start it."""

from __future__ import annotations

import os
import subprocess
import sys

from kaoji.samples import SONGJIANG_2023

SAMPLE = str(SONGJIANG_2023)


def kaoji(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))
    }
    return subprocess.run(
        [sys.executable, "-m", "kaoji", *arguments],
        input=stdin,
        capture_output=True,
        env={**clean, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        timeout=300,
    )
