"""Markup in cells: `<p>…</p>` and its kind are taken out, and the repair is told."""

from __future__ import annotations

import html
import re

from kaoji.core.speech import Sentence, say

# A tag has attributes of its kind behind its name, or nothing: 甲<A =乙>丙 is no tag.
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))?"""
_TAG = re.compile(rf"</?([A-Za-z][A-Za-z0-9]*)(?:{_ATTRIBUTE})*\s*/?>", re.ASCII)
_BREAK = re.compile(r"(?i)</p>\s*<p[^<>]*>|<br\s*/?>")
_ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|#\d+);")

MARKUP_REMOVED = "去除了 {tags} 标记"


def has_markup(text: str) -> bool:
    """Does the text carry tags or entities of a web page?"""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def without_markup(text: str) -> tuple[str, Sentence | None]:
    """The plain text, and the sentence that tells what was removed (None when nothing was)."""
    if not has_markup(text):
        return text, None
    tags = sorted({f"<{found[1].lower()}>" for found in _TAG.finditer(text)})
    tags += sorted(set(_ENTITY.findall(text)))
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\xa0", " ")
    return plain.strip(), say(MARKUP_REMOVED, tags=" ".join(tags))
