"""A bad day on a running demo: stalled clients, people who write, and an import of 300 forms at once.

    kaoji demo --whole-year --password P --port 8000
    PYTHONPATH=src python scripts/crowd.py http://127.0.0.1:8000 --password P [--stalled 200] [--writers 20]

200 connections send two bytes and wait. 20 people enter service records, each with a pause of a second. One hands 300
forms in, waits until they are read, and until they are saved. Meanwhile five open public pages. Prints how long
each of it took, and what answered with an error of the site.
"""

from __future__ import annotations

import argparse
import re
import socket
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from http.cookiejar import CookieJar
from random import uniform
from secrets import token_hex
from typing import TypeVar

from kaoji.core import notation
from kaoji.documents.reader import read_document
from kaoji.samples import SONGJIANG_2023

T = TypeVar("T")
READERS = 5
PUBLIC_PAGES = ["/public/", "/public/?page=2", "/figures/public/"]


class Sitting:
    """Somebody signed in."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.address = address
        self._jar = CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(handler)
        self.get("/account/sign-in/")
        self.post("/account/sign-in/", {"username": user, "password": password})

    def get(self, path: str) -> tuple[str, str]:
        """Open a page: where one came out, and its text."""
        with self._opener.open(self.address + path, timeout=120) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()

    def post(
        self, path: str, fields: list[tuple[str, str]] | dict[str, str]
    ) -> tuple[str, str]:
        """Press a button."""
        return self._send(
            path,
            urllib.parse.urlencode([*self._token(), *dict_items(fields)]).encode(),
            "application/x-www-form-urlencoded",
        )

    def hand_in(self, path: str, name: str, content: bytes) -> tuple[str, str]:
        """Hand a file in."""
        edge = token_hex(16)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in self._token()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n'
        body = (
            "".join(parts).encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        )
        return self._send(path, body, f"multipart/form-data; boundary={edge}")

    def _token(self) -> list[tuple[str, str]]:
        found = [
            cookie.value or "" for cookie in self._jar if cookie.name.endswith("csrftoken")
        ]
        return [("csrfmiddlewaretoken", value) for value in found]

    def _send(self, path: str, body: bytes, kind: str) -> tuple[str, str]:
        request = urllib.request.Request(  # noqa: S310
            self.address + path, body, {"Referer": self.address, "Content-Type": kind}
        )
        with self._opener.open(request, timeout=120) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()


def dict_items(fields: list[tuple[str, str]] | dict[str, str]) -> list[tuple[str, str]]:
    """The fields in their order; one name may stand several times in a list."""
    return list(fields.items()) if isinstance(fields, dict) else fields


def main() -> None:
    """Let the day begin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--password", required=True)
    parser.add_argument("--stalled", type=int, default=200)
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument(
        "--pause", type=float, default=1, help="seconds between two of a person"
    )
    asked = parser.parse_args()
    unit = Sitting(asked.address, "tianbao", asked.password)
    told: dict[str, list[float]] = defaultdict(list)
    faults: list[str] = []
    over = threading.Event()

    def again_and_again(name: str, act: Callable[[], object]) -> None:
        over.wait(uniform(0, asked.pause))  # noqa: S311 - people do not keep step
        while not over.is_set():
            timed(name, act, told, faults)
            over.wait(asked.pause)

    def write() -> None:
        fields = {"kind": "activity", "on": "2023-05-06", "subject": f"宣传 {token_hex(4)}"}
        unit.post("/results/1/services/", fields)

    def read() -> None:
        for path in PUBLIC_PAGES:
            timed(path, lambda path=path: _plain(asked.address + path), told, faults)

    stalled = [_stall(asked.address) for _ in range(asked.stalled)]
    people = [("write", write)] * asked.writers + [("read", read)] * READERS
    threads = [threading.Thread(target=again_and_again, args=item) for item in people]
    for thread in threads:
        thread.start()
    time.sleep(5)
    begun = time.monotonic()
    _import(unit, told, faults)
    print(f"import of 300 forms: {time.monotonic() - begun:.1f} s")
    over.set()
    for thread in threads:
        thread.join()
    _report(stalled, told, faults)


def _report(
    stalled: list[socket.socket], told: dict[str, list[float]], faults: list[str]
) -> None:
    """How many of what, median, p95 and longest, in milliseconds."""
    print(f"{sum(_is_open(item) for item in stalled)} of {len(stalled)} stalled still open")
    for name, walls in sorted(told.items()):
        p95 = statistics.quantiles(walls, n=20)[18] if len(walls) > 1 else walls[0]
        print(
            f"{name:24}{len(walls):>7}{statistics.median(walls):>9.0f}{p95:>9.0f}{max(walls):>9.0f}"
        )
    print(f"{len(faults)} faults {sorted(set(faults))[:5]}")


def timed(
    name: str, act: Callable[[], T], told: dict[str, list[float]], faults: list[str]
) -> T | None:
    """Do it, note the milliseconds or the fault."""
    start = time.monotonic()
    try:
        return act()
    except (OSError, urllib.error.URLError) as fault:
        faults.append(f"{name}: {fault}")
        return None
    finally:
        told[name].append((time.monotonic() - start) * 1_000)


def _import(unit: Sitting, told: dict[str, list[float]], faults: list[str]) -> None:
    sample = [
        item.form for item in read_document(SONGJIANG_2023.read_bytes(), name="a.txt").forms
    ]
    forms = []
    for number in range(300):
        text = notation.write(sample[number % len(sample)])
        forms.append(re.sub(r"(?m)^(项目: .*)$", rf"\g<1> 第{number}批", text, count=1))
    content = notation.joined(forms).encode()
    where, page = unit.hand_in("/intake/", "三百.txt", content)
    while where.startswith("/uploads/"):
        time.sleep(1)
        where, page = unit.get(where)
    numbers = re.findall(r'name="form" value="(\d+)"', page)
    fields = [("form", number) for number in numbers]
    print(f"{len(numbers)} forms read")

    def save() -> None:
        there = timed("press save", lambda: unit.post(f"{where}confirm/", fields), told, faults)
        while there and there[0] == where:
            time.sleep(2)
            there = timed("look how far it is", lambda: unit.get(where), told, faults)

    timed("save 300 forms", save, told, faults)


def _plain(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
        return bytes(answer.read())


def _stall(address: str) -> socket.socket:
    parts = urllib.parse.urlsplit(address)
    connection = socket.create_connection((parts.hostname, parts.port))
    connection.sendall(b"GE")
    return connection


def _is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


if __name__ == "__main__":
    main()
