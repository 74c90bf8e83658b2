"""Fit the costs of reading to real texts: `standards/costs.yaml` against the working half.

    python -m accuracy.fitting [--sweeps 1] [--write]

One cost after the other is made a little larger and a little smaller, and kept where the texts are
read better. A right value counts 1, a right one that is doubted 0.6, a silent error -2. Only the
working half is read: the kept half stays for measuring (`python -m accuracy.reading --half kept`).
`--write` puts the fitted numbers into the file, whose remarks stay.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from unittest import mock

from accuracy.reading import measure
from kaoji.documents.recognise import align, fit
from kaoji.standards import costs as standard
from kaoji.standards.costs import Costs

FILE = Path(standard.__file__).with_name("costs.yaml")
_WORTH = {"right": 1.0, "needless": 0.6, "silent": -2.0}
# `never` marks what cannot be, `beam` and the temperatures are no costs.
_FIXED = frozenset({"never", "beam", "temperature", "temperature_flat", "usual_points"})
_FACTORS = (1.3, 1 / 1.3)
_SMALLEST_STEP = 0.2
_GAIN = 1.0

Name = tuple[str, str | None]


def names(costs: Costs) -> Iterator[Name]:
    """Every cost that may be fitted: its group, and its entry where it is one of several."""
    for item in fields(costs):
        value = getattr(costs, item.name)
        if item.name in _FIXED:
            continue
        if isinstance(value, Mapping):
            yield from ((item.name, entry) for entry in value)
        else:
            yield item.name, None


def value_of(costs: Costs, name: Name) -> float:
    """One cost."""
    group, entry = name
    value = getattr(costs, group)
    return float(value if entry is None else value[entry])


def with_value(costs: Costs, name: Name, value: float) -> Costs:
    """The costs with one of them changed."""
    group, entry = name
    changed: Any = value if entry is None else {**getattr(costs, group), entry: value}
    return replace(costs, **{group: changed})


def worth(costs: Costs) -> float:
    """How well the working half is read with these costs."""
    with ExitStack() as stack:
        for module in (align, fit):
            stack.enter_context(mock.patch.object(module, "costs", return_value=costs))
        tallies = measure("working").values()
    return sum(
        _WORTH.get(kind, 0.0) * n for tally in tallies for kind, n in tally.counts.items()
    )


def sweep(costs: Costs, best: float) -> tuple[Costs, float]:
    """Try every cost a little larger and smaller; keep what reads better."""
    for name in names(costs):
        now = value_of(costs, name)
        for factor in _FACTORS:
            step = max(abs(now) * abs(factor - 1), _SMALLEST_STEP)
            tried = round(now + step if factor > 1 else now - step, 2)
            found = worth(with_value(costs, name, tried))
            if found >= best + _GAIN:
                print(f"{name[0]}{'.' + name[1] if name[1] else ''}: {now} → {tried}, {best:.1f} → {found:.1f}", flush=True)  # fmt: skip
                costs, best = with_value(costs, name, tried), found
                break
    return costs, best


def write(costs: Costs) -> None:
    """Put the numbers into the file; everything else in it stays."""
    text = FILE.read_text("utf-8")
    for name in names(costs):
        group, entry = name
        key = entry or group
        begin = re.search(rf"^{group}:", text, re.MULTILINE)
        if begin is None:
            continue
        found = re.compile(rf"\b{re.escape(key)}: (-?[\d.]+)").search(text, begin.start())
        if found:
            number = f"{value_of(costs, name):g}"
            number = number if "." in number else f"{number}.0"
            text = text[: found.start(1)] + number + text[found.end(1) :]
    FILE.write_text(text, "utf-8")


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sweeps", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    costs = standard.costs()
    best = worth(costs)
    print(f"{best:.1f}", flush=True)
    for _ in range(asked.sweeps):
        costs, best = sweep(costs, best)
    if asked.write:
        write(costs)


if __name__ == "__main__":
    main()
