"""Bytes become a Manuscript. The format is decided by content, never by the file's name."""

from __future__ import annotations

from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read.text import read_text


def read_manuscript(content: bytes, *, name: str) -> Manuscript:
    """Read a document's bytes. Raises UnreadableDocument with a sentence for people."""
    return read_text(content, name=name)
