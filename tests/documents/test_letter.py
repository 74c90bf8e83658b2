"""The 批复 looks like an official letter: red head, number, annex, seal; hashes only in the foot."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from kaoji.core import notation
from kaoji.documents.reading import FormReading
from kaoji.documents.render.letter import ApprovedLine, Letter, render_letter

FORM = notation.parse(
    "项目: 农村道路养护\n实施单位: 区公路署\n年度: 2023\n年度资金: 150,000 元\n"
)


@pytest.fixture(scope="module")
def letter() -> pypdfium2.PdfDocument:
    line = ApprovedLine(FormReading(FORM), "区公路署", Decimal(150000), None, "", "ab" * 32)
    written = render_letter(
        Letter("松财绩〔2023〕1号", "区财政局", "区交通委", date(2023, 3, 1), [line], "cd" * 8)
    )
    return pypdfium2.PdfDocument(io.BytesIO(written))


def test_it_has_what_an_official_letter_has(letter: pypdfium2.PdfDocument):
    text = letter[0].get_textpage().get_text_range()

    assert "区财政局文件" in text
    assert "松财绩〔2023〕1号" in text
    assert "附件：财政项目支出绩效目标申报表 1 份" in text.replace("\u2063", "")
    assert text.index("（印章）") < text.index("2023年3月1日")


def test_hashes_stand_in_the_foot_and_not_in_the_table(letter: pypdfium2.PdfDocument):
    text = letter[0].get_textpage().get_text_range()

    assert text.index("（印章）") < text.index("供核验")
    assert "ab" * 8 in text[text.index("供核验") :]


def test_the_file_names_the_office(letter: pypdfium2.PdfDocument):
    told = letter.get_metadata_dict()

    assert told["Author"] == "区财政局"
    assert told["Title"] == "关于批复2023年度财政项目支出绩效目标的通知"
