"""Comma-separated text, as a spreadsheet saves it."""

from __future__ import annotations

import csv
import io

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.render.sheet import lay_out
from kaoji.samples import SONGJIANG_2023


def as_csv(reading: Reading) -> str:
    """Every form as a spreadsheet would save it: merged cells are blank."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for item in reading.forms:
        sheet = lay_out(item.form)
        grid = [[""] * len(sheet.widths) for _ in sheet.rows]
        for y, x, cell in sheet.placed():
            grid[y][x] = cell.text
        writer.writerows([[sheet.title], [sheet.year_line], *grid, []])
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_sample_comes_back_from_a_saved_spreadsheet(songjiang: Reading, encoding: str):
    again = read_document(as_csv(songjiang).encode(encoding), name="a.csv")

    assert again.source.media_type == "text/csv"
    assert [item.form for item in again.forms] == [item.form for item in songjiang.forms]
    assert again.problems == ()


def test_text_with_tabs_is_never_taken_for_commas(songjiang: Reading):
    assert songjiang.source.media_type == "text/plain"
    assert SONGJIANG_2023.read_text("utf-8").count(",") > 50


def test_prose_with_commas_is_no_form():
    assert read_document(b"a, b, c and d\n" * 20, name="x.txt").forms == ()
