"""The official sheet: the same rows, captions and merged cells as the printed form."""

from __future__ import annotations

from kaoji.core import notation
from kaoji.documents.reading import Reading
from kaoji.documents.render.html import render_html
from kaoji.documents.render.sheet import Sheet, lay_out


def _grid_is_whole(sheet: Sheet) -> bool:
    """Every place of the grid is covered by exactly one cell."""
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(sheet.rows):
        x = 0
        for cell in row:
            while (y, x) in covered:
                x += 1
            area = {
                (y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)
            }
            if area & covered:
                return False
            covered |= area
    return covered == {(y, x) for y in range(len(sheet.rows)) for x in range(len(sheet.widths))}


def test_every_sample_form_makes_a_whole_grid(songjiang: Reading):
    for item in songjiang.forms:
        assert _grid_is_whole(lay_out(item.form))


def test_the_layout_of_2026_makes_a_whole_grid():
    form = notation.parse(
        "项目: 甲\n版式: shanghai-2026\n成本指标 / 经济成本指标 / 成本控制率: ≤ 100 %\n"
    )

    assert _grid_is_whole(lay_out(form))


def test_labels_of_neighbouring_rows_are_merged(songjiang: Reading):
    sheet = lay_out(songjiang.forms[4].form)
    labels = [
        (cell.text, cell.rowspan) for row in sheet.rows for cell in row if cell.role == "label"
    ]

    assert ("产出指标", 13) in labels
    assert ("时效指标", 4) in labels


def test_an_empty_form_still_has_its_captions():
    sheet = lay_out(notation.parse("项目:"))

    assert _grid_is_whole(sheet)
    assert "年度资金申请总额" in [cell.text for row in sheet.rows for cell in row]


def test_html_escapes_what_people_wrote():
    html = render_html([notation.parse('项目: "<script>alert(1)</script>"')])

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_html_of_the_same_forms_is_the_same_page(songjiang: Reading):
    forms = [item.form for item in songjiang.forms]

    assert render_html(forms) == render_html(forms)
    assert render_html(forms).count("<section>") == 17
