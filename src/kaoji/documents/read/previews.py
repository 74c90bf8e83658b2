"""Text as preview sites show it: cut into long numbered parts, wherever a part was full.

1、……产出指标质 and on the next line 2、量指标验收合格率…… are one text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARK = re.compile(r"\s{0,8}(\d{1,3})、")
_SHORTEST_PART = 150
_ENDS = "。；;：:！!"


def preview_parts(lines: Sequence[str]) -> list[list[int]]:
    """The places of the lines that are parts of one text, in order; each run begins with part 1."""
    runs: list[list[int]] = []
    open_run: list[int] = []
    for place, line in enumerate(lines):
        found = _MARK.match(line)
        number = int(found[1]) if found else 0
        if number == 1:
            runs.append(open_run)
            open_run = [place]
        elif open_run and number == len(open_run) + 1:
            open_run.append(place)
        elif line.strip():
            runs.append(open_run)
            open_run = []
    return [run for run in [*runs, open_run] if _is_one_text(lines, run)]


def without_mark(line: str) -> str:
    """The part itself."""
    found = _MARK.match(line)
    return line[found.end() if found else 0 :].rstrip()


def _is_one_text(lines: Sequence[str], run: Sequence[int]) -> bool:
    """Are the parts long, and mostly cut in the middle of a sentence, unlike the items of a list?"""
    full = [lines[place].rstrip() for place in run[:-1]]
    at_ends = sum(line[-1] in _ENDS for line in full)
    return bool(full) and min(map(len, full)) >= _SHORTEST_PART and at_ends * 3 <= len(full)
