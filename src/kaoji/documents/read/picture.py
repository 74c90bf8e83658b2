"""Pictures: a page of a PDF as PNG, a scan as a page of ink."""

from __future__ import annotations

import io

from PIL import Image

from kaoji.core.speech import say
from kaoji.documents.read.kinds import Kind, kind_of
from kaoji.documents.read.pdf import open_pdf
from kaoji.documents.read.refusals import UnreadableDocument

_SHOWN_DPI = 110
_MOST_PIXELS = 60_000_000


def page_as_png(content: bytes, page: int) -> bytes:
    """Page *page* (from 1) of a PDF, or the picture itself, large enough to be read."""
    picture = _page_of_pdf(content, page) if kind_of(content) is Kind.PDF else _opened(content)
    buffer = io.BytesIO()
    picture.convert("L").save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def _page_of_pdf(content: bytes, page: int) -> Image.Image:
    document = open_pdf(content)
    try:
        if not 0 < page <= len(document):
            raise UnreadableDocument(say("没有第 {page} 页", page=page))
        shown: Image.Image = document[page - 1].render(scale=_SHOWN_DPI / 72).to_pil()
        return shown
    finally:
        document.close()


def _opened(content: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own limit speaks in a sentence
    try:
        picture = Image.open(io.BytesIO(content))
        width, height = picture.size
        if width * height > _MOST_PIXELS:
            raise UnreadableDocument(
                say(
                    "图片太大（{width}×{height} 像素）；请缩小后再试",
                    width=width,
                    height=height,
                )
            )
        picture.load()
    except (OSError, SyntaxError, ValueError) as broken:
        if isinstance(broken, UnreadableDocument):
            raise
        raise UnreadableDocument(say("图片不完整，无法打开")) from broken
    return picture
