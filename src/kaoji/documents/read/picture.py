"""Pictures: a page of a PDF as PNG, a scan as a page of ink."""

from __future__ import annotations

import io
from itertools import islice

from PIL import Image, ImageSequence

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read.grid import manuscript
from kaoji.documents.read.kinds import Kind, kind_of
from kaoji.documents.read.page.rows_of_pages import rows_of_pages
from kaoji.documents.read.pdf import open_pdf
from kaoji.documents.read.recogniser import ScanNotInstalled, recogniser
from kaoji.documents.read.refusals import UnreadableDocument

_SHOWN_DPI = 110
_A4_WIDTH_INCHES = 8.27
_MOST_FRAMES = 100
_MOST_PIXELS = 60_000_000


def read(content: bytes, *, name: str) -> Manuscript:
    """Recognise a scan or a photograph, of several pages perhaps. Raises UnreadableDocument."""
    recognise = recogniser()
    picture = _opened(content)
    if recognise is None:
        raise ScanNotInstalled
    import numpy as np

    frames = islice(ImageSequence.Iterator(picture), _MOST_FRAMES)
    pages = (
        recognise(np.asarray(frame.convert("L")), number, dpi=_dpi_of(frame))
        for number, frame in enumerate(frames, start=1)
    )
    rows = list(rows_of_pages(pages))
    media_type = Image.MIME.get(picture.format or "", "image/png")
    return manuscript(content, rows, name=name, media_type=media_type, recognised=True)


def _dpi_of(picture: Image.Image) -> float:
    """So many pixels an inch that the page is as wide as A4: what scanners note is often wrong."""
    return min(picture.size) / _A4_WIDTH_INCHES


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
