"""Office documents in one XML file – those of 2003 above all – and formats that nobody reads here."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.documents.word_files import cell, document, p, row, run, table

from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read import read_manuscript
from kaoji.documents.read.kinds import Kind, kind_of
from kaoji.documents.read.refusals import UnreadableDocument


def texts(manuscript: Manuscript) -> list[list[str]]:
    return [[item.text for item in line.cells] for line in manuscript.rows]


def workbook(sheets: str, styles: str = "") -> bytes:
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"<Styles>{styles}</Styles>{sheets}</Workbook>"
    ).encode()


def sheet(rows: str, name: str = "表", options: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{options}</Worksheet>'


def data(text: str, kind: str = "String", about: str = "") -> str:
    return f'<Cell {about}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_a_workbook_of_2003_is_read_as_it_is_shown():
    styles = (
        '<Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>'
        '<Style ss:ID="u"><NumberFormat ss:Format="&quot;≥&quot;0&quot;个&quot;"/></Style>'
        '<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style>'
    )
    number, day = data("12", "Number", 'ss:StyleID="u"'), "2023-12-01T00:00:00.000"
    rows = "".join(
        [
            "<Row>", data("标题", about='ss:MergeAcross="2"'), "</Row><Row ss:Index='4'>",
            data("甲", about='ss:MergeDown="1"'), data("0.925", "Number", 'ss:StyleID="p"'), number,
            "</Row><Row>", data("乙", about='ss:Index="3"'), "</Row><Row>",
            data(day, "DateTime", 'ss:StyleID="d"'), "</Row>",
        ]
    )  # fmt: skip

    manuscript = read_manuscript(workbook(sheet(rows), styles), name="a.xls")

    assert texts(manuscript) == [
        ["标题", "", ""], ["甲", "92.5%", "≥12个"], ["", "", "乙"], ["2023年12月", "", ""],
    ]  # fmt: skip
    assert [line.cells[0].origin.row for line in manuscript.rows] == [1, 4, 5, 6]
    assert manuscript.rows[2].cells[0].from_above
    assert [c.covered for c in manuscript.rows[0].cells] == [False, True, True]


def test_what_a_workbook_of_2003_hides_is_told_and_what_it_does_not_know_is_a_flaw():
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    rows = (
        '<Column/><Column ss:Hidden="1"/>'
        f"<Row>{data('甲')}{data('藏')}{data('#N/A', 'Error')}</Row>"
        f'<Row ss:Hidden="1">{data("作废")}</Row>'
        '<Row><Cell ss:Formula="=1+1"/></Row>'
    )

    manuscript = read_manuscript(
        workbook(sheet(rows) + sheet(f"<Row>{data('旧')}</Row>", "草稿", hidden)), name="a"
    )

    assert texts(manuscript) == [["甲", "", "#N/A"], ["?", "", ""]]
    assert [str(item.told) for item in manuscript.omissions] == [
        "第 2 行是隐藏或被筛选掉的，没有读取",
        "第 2 列是隐藏的，没有读取",
        "工作表“草稿”是隐藏的，没有读取",
    ]
    assert all(line.cells[at].flaw for line, at in zip(manuscript.rows, (2, 0), strict=True))


OLD_WORD = "http://schemas.microsoft.com/office/word/2003/wordml"
NEW_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_a_document_of_word_2003_is_read_like_any_other():
    changed = (
        '<aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content>' + run("10") + "</aml:content></aml:annotation>"
        '<aml:annotation aml:id="2" w:type="Word.Insertion"><aml:content>' + run("12") + "</aml:content></aml:annotation>"
    )  # fmt: skip
    body = f"<wx:sect>{table(row(cell('数量'), cell(p(changed + run('个')))), row(cell('', '<w:vmerge/>'), cell('乙')))}</wx:sect>"
    text = document(body).replace(NEW_WORD, OLD_WORD).replace("w:document", "w:wordDocument")
    text = text.replace("<w:wordDocument ", '<w:wordDocument xmlns:aml="http://schemas.microsoft.com/aml/2001/core" '
                        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" ')  # fmt: skip
    text = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>' + text

    manuscript = read_manuscript(text.encode(), name="a.xml")

    assert texts(manuscript) == [["数量", "12个"], ["", "乙"]]
    assert manuscript.rows[1].cells[0].from_above
    assert "未接受的修订" in str(manuscript.omissions[0].told)


def test_a_package_laid_flat_is_read_like_any_other():
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    text = (
        f'<?xml version="1.0"?><pkg:package {space}><pkg:part pkg:name="/word/document.xml">'
        f"<pkg:xmlData>{document(p(run('甲')))}</pkg:xmlData></pkg:part></pkg:package>"
    )

    assert texts(read_manuscript(text.encode(), name="a.xml")) == [["甲"]]


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def compound(stream: str, inside: bytes = b"") -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return head + inside.ljust(512, b"\0") + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (zipped("ppt/presentation.xml"), "PowerPoint"),
        (zipped("xl/workbook.bin"), "xlsb"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (compound("PowerPoint Document"), "PowerPoint"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (compound("WordDocument", b"\xec\xa5\xc1\x00" + b"\0" * 7 + b"\x01"), "密码"),
        (compound("Workbook", b"\x09\x08\x10\x00\x00\x06" + b"\0" * 14 + b"\x2f\x00\x36\x00"), "密码"),
        (compound("EncryptedPackage"), "密码"),
    ],
)  # fmt: skip
def test_a_format_that_cannot_be_read_is_named(content: bytes, named: str):
    with pytest.raises(UnreadableDocument, match=named):
        read_manuscript(content, name="a")


def test_old_office_files_without_a_password_are_what_they_are():
    assert kind_of(compound("WordDocument", b"\xec\xa5\xc1\x00" + b"\0" * 20)) is Kind.DOC
    assert kind_of(compound("Workbook", b"\x09\x08\x10\x00\x00\x06" + b"\0" * 40)) is Kind.XLS
