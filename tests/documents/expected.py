"""The golden transcription of the sample, made by reading the document by eye."""

from __future__ import annotations

from pathlib import Path

from kaoji.core import notation
from kaoji.core.declaration import Declaration

FILE = Path(__file__).parent / "files" / "songjiang-civil-affairs-2023.expected.txt"


def expected_forms() -> list[Declaration]:
    """The seventeen forms as a careful person read them."""
    return notation.parse_all(FILE.read_text("utf-8"))


def rows_doubted_by_the_reader() -> list[tuple[int, str, str]]:
    """Form number, column and name of each row that this person could not be sure of."""
    doubted = []
    form, column = 1, ""
    for line in FILE.read_text("utf-8").splitlines():
        if line == "---":
            form += 1
        elif line.startswith("# 存疑 "):
            column = line.removeprefix("# 存疑 ").partition(":")[0]
        elif column:
            name = line.split(" / ", 2)[2].rpartition(":")[0]
            doubted.append((form, {"target": "target_raw"}.get(column, column), name))
            column = ""
    return doubted
