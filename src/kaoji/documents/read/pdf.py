"""PDF files: what a reader sees on every page – signs, ruled lines, filled fields –, nothing run or fetched.

A page whose signs are a picture, are drawn as shapes or have no meaning is recognised like a scan where
that can be done here, and otherwise named with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from kaoji.core.provenance import Origin
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import Manuscript, Omission, Row
from kaoji.documents.read.grid import manuscript
from kaoji.documents.read.page.ink import Ink
from kaoji.documents.read.page.rows_of_pages import rows_of_pages
from kaoji.documents.read.pdf_fields import filled_in, without_printed_boxes
from kaoji.documents.read.pdf_glyphs import Signs, seen, signs_of
from kaoji.documents.read.pdf_page import Upright, draw_lines, grounds, has_shapes
from kaoji.documents.read.recogniser import SCAN_DPI, ScanNotInstalled, recogniser
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.symbols import UNKNOWN
from kaoji.documents.read.unseen import Unseen

_MEDIA_TYPE = "application/pdf"
# The keyword of our own PDF files; in them invisible marks tell paragraphs and blanks.
OUR_MARK = "kaoji-marked-1"
MOST_PAGES = 1_000
# A picture this large with hardly a sign on it is the page; what is printed beside is its stamp.
_LARGE_PICTURE = 0.4
_FEW_SIGNS = 30

_WATERMARK = say("水印没有读取：{texts}")
_HIDDEN = say("页面上看不见的文字没有读取：{texts}")
_OUTSIDE = say("页面边界以外的文字没有读取：{texts}")
_SHAPES = say(
    "PDF 里的文字画成了图形（转曲），没有文字层；请安装 kaoji[scan] 后再读，或用原文件重新导出"
)
_UNMAPPED = say(
    "PDF 里的文字没有对应的字符编码，取不出来；请安装 kaoji[scan] 后再读，或用原文件重新导出"
)
_PICTURE = say("这一页是图片")
_DYNAMIC = say(
    "这是动态表单（XFA），内容要用 Adobe Acrobat 才能看到；请在 Acrobat 里打印成 PDF 后再读"
)


def read(content: bytes, *, name: str) -> Manuscript:
    """Read a PDF; pages that are pictures are recognised where kaoji[scan] is installed.

    Raises UnreadableDocument for an encrypted or broken one, and for one of which no page can be
    read here.
    """
    document = open_pdf(content)
    pages = _Pages(document)
    try:
        rows = [_with_flaws(row) for row in rows_of_pages(pages)]
    except pypdfium2.PdfiumError as broken:
        raise _Broken from broken
    finally:
        document.close()
    if not rows and pages.refusal is not None:
        raise pages.refusal
    return manuscript(
        content,
        rows,
        name=name,
        media_type=_MEDIA_TYPE,
        recognised=pages.recognised,
        pictures=[Origin(page=number) for number in pages.pictures],
        omissions=[*pages.unseen.omissions(), *pages.omissions],
    )


def _with_flaws(row: Row) -> Row:
    """The row with a flaw of each cell in which a sign has no meaning."""
    if not any(UNKNOWN in cell.text for cell in row.cells):
        return row
    flaw = say("有的符号在 PDF 里没有对应的字符，读不出来，请对照原文件")
    cells = (replace(cell, flaw=flaw) if UNKNOWN in cell.text else cell for cell in row.cells)
    return replace(row, cells=tuple(cells))


class _Broken(UnreadableDocument):
    """Bytes that begin as a PDF and are none."""

    def __init__(self) -> None:
        super().__init__(say("PDF 文件不完整，无法打开；请重新导出后再试"))


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF within limits. Raises UnreadableDocument."""
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as broken:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise UnreadableDocument(
                say("PDF 有密码保护，无法打开；请另存为不加密的文件")
            ) from broken
        raise _Broken from broken
    if pages > MOST_PAGES:
        document.close()
        raise UnreadableDocument(
            say(
                "PDF 有 {pages} 页，上限 {limit} 页；请只保留申报表部分",
                pages=pages,
                limit=MOST_PAGES,
            )
        )
    return document


