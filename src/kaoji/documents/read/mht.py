"""Web archives (.mht): what a browser, Word or Excel saves as one file; its pages are read one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript, Row
from kaoji.documents.read.grid import manuscript
from kaoji.documents.read.html import read as read_page
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.unseen import Unseen

_MEDIA_TYPE = "multipart/related"
_MOST_PAGES = 200
_FRAMES = re.compile(rb"<frameset\b", re.IGNORECASE)
# Excel keeps the tabs of its sheets in a page of their own.
_FURNITURE = re.compile(r"tabstrip|header\.html?$|filelist", re.IGNORECASE)


def read(content: bytes, *, name: str) -> Manuscript:
    """Read the pages of a web archive; pictures in it are not looked at."""
    pages = list(_pages(message_from_bytes(content, policy=policy.compat32)))[:_MOST_PAGES]
    if not pages:
        raise UnreadableDocument(say("网页存档（.mht）里没有网页；请在浏览器中另存为 .html"))
    unseen = Unseen()
    rows: list[Row] = []
    for page in _shown(pages):
        read_back = read_page(page, name=name)
        offset = rows[-1].fragment + 1 if rows else 0
        rows += (replace(row, fragment=row.fragment + offset) for row in read_back.rows)
        for omission in read_back.omissions:
            unseen.note(omission.told)
    return manuscript(
        content, rows, name=name, media_type=_MEDIA_TYPE, omissions=unseen.omissions()
    )


def _pages(message: Message) -> Iterator[tuple[str, bytes]]:
    """Each page with its place."""
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                yield str(part.get("Content-Location") or ""), payload


def _shown(pages: list[tuple[str, bytes]]) -> list[bytes]:
    """The first page, or the pages in its frames where it has any."""
    (_, first), *others = pages
    if not _FRAMES.search(first):
        return [first]
    return [page for place, page in others if not _FURNITURE.search(place)]
