"""`kaoji serve` in several processes: one door, one limit, and nobody notices when one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from stories.walking import free_port, wait_for


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a site of three processes, and what started them."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")}
    environment |= {
        "KAOJI_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    port, log = free_port(), tmp_path / "log.txt"
    command = ["serve", "--port", str(port), "--processes", "3", "--no-work"]
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "kaoji", *command],
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process, log)
            yield address, process
        finally:
            process.terminate()
            process.wait(30)


def children_of(process: subprocess.Popen[bytes]) -> set[int]:
    """The processes of the site, without the program that fills the library."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    return {
        int(number)
        for number in told.split()
        if b"--processes" in Path(f"/proc/{number}/cmdline").read_bytes()
    }


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_several_processes_are_one_site(site):
    address, parent = site
    first = children_of(parent)
    assert len(first) == 3

    answers = [status_of(f"{address}/public/?q=road") for _ in range(121)]
    assert answers[:60] == [200] * 60
    assert 429 in answers

    os.kill(min(first), signal.SIGKILL)
    time.sleep(0.1)
    assert {status_of(f"{address}/public/") for _ in range(20)} == {200}
    time.sleep(2)
    second = children_of(parent)
    assert len(second) == 3
    assert len(first & second) == 2

    parent.terminate()
    assert parent.wait(30) == 0
    assert not [process for process in second if is_alive(process)]


def test_the_processes_of_a_killed_site_end_by_themselves(site):
    _, parent = site
    processes = children_of(parent)

    parent.kill()
    parent.wait(10)
    time.sleep(3)

    assert not [process for process in processes if is_alive(process)]
