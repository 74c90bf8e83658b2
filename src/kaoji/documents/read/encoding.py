"""Which encoding? UTF-8 and UTF-16 by their marks, then strict UTF-8, then GB18030.

Lines of two encodings in one file – somebody put two files together – are told apart line by line.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kaoji.core.speech import say
from kaoji.documents.read.refusals import ForeignFormat, NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = {
    b"Rar!": say("压缩文件"),
    b"7z\xbc\xaf": say("压缩文件"),
    b"\x1f\x8b": say("压缩文件"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_COMMON = re.compile(r"[项目指标年度资金的]")
_TOLERATED_DAMAGE = 0.01


@dataclass(frozen=True)
class Decoded:
    """A text, and the numbers of its lines that are in another encoding than the rest."""

    text: str
    strange: tuple[int, ...] = ()


def decode(content: bytes) -> str:
    """The text of a document. Raises as `decoded` does."""
    return decoded(content).text


def decoded(content: bytes) -> Decoded:
    """Decode a document; undecodable bytes become U+FFFD where most of it is sound.

    Raises ForeignFormat for known binary formats and NotText for anything else.
    """
    for signature, name in _FOREIGN.items():
        if content.startswith(signature):
            raise ForeignFormat(name)
    found = _mixed(content) or Decoded(_decode(content) or "\ufffd")
    text = found.text.replace("\x00", "\ufffd")
    if len(_CONTROL.findall(text)) > len(text) * _TOLERATED_DAMAGE:
        raise NotText
    return Decoded(text, found.strange)


_LINE_END = re.compile(rb"\r\n|\r|\n")
_WIDE = re.compile(r"[^\x00-\x7f]")
_CHINESE = re.compile(r"[\u2000-\u2fff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef·×]+")
_FEWEST_WIDE = 3


def _mixed(content: bytes) -> Decoded | None:
    """The text of a file in which some lines are UTF-8 and others GB18030; None of any other file."""
    if content.startswith(tuple(mark for mark, _ in _MARKS)) or b"\x00" in content[:65536]:
        return None
    if _strictly(content, "utf-8") is not None:
        return None
    lines = _LINE_END.split(content)
    wide = [n for n, line in enumerate(lines) if not line.isascii()]
    as_utf8 = {n for n in wide if _is_chinese(_strictly(lines[n], "utf-8"))}
    others = {n for n in wide if _strictly(lines[n], "utf-8") is None}
    as_gb = {n for n in others if _is_chinese(_strictly(lines[n], "gb18030"))}
    if not as_utf8 or not as_gb:
        return None
    mostly_utf8 = len(as_utf8) >= len(others)
    strange = as_gb if mostly_utf8 else as_utf8
    usual, other = ("utf-8", "gb18030") if mostly_utf8 else ("gb18030", "utf-8")
    texts = (
        line.decode(other if n in strange else usual, errors="replace")
        for n, line in enumerate(lines)
    )
    return Decoded("\n".join(texts), tuple(sorted(n + 1 for n in strange)))


def _is_chinese(text: str | None) -> bool:
    """Are all its signs beyond ASCII such as Chinese text has, and enough of them to be no chance?"""
    found = "" if text is None else "".join(_WIDE.findall(text))
    return len(found) >= _FEWEST_WIDE and bool(_CHINESE.fullmatch(found))


def _decode(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content[:65536]:
        wide = _unmarked_utf16(content)
        if wide is not None and _COMMON.search(wide):
            return wide
    for encoding in ("utf-8", "gb18030"):
        text = _strictly(content, encoding)
        if text is not None and (encoding == "utf-8" or _COMMON.search(text)):
            return text
    mended = content.decode("utf-8", errors="replace")
    if mended.count("\ufffd") <= len(mended) * _TOLERATED_DAMAGE:
        return mended
    mended = content.decode("gb18030", errors="replace")
    return mended if mended.count("\ufffd") <= len(mended) * _TOLERATED_DAMAGE else None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark; text in other encodings hardly ever has zero bytes.

    The zero bytes of its line breaks and tabs tell which end comes first.
    """
    little = content.count(b"\n\x00") + content.count(b"\t\x00")
    big = content.count(b"\x00\n") + content.count(b"\x00\t")
    return _strictly(content, "utf-16-le" if little >= big else "utf-16-be")
