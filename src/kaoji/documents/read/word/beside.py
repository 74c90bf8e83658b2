"""What stands beside the text of a document and is no part of any form: told, never read into it."""

from __future__ import annotations

import re
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.documents.read.unseen import Unseen
from kaoji.documents.read.word.inline import Inline
from kaoji.documents.read.word.names import tag
from kaoji.documents.read.word.package import Package

_KINDS: dict[str, tuple[str, Sentence]] = {
    "footnotes": ("w:footnote", say("脚注没有读取：{texts}")),
    "endnotes": ("w:endnote", say("尾注没有读取：{texts}")),
    "comments": ("w:comment", say("批注没有读取：{texts}")),
    "header": ("w:hdr", say("页眉没有读取：{texts}")),
    "footer": ("w:ftr", say("页脚没有读取：{texts}")),
}
_PAGE_NUMBER = re.compile(r"[\s\d第共页/\-—–,，.·]*|page|of", re.IGNORECASE)


def note_beside(package: Package, inline: Inline, unseen: Unseen) -> None:
    """Note footnotes, comments, and headers that say more than the number of the page."""
    for kind, (name, told) in _KINDS.items():
        for root in package.related(kind):
            for item in root.iter(tag(name)):
                text = _text(item, inline)
                if _PAGE_NUMBER.sub("", text):
                    unseen.note(told, text)


def _text(item: Any, inline: Inline) -> str:
    if item.get(tag("w:type")) in {"separator", "continuationSeparator", "continuationNotice"}:
        return ""
    inline.next_place()
    return " ".join(inline.paragraph(block).text for block in item.iter(tag("w:p")))
