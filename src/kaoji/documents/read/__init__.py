"""Bytes become a Manuscript. The format is decided by content, never by the file's name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read.folding import fold
from kaoji.documents.read.kinds import CONVERTED, Kind, kind_of
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES, read_text

_EXTRAS = {
    "cv2": "scan",
    "onnxruntime": "scan",
    "rapidocr": "scan",
}


def read_manuscript(content: bytes, *, name: str) -> Manuscript:
    """Read a document's bytes. Raises UnreadableDocument with a sentence for people."""
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(len(content), MAX_BYTES)
    return fold(_read(content, kind_of(content), name=name))


def _read(content: bytes, kind: Kind, *, name: str) -> Manuscript:
    if kind is Kind.TEXT:
        return read_text(content, name=name)
    if kind is Kind.LOCKED:
        raise UnreadableDocument(say("文件有密码保护，无法打开；请另存为不加密的文件"))
    if kind is Kind.ZIP:
        raise UnreadableDocument(say("这是压缩文件；里面的文件要逐个读取"))
    if kind in CONVERTED:
        raise UnreadableDocument(say("旧版 Office 文件要先转换"))
    return _reader(kind)(content, name=name)


def _reader(kind: Kind) -> Callable[..., Manuscript]:
    """The reader of a format; its library comes with an extra."""
    try:
        module = import_module(f"kaoji.documents.read.{kind}")
    except ModuleNotFoundError as missing:
        raise UnreadableDocument(
            say(
                "读取 {kind} 文件需要安装 {module}（kaoji[{extra}]）",
                kind=kind,
                module=missing.name,
                extra=_EXTRAS.get(missing.name or "", "office"),
            )
        ) from missing
    reader: Callable[..., Manuscript] = module.read
    return reader
