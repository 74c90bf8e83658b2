"""`kaoji read` on folders and archives: nothing stops it, and it does not read twice."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from cli.running import SAMPLE, kaoji


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    content = Path(SAMPLE).read_bytes()
    (inside / "a.txt").write_bytes(content)
    (inside / "sub" / "cut.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with zipfile.ZipFile(inside / "b.zip", "w") as archive:
        archive.writestr("c.txt", content)
        archive.writestr("empty.txt", "没有表")
    return inside


def test_every_document_of_a_folder_is_read_and_the_bad_ones_are_listed(
    folder: Path, tmp_path: Path
):
    out = tmp_path / "out"

    done = kaoji("read", str(folder), "--format", "json", "-o", f"{out}/", "--jobs", "2")

    said = done.stderr.decode()
    assert done.returncode == 2
    assert len(json.loads((out / "a.txt.json").read_bytes())["forms"]) == 17
    assert len(json.loads((out / "b.zip" / "c.txt.json").read_bytes())["forms"]) == 17
    assert "cut.pdf\t拒绝：PDF 文件不完整" in said
    assert "empty.txt\t没有表" in said
    assert (
        "共 4 份文件：读出 34 份表；2 份文件有存疑，1 份没有表，1 份拒绝，0 份上次已读" in said
    )


def test_after_an_interruption_only_the_rest_is_read(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    kaoji("read", str(folder), "--format", "json", "-o", f"{out}/")
    (out / "a.txt.json").write_text("{ half a fi")
    (folder / "b.zip").unlink()
    (folder / "sub" / "new.txt").write_bytes((folder / "a.txt").read_bytes())
    kept = (out / "b.zip" / "c.txt.json").stat().st_mtime_ns

    done = kaoji("read", str(folder), "--format", "json", "-o", f"{out}/")
    again = kaoji("read", str(folder), "--format", "json", "-o", f"{out}/")

    assert "读出 34 份表" in done.stderr.decode()
    assert "2 份上次已读" in again.stderr.decode()
    assert json.loads((out / "a.txt.json").read_bytes())["kaoji"] == "reading/1"
    assert (out / "b.zip" / "c.txt.json").stat().st_mtime_ns == kept


def test_many_documents_without_a_folder_become_one_list():
    done = kaoji("read", SAMPLE, SAMPLE, "--format", "json")

    assert [len(item["forms"]) for item in json.loads(done.stdout)] == [17, 17]


def test_each_form_can_become_a_document_of_its_own(tmp_path: Path):
    out = tmp_path / "all.zip"

    kaoji("render", SAMPLE, "--to", "docx", "--each", "-o", str(out))
    again = kaoji("read", str(out), "--format", "json", "-o", f"{tmp_path}/read/")

    names = zipfile.ZipFile(out).namelist()
    assert len(names) == 17
    assert names[0] == "01 残疾人福利.docx"
    assert "读出 17 份表；0 份文件有存疑" in again.stderr.decode()
