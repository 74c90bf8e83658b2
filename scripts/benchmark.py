"""How fast, how much memory: whole processes in turn, the median of each, and their ratio.

    python scripts/benchmark.py [runs]

`kaoji check` on the 17 sample forms stands beside the bare start of the same interpreter with
the same two libraries: the difference is our own work. Then the rules alone, one form at a
time beside the others of its unit, as the site runs them while somebody types; and what each
indicator of an ever longer form costs. Figures are printed, never tested.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from itertools import cycle

from kaoji.documents.reader import read_document
from kaoji.rules.context import Context
from kaoji.rules.engine import check
from kaoji.samples import SONGJIANG_2023

CHECK = [sys.executable, "-m", "kaoji", "check", str(SONGJIANG_2023), "-o", os.devnull]
SIZES = (1_000, 10_000)
START = [sys.executable, "-c", "import click, yaml"]


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak MiB of one whole process."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def rules_per_form(rounds: int) -> list[float]:
    """Milliseconds for all rules over one form, for every form and round."""
    forms = read_document(SONGJIANG_2023.read_bytes(), name="sample").forms
    times = []
    for _ in range(rounds):
        for item in forms:
            siblings = tuple(other.form for other in forms if other is not item)
            context = Context(siblings=siblings)
            begin = time.perf_counter()
            check(item.form, repairs=item.repairs, context=context)
            times.append(1000 * (time.perf_counter() - begin))
    return times


def microseconds_an_indicator(count: int) -> float:
    """All rules over a form with so many indicators, by the indicator."""
    [first, *_] = read_document(SONGJIANG_2023.read_bytes(), name="sample").forms
    rows = first.form.indicators
    many = tuple(
        replace(row, level3=f"{row.level3}{number}")
        for number, row in zip(range(count), cycle(rows), strict=False)
    )
    form = replace(first.form, indicators=many)
    begin = time.perf_counter()
    check(form, context=Context(siblings=(form,)))
    return 1e6 * (time.perf_counter() - begin) / count


def main() -> None:
    """Print a small table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    for command in (CHECK, START):
        run(command)
    pairs = [(run(CHECK), run(START)) for _ in range(runs)]
    checks, starts = zip(*pairs, strict=True)
    print(f"{'':34}{'median':>10}{'min':>10}{'max':>10}")
    for name, values in (
        ("kaoji check, 17 forms, s", [wall for wall, _ in checks]),
        ("interpreter with click, yaml, s", [wall for wall, _ in starts]),
        ("ratio, pair by pair", [a[0] / b[0] for a, b in pairs]),
        ("kaoji check, peak MiB", [peak for _, peak in checks]),
        ("all rules over one form, ms", rules_per_form(20)),
    ):
        middle = statistics.median(values)
        print(f"{name:34}{middle:>10.3f}{min(values):>10.3f}{max(values):>10.3f}")
    for count in SIZES:
        print(f"{count:>6} indicators, µs each{microseconds_an_indicator(count):>16.0f}")


if __name__ == "__main__":
    main()
