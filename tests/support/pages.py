"""What tests that look into a page share."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"(?<=>)\s*\n\s*|\s*\n\s*(?=<|>)")


def unbroken(page: str) -> str:
    """The page as one line: where its template begins a new line is nothing that a reader sees."""
    return re.sub(r"\s*\n\s*", " ", _BETWEEN.sub("", page))
