"""Reading text: encodings, separators, and refusals that say what would help."""

from __future__ import annotations

import random

import pytest

from kaoji.documents.read.refusals import (
    DocumentTooLarge,
    EmptyDocument,
    ForeignFormat,
    NotText,
    UnreadableDocument,
)
from kaoji.documents.read.text import MAX_BYTES, read_text
from kaoji.documents.reader import read_document
from kaoji.samples import SONGJIANG_2023


def texts(content: str | bytes) -> list[list[str]]:
    data = content.encode() if isinstance(content, str) else content
    return [[cell.text for cell in row.cells] for row in read_text(data, name="x").rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_every_usual_encoding_is_recognised(encoding: str):
    text = "项目名称\t残疾人福利\n主管部门\t民政局\n"

    assert texts(text.encode(encoding)) == [["项目名称", "残疾人福利"], ["主管部门", "民政局"]]


@pytest.mark.parametrize(
    "text",
    [
        "项目名称\t残疾人福利\t\t经常性",
        "| 项目名称 | 残疾人福利 | | 经常性 |",
        "项目名称 | 残疾人福利 |  | 经常性",
    ],
)
def test_tabs_and_pipes_give_the_same_cells(text: str):
    assert texts(text) == [["项目名称", "残疾人福利", "", "经常性"]]


def test_columns_aligned_with_blanks_are_found_by_their_place():
    rows = texts(
        "一级指标    二级指标    三级指标        目标值\n"
        "产出指标    数量指标    养护里程        35公里\n"
        "                        修补桥梁        3座\n"
        "            质量指标    验收合格率      95%\n"
    )

    assert rows[1] == ["产出指标", "数量指标", "养护里程", "35公里"]
    assert rows[2] == ["", "", "修补桥梁", "3座"]
    assert rows[3] == ["", "质量指标", "验收合格率", "95%"]


def test_a_blank_line_begins_a_fragment_and_a_form_feed_a_page():
    rows = read_text("甲\t1\n\n乙\t2\n丙\t3\f\n丁\t4".encode(), name="x").rows

    assert [row.fragment for row in rows] == [0, 1, 1, 2]
    assert [row.origin.page for row in rows] == [1, 1, 1, 2]
    assert [row.origin.line for row in rows] == [1, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "refusal", "word"),
    [
        (b"", EmptyDocument, "空"),
        (b" \n\t\n", EmptyDocument, "空"),
        ("\ufeff\n".encode(), EmptyDocument, "空"),
        (b"Rar!\x1a\x07", ForeignFormat, "压缩文件"),
        (b"PK\x03\x04rest", UnreadableDocument, "压缩文件不完整"),
        (random.Random(7).randbytes(4000), NotText, "不是文本"),
        (b"\x00\x01\x02" * 500, NotText, "不是文本"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(content, refusal, word):
    with pytest.raises(refusal, match=word):
        read_document(content, name="x.txt")


def test_too_much_is_refused_before_it_is_looked_at():
    with pytest.raises(DocumentTooLarge, match="上限 32 MB"):
        read_document(b"x" * (MAX_BYTES + 1), name="x.txt")


def test_a_damaged_byte_is_reported_with_its_line_and_the_rest_is_read():
    content = bytearray(SONGJIANG_2023.read_bytes())
    place = content.index("下拨康复".encode())
    content[place] = 0xFF

    reading = read_document(bytes(content), name="x.txt")

    assert len(reading.forms) == 17
    assert reading.problems[0].origin.line == 18


def test_a_text_without_a_form_is_a_reading_with_a_problem():
    reading = read_document("今天天气很好。\n".encode(), name="x.txt")

    assert reading.forms == ()
    assert "没有找到" in str(reading.problems[0].reason)


@pytest.mark.parametrize(
    "content",
    [
        b'{"kaoji": "reading/1"}',
        b'{"kaoji": "reading/9", "forms": []}',
        b'{"kaoji": ',
        b'{"kaoji": "reading/1", "forms": {}, "problems": 3}',
        b"\xef\xbb\xbf{}",
        b'{"a":' * 3000,
    ],
)
def test_broken_json_is_refused(content: bytes):
    with pytest.raises(UnreadableDocument, match="JSON"):
        read_document(content, name="x.json")
