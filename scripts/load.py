"""Fifty people at once on a running site: how long each page takes, and how many answers a second.

    python scripts/load.py http://127.0.0.1:8000 --user finance --password … [--people 50] [--seconds 60]

Each person signs in, then opens pages one after another, thinking two to eight seconds
between them. The first requests, while caches fill, are left out. The site and its data are made
by `scripts/generate.py` and `kaoji serve`; docs/performance.md has the commands and the figures.
"""

from __future__ import annotations

import argparse
import re
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from http.cookiejar import CookieJar
from random import Random

PAGES = {
    "dashboard": "/figures/",
    "dashboard of a year": "/figures/?year={year}",
    "public dashboard": "/figures/public/",
    "list": "/declarations/?page={page}",
    "search": "/declarations/?q={word}",
    "to-do": "/todo/",
    "following": "/following/",
    "monitoring": "/monitoring/1/",
    "public list": "/public/?page={page}",
}
THINKING = (2, 8)  # seconds between one page and the next
WORDS = ["养护", "桥梁", "满意", "培训", "绿化", "供水"]


def main() -> None:
    """Run the people, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--user", default="finance")
    parser.add_argument("--password", required=True)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--warm", type=float, default=10, help="seconds that are left out")
    asked = parser.parse_args()
    begin = time.monotonic() + asked.warm
    told: dict[str, list[float]] = defaultdict(list)
    faults: list[str] = []
    cookies = sign_in(asked.address, asked.user, asked.password)
    people = [
        threading.Thread(
            target=visit,
            args=(asked.address, cookies, Random(number), begin, asked.seconds, told, faults),  # noqa: S311
            daemon=True,
        )
        for number in range(asked.people)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    report(told, faults, asked.seconds)


def sign_in(address: str, user: str, password: str) -> CookieJar:
    """The cookies of a sitting that everybody shares: what is measured is the pages."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{address}/account/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    fields = {
        "username": user,
        "password": password,
        "csrfmiddlewaretoken": token[1] if token else "",
    }
    request = urllib.request.Request(  # noqa: S310
        f"{address}/account/sign-in/",
        urllib.parse.urlencode(fields).encode(),
        {"Referer": address},
    )
    opener.open(request)
    return jar


def visit(
    address: str,
    cookies: CookieJar,
    chance: Random,
    begin: float,
    seconds: float,
    told: dict[str, list[float]],
    faults: list[str],
) -> None:
    """Open pages until the time is over."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    while time.monotonic() < begin + seconds:
        name = chance.choice(list(PAGES))
        path = PAGES[name].format(
            year=chance.randrange(2017, 2027),
            page=chance.randrange(1, 60),
            word=urllib.parse.quote(chance.choice(WORDS)),
        )
        start = time.monotonic()
        try:
            opener.open(address + path, timeout=60).read()
        except (OSError, urllib.error.URLError) as fault:
            faults.append(f"{path}: {fault}")
        if start >= begin:
            told[name].append((time.monotonic() - start) * 1_000)
        time.sleep(chance.uniform(*THINKING))


def report(told: dict[str, list[float]], faults: list[str], seconds: float) -> None:
    """Milliseconds by page, and over all."""
    print(f"{'':24}{'requests':>9}{'median':>9}{'p95':>9}{'most':>9}")
    everything = [wall for walls in told.values() for wall in walls]
    for name, walls in [*sorted(told.items()), ("all", everything)]:
        p95 = statistics.quantiles(walls, n=20)[18] if len(walls) > 1 else walls[0]
        print(
            f"{name:24}{len(walls):>9}{statistics.median(walls):>9.0f}{p95:>9.0f}{max(walls):>9.0f}"
        )
    print(
        f"{len(everything) / seconds:.1f} answers a second, {len(faults)} faults {faults[:3]}"
    )


if __name__ == "__main__":
    main()
