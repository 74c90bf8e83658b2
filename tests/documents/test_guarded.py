"""Documents are parsed in another process: what goes wrong there is one sentence here."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from kaoji.documents.guarded import process as guarded
from kaoji.documents.guarded.process import GuardedReader, TooSlow, read_guarded
from kaoji.documents.guarded.worker import answer
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reading import Reading
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.pdf import render_pdf
from kaoji.documents.render.xlsx import render_xlsx

pytestmark = pytest.mark.own_process
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


def test_what_the_other_process_reads_is_what_is_read_here(songjiang: Reading):
    forms = [item.form for item in songjiang.forms]

    reading = read_guarded(render_docx(forms), name="表.docx")

    assert [item.form for item in reading.forms] == forms
    assert reading.source.name == "表.docx"


def test_places_on_a_page_survive_the_way_back(songjiang: Reading):
    pdf = render_pdf([songjiang.forms[0].form])

    [form] = read_guarded(pdf, name="表.pdf").forms

    left, top, right, bottom = form.places["project_name"].box or (0, 0, 0, 0)
    assert 0 < left < right < 1
    assert 0.1 < top < bottom < 0.2


def test_a_reader_that_is_too_slow_is_ended_and_the_next_document_is_read(songjiang: Reading):
    word = render_docx([songjiang.forms[0].form])
    with GuardedReader(seconds=0.001) as reader:
        with pytest.raises(TooSlow, match="超过"):
            reader.read(word, name="a.docx")
        reader._seconds = None

        assert len(reader.read(word, name="a.docx").forms) == 1


def test_a_refusal_comes_back_as_its_sentence():
    with pytest.raises(UnreadableDocument, match="PDF 文件不完整"):
        read_guarded(b"%PDF-1.7\nnothing", name="a.pdf")


def test_whatever_a_library_throws_becomes_a_sentence():
    reply = answer({"task": "picture", "name": "a", "page": "no number"}, b"%PDF-1.4")

    assert "refusal" in reply


def test_a_process_that_dies_is_told_of(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guarded.sys, "executable", "/bin/true")

    with pytest.raises(UnreadableDocument, match="出错"):
        read_guarded(b"<html><p>x</p></html>", name="a.html")


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "xls", "ods"])
def test_older_and_other_formats_are_read_through_libreoffice(
    kind: str, songjiang: Reading, tmp_path: Path
):
    forms = [item.form for item in songjiang.forms[:3]]
    is_sheet = kind in {"xls", "ods"}
    source = tmp_path / ("a.xlsx" if is_sheet else "a.docx")
    source.write_bytes(render_xlsx(forms) if is_sheet else render_docx(forms))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", kind, "--outdir", tmp_path, source],
        check=True, capture_output=True,
    )  # fmt: skip
    old = tmp_path / f"a.{kind}"

    reading = read_guarded(old.read_bytes(), name="a")

    assert [item.form for item in reading.forms] == forms
    assert [item.doubts for item in reading.forms] == [(), (), ()]
    assert "ms" in reading.source.media_type or kind in {"rtf", "odt", "ods"}


def test_without_libreoffice_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "WordDocument".encode("utf-16-le")

    with pytest.raises(UnreadableDocument, match="LibreOffice"):
        read_guarded(old, name="a.doc")


def test_a_locked_office_file_is_refused_with_its_reason():
    locked = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(UnreadableDocument, match="密码"):
        read_guarded(locked, name="a.docx")


def test_a_word_file_under_a_wrong_name_is_read_all_the_same(songjiang: Reading):
    word = render_docx([songjiang.forms[0].form])

    assert len(read_guarded(word, name="a.pdf").forms) == 1


def test_an_archive_is_no_document():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")

    with pytest.raises(UnreadableDocument, match="压缩文件"):
        read_guarded(buffer.getvalue(), name="a.zip")