class _Pages:
    """The pages one by one; afterwards it tells which could not be read, and what was left out."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._ours = document.get_metadata_value("Keywords") == OUR_MARK
        self._form = _form_of(document)
        self.recognised = False
        self.pictures: list[int] = []
        self.omissions: list[Omission] = []
        self.unseen = Unseen()
        self.refusal: UnreadableDocument | None = None

    def __iter__(self) -> Iterator[Ink]:
        for number in range(len(self._document)):
            page = self._document[number]
            try:
                yield self._ink(page, number + 1)
            finally:
                page.close()

    def _ink(self, page: pypdfium2.PdfPage, number: int) -> Ink:
        signs = signs_of(page)
        why = _why_scanned(page, signs)
        if why is None:
            return self._read(page, signs, number)
        recognise = recogniser()
        if recognise is not None:
            self.recognised = True
            return recognise(page.render(scale=SCAN_DPI / 72).to_numpy(), number, dpi=SCAN_DPI)
        if why is _UNMAPPED:
            told = say("第 {page} 页的文字没有对应的字符编码，未能读取", page=number)
            self.omissions.append(Omission(told, Origin(page=number)))
            self.refusal = UnreadableDocument(_UNMAPPED)
            return Ink(number, *page.get_size())
        if why is _SHAPES:
            told = say("第 {page} 页的文字画成了图形，未能读取", page=number)
            self.omissions.append(Omission(told, Origin(page=number)))
        else:
            self.pictures.append(number)
        self.refusal = ScanNotInstalled() if why is _PICTURE else UnreadableDocument(why)
        return self._read(page, signs, number)

    def _read(self, page: pypdfium2.PdfPage, signs: Signs, number: int) -> Ink:
        """Everything on a page that a reader of tables needs."""
        turned = signs.turned(page.get_rotation())
        upright = Upright(page, turned)
        ink = Ink(number, upright.width, upright.height, marked=self._ours, turned=turned)
        found = seen(
            signs,
            upright,
            reads_invisible=not signs.some_invisible or self._ours or _has_picture(page),
            white_on=grounds(page, upright) if signs.some_white else [],
        )
        filled = filled_in(page, self._form, upright)
        ink.glyphs = [*without_printed_boxes(found.glyphs, filled.ticks), *filled.glyphs]
        draw_lines(page, upright, ink)
        self.unseen.place = Origin(page=number)
        self.unseen.note(_WATERMARK, "".join(found.watermarks))
        self.unseen.note(_HIDDEN, "".join(found.hidden))
        self.unseen.note(_OUTSIDE, "".join(found.outside))
        for text in filled.hidden:
            self.unseen.note(_HIDDEN, text)
        return ink


def _form_of(document: pypdfium2.PdfDocument) -> Any:
    """The form of a document, if it has one. Raises UnreadableDocument for one that only Acrobat draws."""
    kind = document.get_formtype()
    if kind == raw.FORMTYPE_NONE:
        return None
    if kind == raw.FORMTYPE_XFA_FULL and _asks_to_wait(document):
        document.close()
        raise UnreadableDocument(_DYNAMIC)
    document.init_forms()
    return None if document.formenv is None else document.formenv.raw


def _asks_to_wait(document: pypdfium2.PdfDocument) -> bool:
    """Is the only page a notice that the form cannot be shown?"""
    page = document[0]
    text = page.get_textpage()
    words = text.get_text_bounded()
    text.close()
    page.close()
    return "Please wait" in words or "请稍" in words or "Adobe Reader" in words


def _why_scanned(page: pypdfium2.PdfPage, signs: Signs) -> Sentence | None:
    """Why a page has to be recognised like a scan; None where its signs can be read."""
    if signs.are_unknown:
        return _UNMAPPED
    count = sum(not sign.text.isspace() for sign in signs.found)
    if count >= _FEW_SIGNS:
        return None
    if _has_picture(page, 0.0 if not count else _LARGE_PICTURE):
        return _PICTURE
    return _SHAPES if has_shapes(page) else None


def _has_picture(page: pypdfium2.PdfPage, share: float = 0.0) -> bool:
    """Is there a picture that takes this share of the page?"""
    width, height = page.get_size()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if not share:
            return True
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) >= share * width * height:
            return True
    return False
