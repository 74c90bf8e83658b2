"""Files that mean harm, or were broken on the way: refused in one sentence, in good time."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import openpyxl
import pytest

from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.xlsx import render_xlsx


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def with_part(document: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same archive with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(buffer, "w") as out:
        for name in source.namelist():
            content = source.read(name)
            out.writestr(name, content.replace(old, new, 1) if name == part else content)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def word(songjiang: Reading) -> bytes:
    return render_docx([songjiang.forms[0].form])


@pytest.fixture(scope="module")
def excel(songjiang: Reading) -> bytes:
    return render_xlsx([songjiang.forms[0].form])


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = archive(word__document_xml=b"\0" * 160_000_000)

    with pytest.raises(UnreadableDocument, match="解压后过大"):
        read_document(bomb, name="bomb.docx")


def test_an_archive_of_anything_else_is_refused():
    with pytest.raises(UnreadableDocument, match="压缩文件"):
        read_document(archive(a_xml=b"x"), name="a.zip")


@pytest.mark.parametrize("place", range(20))
@pytest.mark.parametrize("kind", ["word", "excel"])
def test_a_file_cut_off_anywhere_is_refused(kind: str, place: int, word: bytes, excel: bytes):
    content = {"word": word, "excel": excel}[kind]

    with pytest.raises(UnreadableDocument):
        read_document(content[: 4 + (len(content) - 30) * place // 20], name="cut")


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("kind", ["word", "excel"])
def test_a_file_with_flipped_bytes_is_read_or_refused(
    kind: str, seed: int, word: bytes, excel: bytes
):
    content = bytearray({"word": word, "excel": excel}[kind])
    chance = random.Random(seed)
    for _ in range(20):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    with suppress(UnreadableDocument):
        read_document(bytes(content), name="flipped")


def test_external_entities_are_not_followed(word: bytes):
    entity = b'<!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/hostname">]><w:document '
    hostile = with_part(word, "word/document.xml", b"<w:document ", entity)
    hostile = with_part(hostile, "word/document.xml", "残疾人福利".encode(), b"&secret;")

    try:
        reading = read_document(hostile, name="x.docx")
    except UnreadableDocument:
        return
    assert all(not item.form.project_name for item in reading.forms)


def test_entities_that_multiply_are_no_danger(word: bytes):
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    bomb = b'<!DOCTYPE w [<!ENTITY l0 "ha">' + laughs + b"]><w:document "
    hostile = with_part(word, "word/document.xml", b"<w:document ", bomb)
    hostile = with_part(hostile, "word/document.xml", "残疾人福利".encode(), b"&l11;")

    with suppress(UnreadableDocument):
        read_document(hostile, name="x.docx")


def test_ten_million_empty_cells_before_one_that_is_filled_cost_nothing():
    """Only filled cells count: a stray sign at the end of the sheet is no reason to refuse it."""
    book = openpyxl.Workbook()
    book.active["ZZ20000"] = "x"
    buffer = io.BytesIO()
    book.save(buffer)

    reading = read_document(buffer.getvalue(), name="wide.xlsx")

    assert reading.forms == ()


def test_lone_cells_far_to_the_right_are_refused_before_they_cost_anything():
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 3_000))
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    target = io.BytesIO()
    book.save(target)
    part = "xl/worksheets/sheet1.xml"
    plain = zipfile.ZipFile(target).read(part)
    wide = with_part(target.getvalue(), part, plain, sheet.format(rows).encode())

    with pytest.raises(UnreadableDocument, match="格"):
        read_document(wide, name="宽.xlsx")


def test_formulas_are_never_computed_nor_written(songjiang: Reading):
    from dataclasses import replace

    form = replace(songjiang.forms[0].form, project_name='=HYPERLINK("http://x","y")')

    book = openpyxl.load_workbook(io.BytesIO(render_xlsx([form])))

    cell = next(
        c for row in book.active.iter_rows() for c in row if "HYPERLINK" in str(c.value)
    )
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_spans_beyond_measure_are_refused():
    row = '<tr><td colspan="1000" rowspan="1000">x</td></tr>'
    page = f"<html><table>{row * 1000}</table></html>"

    with pytest.raises(UnreadableDocument, match="表格过大"):
        read_document(page.encode(), name="x.html")


def test_scripts_and_styles_of_a_page_are_not_read():
    page = "<html><script>财政项目支出绩效目标申报表</script><p>没有表</p></html>"

    assert read_document(page.encode(), name="x.html").forms == ()


def with_file(document: bytes, part: str, content: bytes) -> bytes:
    """The same archive with one more part."""
    buffer = io.BytesIO(document)
    with zipfile.ZipFile(buffer, "a") as out:
        out.writestr(part, content)
    return buffer.getvalue()


class Fetched(AssertionError):
    """Something tried to reach another machine."""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise Fetched

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_a_template_on_another_machine_is_not_fetched(word: bytes):
    relation = (
        b'<Relationship Id="rId99" TargetMode="External" Target="http://192.0.2.1/x.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b"</Relationships>"
    )
    part = "word/_rels/document.xml.rels"
    hostile = with_part(word, part, b"</Relationships>", relation)

    assert hostile != word
    assert len(read_document(hostile, name="x.docx").forms) == 1


@pytest.mark.usefixtures("no_network")
def test_links_to_other_workbooks_are_not_followed(excel: bytes):
    link = b'<externalLink><externalBook r:id="rId1"/></externalLink>'
    hostile = with_file(excel, "xl/externalLinks/externalLink1.xml", link)

    assert len(read_document(hostile, name="x.xlsx").forms) == 1


def test_a_nest_of_archives_is_no_danger():
    content = b"x"
    for _ in range(40):
        content = archive(inner_xml=content)

    with pytest.raises(UnreadableDocument):
        read_document(content, name="x.zip")
