"""Bytes become a Manuscript. The format is decided by content, never by the file's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read.archive import office_kind
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES, read_text

_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta|p|div)\b", re.IGNORECASE
)
# Some writers put a few bytes before the mark of a PDF; all readers allow it.
_PDF_MARK_WITHIN = 1024


def read_manuscript(content: bytes, *, name: str) -> Manuscript:
    """Read a document's bytes. Raises UnreadableDocument with a sentence for people."""
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(len(content), MAX_BYTES)
    kind = _kind(content)
    if kind is None:
        return read_text(content, name=name)
    return _reader(kind)(content, name=name)


def _kind(content: bytes) -> str | None:
    """The module that reads this content; None for plain text."""
    if b"%PDF-" in content[:_PDF_MARK_WITHIN]:
        return "pdf"
    return office_kind(content) or ("html" if _HTML.match(content) else None)


def _reader(kind: str) -> Callable[..., Manuscript]:
    """The reader of an office format; its library comes with `kaoji[office]`."""
    try:
        module = import_module(f"kaoji.documents.read.{kind}")
    except ModuleNotFoundError as missing:
        raise UnreadableDocument(
            say(
                "读取 {kind} 文件需要安装 {module}（kaoji[office]）",
                kind=kind,
                module=missing.name,
            )
        ) from missing
    reader: Callable[..., Manuscript] = module.read
    return reader
