"""The names of WordprocessingML: tags, and attributes that are switches."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = {
    "w": MAIN,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "aml": "http://schemas.microsoft.com/aml/2001/core",
    "wx": "http://schemas.microsoft.com/office/word/2003/auxHint",
    "r": LINK,
}


@cache
def tag(name: str) -> str:
    """The full name of `w:p`."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


_VALUE = tag("w:val")
_OFF = {"0", "false", "off"}


def value(element: Any, name: str, attribute: str | None = None) -> str | None:
    """What the child *name* says: its `w:val`, or another attribute."""
    child = None if element is None else element.find(tag(name))
    if child is None:
        return None
    found: str | None = child.get(tag(attribute) if attribute else _VALUE)
    return found


def number(element: Any, name: str) -> int | None:
    """What the child *name* says, if that is a whole number."""
    text = value(element, name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def switch(element: Any, name: str) -> bool | None:
    """Is the child *name* switched on? None where there is none."""
    child = None if element is None else element.find(tag(name))
    return None if child is None else (child.get(_VALUE) or "1").lower() not in _OFF


def elements(parent: Any) -> Iterator[Any]:
    """The children that are elements, comments and processing instructions left out."""
    return (child for child in parent if isinstance(child.tag, str))
