"""Who asks, as the real web server hands it on: what a proxy of ours says, and nothing that others pretend."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from stories.walking import free_port


@dataclass(frozen=True)
class Served:
    """A site that runs, and what it logs."""

    port: int
    log: Path

    def ask(self, path: str, *forwarded: str) -> int:
        """The status of an answer; each *forwarded* is a line `X-Forwarded-For` of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest("GET", path)
        for addresses in forwarded:
            connection.putheader("X-Forwarded-For", addresses)
        connection.endheaders()
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def seen(self, path: str) -> str:
        """The address that the log names for the last request of the path."""
        found = re.findall(
            rf" GET {re.escape(path)} \d+ \d+ms \S+ (\S+) ", self.log.read_text("utf-8")
        )
        return found[-1]


@contextmanager
def served(home: Path, **settings: str) -> Iterator[Served]:
    port, log = free_port(), home / f"log-{len(list(home.iterdir()))}.txt"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")} | {
        "KAOJI_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **settings,
    }  # fmt: skip
    words = ["serve", "--port", str(port), "--processes", "1", "--no-work"]
    with log.open("wb") as written:
        site = subprocess.Popen(
            [sys.executable, "-m", "kaoji", *words],
            env=environment,
            stdout=written,
            stderr=written,
        )
        try:
            _wait(port, site, log)
            yield Served(port, log)
        finally:
            site.terminate()
            site.wait(30)


def _wait(port: int, site: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert site.poll() is None, log.read_text("utf-8")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


def test_behind_a_proxy_of_ours_its_word_counts_and_what_stands_before_it_does_not(home: Path):
    with served(home, KAOJI_TRUSTED_PROXIES="1") as site:
        site.ask("/rules/", "203.0.113.9")
        assert site.seen("/rules/") == "203.0.113.9"

        site.ask("/rules/", "6.6.6.6, 203.0.113.10")
        assert site.seen("/rules/") == "203.0.113.10"

        site.ask("/rules/", "6.6.6.6", "203.0.113.11")  # in two lines, as nginx may find them
        assert site.seen("/rules/") == "203.0.113.11"


def test_without_one_nobody_pretends_an_address_and_no_unknown_proxy_opens_the_figures(
    home: Path,
):
    with served(home) as site:
        site.ask("/rules/", "6.6.6.6")
        assert site.seen("/rules/") == "127.0.0.1"

        assert site.ask("/metrics") == 200
        # Somebody put a proxy before the site and told it nothing: whoever comes through it is not of this machine.
        assert site.ask("/metrics", "6.6.6.6") != 200
