"""Every example of the guide to Python is run, and prints what stands beside it."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from kaoji.samples import SONGJIANG_2023

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "python.md"
SNIPPETS = re.findall(
    r"^```python\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def told_beside(snippet: str) -> list[str]:
    """What the comments say that is printed: behind a print, or on lines of their own."""
    found = []
    for line in snippet.splitlines():
        if line.startswith("# "):
            found.append(line[2:])
        elif "print(" in line and "  # " in line:
            found.append(line.rpartition("  # ")[2])
    return found


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(len(SNIPPETS)))
def test_an_example_prints_what_it_says(snippet: str, tmp_path: Path, monkeypatch):
    shutil.copy(SONGJIANG_2023, tmp_path / "songjiang.txt")
    monkeypatch.chdir(tmp_path)

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(snippet, str(GUIDE), "exec"), {})  # noqa: S102 - our own examples

    assert printed.getvalue().splitlines() == told_beside(snippet)


def test_there_are_examples():
    assert len(SNIPPETS) == 6
