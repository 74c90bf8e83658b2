"""Take a rule's essay apart: first sentence, sections, examples in the notation."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EXAMPLE = re.compile(
    r"^```form (?P<verdict>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_SECTION = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A form in the notation and what the rule should say of it: bad or good (fail or pass)."""

    verdict: str
    text: str


def summary_of(essay: str) -> str:
    """The first sentence: what is wrong, in a few words."""
    return essay.strip().split("\n\n", 1)[0].replace("\n", " ")


def section_of(essay: str, title: str) -> str:
    """The Markdown below the heading *title*, without its examples; empty when missing."""
    pieces = _SECTION.split(_EXAMPLE.sub("", essay))
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return sections.get(title, "").strip()


def examples_in(markdown: str) -> list[Example]:
    """Every ```form block of a text, in order."""
    return [Example(found["verdict"], found["text"]) for found in _EXAMPLE.finditer(markdown)]
