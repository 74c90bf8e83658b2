"""Archives of documents: every member comes, safely named, or says why it cannot."""

from __future__ import annotations

import io
import zipfile

import pytest

from kaoji.documents.bundle import Member, is_bundle, members
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reading import Reading
from kaoji.documents.render.docx import render_docx


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_every_file_comes_with_its_path():
    found = list(members(packed(("a.txt", b"1"), ("b/c.txt", b"2"))))

    assert found == [Member("a.txt", b"1"), Member("b/c.txt", b"2")]


def test_names_cannot_lead_out_of_the_archive():
    found = members(
        packed(("../../etc/passwd", b"1"), ("C:\\x\\..\\y.txt", b"2"), ("/z", b"3"))
    )

    assert [member.path for member in found] == ["etc/passwd", "x/y.txt", "z"]


def test_chinese_names_that_windows_wrote_in_gbk_are_read():
    name = "申报表.txt"
    entry = zipfile.ZipInfo("?" * len(name.encode("gbk")))
    content = packed((entry, b"1")).replace(entry.filename.encode(), name.encode("gbk"))

    assert [member.path for member in members(content)] == [name]


def test_what_no_person_put_there_is_left_out():
    junk = packed(("__MACOSX/a", b"1"), (".DS_Store", b"2"), ("~$a.docx", b"3"), ("d/", b""))

    assert list(members(junk)) == []


def test_a_member_without_a_name_is_left_out():
    content = packed(("a", b"1"), ("b.txt", b"2"))
    nameless = content.replace(b"\x01\x00\x00\x00a", b"\x01\x00\x00\x00\x00")

    assert [member.path for member in members(nameless)][-1:] == ["b.txt"]


def test_archives_inside_archives_are_opened_but_not_without_end():
    inner = packed(("a.txt", b"1"))
    twice = packed(("inner.zip", inner))
    thrice = packed(("twice.zip", twice))

    [a] = members(twice)
    [refused] = members(thrice)

    assert a == Member("inner.zip/a.txt", b"1")
    assert refused.path == "twice.zip/inner.zip"
    assert "2 层" in str(refused.refusal)


def test_one_broken_member_does_not_hide_the_others():
    content = packed(("a.txt", b"x" * 1000), ("b.txt", b"2"))
    broken = content.replace(b"a.txt", b"a.txt", 1)
    position = broken.index(b"a.txt") + 7
    broken = broken[:position] + b"\xff\xff\xff" + broken[position + 3 :]

    first, second = members(broken)

    assert "已损坏" in str(first.refusal)
    assert second == Member("b.txt", b"2")


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(UnreadableDocument, match="解压后过大"):
        list(members(packed(("a", b"\0" * 60_000_000))))


def test_a_word_file_is_a_document_and_no_archive(songjiang: Reading):
    assert not is_bundle(render_docx([songjiang.forms[0].form]))
    assert is_bundle(packed(("a.txt", b"1")))
