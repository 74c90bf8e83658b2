"""`kaoji render`: review sheets, a document for each unit, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from kaoji.cli import main
from kaoji.documents.reader import read_document
from kaoji.samples import SONGJIANG_2023

SAMPLE = str(SONGJIANG_2023)


def rendered(tmp_path: Path, *options: str) -> bytes:
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["render", SAMPLE, *options, "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out.read_bytes()


def test_a_unit_gets_one_pdf_with_a_table_of_contents(tmp_path: Path):
    booklet = zipfile.ZipFile(io.BytesIO(rendered(tmp_path, "--to", "pdf", "--by-unit")))

    [name] = booklet.namelist()
    pdf = booklet.read(name)
    first = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    reading = read_document(pdf, name=name)
    assert name == "01 上海市松江区民政局.pdf"
    assert "目录" in first
    assert "业务培训" in first
    assert (len(reading.forms), reading.problems) == (17, ())


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf", "html"])
def test_a_review_sheet_asks_what_the_law_asks(kind: str, tmp_path: Path):
    written = rendered(tmp_path, "--to", kind, "--review", "general")

    if kind == "html":
        page = written.decode()
        assert page.count("项目支出绩效目标审核表") == 17
        assert page.count("指标科学性") == 17
        assert "KJ203" in page
    assert rendered(tmp_path, "--to", kind, "--review", "general") == written


def test_the_review_of_a_key_project_is_worth_a_hundred_points(tmp_path: Path):
    page = rendered(tmp_path, "--to", "html", "--review", "key").decode()

    assert "重点项目支出绩效目标审核表" in page
    assert page.count('<td class="label">15</td>') == 4 * 17
    assert page.count('<td class="label">10</td>') == 4 * 17


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--to", "json", "--review", "key"], "审核表不能写成 json"),
        (["--to", "pdf", "--each", "--by-unit"], "只能选一个"),
    ],
)
def test_what_cannot_be_combined_is_refused(options: list[str], reason: str):
    done = CliRunner().invoke(main, ["render", SAMPLE, *options])

    assert done.exit_code == 2
    assert reason in done.output
