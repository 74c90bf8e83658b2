"""PDF files: ruled lines become tables whoever drew them, and no page is lost silently."""

from __future__ import annotations

import io
import shutil
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import typst
from pypdfium2 import raw

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.target import Target
from kaoji.documents.read import read_manuscript, recogniser
from kaoji.documents.read.page.ink import Box, Glyph, Ink, Stroke
from kaoji.documents.read.page.lines_in_cells import lines_of, text_of
from kaoji.documents.read.page.ruling import tables_on
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.pdf import render_pdf


def square(text: str | None) -> str:
    return "".join((text or "").split())


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def saved(document: pypdfium2.PdfDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_that_another_program_drew_is_read(songjiang: Reading, tmp_path: Path):
    forms = [item.form for item in songjiang.forms]
    (tmp_path / "a.docx").write_bytes(render_docx(forms))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True, capture_output=True,
    )  # fmt: skip

    again = read_document((tmp_path / "a.pdf").read_bytes(), name="a.pdf")

    assert again.problems == ()
    assert [item.doubts for item in again.forms] == [()] * 17
    for item, form in zip(again.forms, forms, strict=True):
        assert item.form.indicators == form.indicators
        assert item.form.funds == form.funds
        assert square(item.form.overall_goal) == square(form.overall_goal)
        assert square(item.form.annual_goal) == square(form.annual_goal)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_scanned_sideways_is_read_upright(turn: int, songjiang: Reading):
    form = songjiang.forms[0].form
    document = pypdfium2.PdfDocument(render_pdf([form]))
    document[0].set_rotation(turn)
    turned = read_manuscript(saved(document), name="a")
    # The page now shows turned signs in lines from top to bottom: what is read keeps every sign.
    straight = read_manuscript(render_pdf([form]), name="a")

    def signs(rows):
        return sorted(sign for row in rows for cell in row.cells for sign in square(cell.text))

    assert signs(turned.rows) == signs(straight.rows)


def test_hundreds_of_indicators_over_many_pages_come_back(songjiang: Reading):
    form = songjiang.forms[0].form
    rows = tuple(
        Indicator(
            "产出指标", "数量指标", f"第{number}项指标的名称很长" * 4, Target.parse("≥ 3 个")
        )
        for number in range(300)
    )
    many = replace(form, indicators=(*rows, *form.indicators[1:]))
    pdf = render_pdf([many])

    [again] = read_document(pdf, name="a").forms

    assert pages_of(pdf) > 8
    assert again.form == many
    assert again.doubts == ()


def test_goals_longer_than_a_page_come_back_with_their_paragraphs():
    goal = "\n".join(
        f"第{n}段：" + "加强农村道路养护，方便群众出行。" * (n % 5 + 1) for n in range(80)
    )
    form = Declaration("道路养护", "shanghai-2023", 2023, implementing_unit="局",
                       overall_goal=goal, annual_goal=goal[:2000])  # fmt: skip

    [again] = read_document(render_pdf([form]), name="a").forms

    assert again.form.overall_goal == goal
    assert again.form.annual_goal == goal[:2000]


def test_equal_forms_give_equal_bytes(songjiang: Reading):
    forms = [item.form for item in songjiang.forms[:3]]

    assert render_pdf(forms) == render_pdf(forms)


def test_each_form_has_a_bookmark(songjiang: Reading):
    forms = [item.form for item in songjiang.forms]

    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(render_pdf(forms)).get_toc()]

    assert marks == [form.project_name for form in forms]


@pytest.mark.parametrize("place", range(20))
def test_a_pdf_cut_off_anywhere_is_refused_or_read(place: int, songjiang: Reading):
    pdf = render_pdf([songjiang.forms[0].form])
    with suppress(UnreadableDocument):
        assert read_document(pdf[: 8 + (len(pdf) - 30) * place // 20], name="x").forms == ()


def test_a_locked_pdf_is_refused_with_its_reason():
    # RC4, 40 bit: an empty document that asks for a password.
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -44/O<"
        + b"11" * 32
        + b">/U<"
        + b"22" * 32
        + b">>>"
        b"endobj\ntrailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF"
    )

    with pytest.raises(UnreadableDocument, match="密码"):
        read_document(locked, name="a.pdf")


def test_scripts_in_a_pdf_are_not_run_and_do_not_matter(songjiang: Reading):
    pdf = render_pdf([songjiang.forms[0].form])
    script = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Type/Catalog"
    hostile = pdf.replace(b"/Type/Catalog", script, 1).replace(b"/Type /Catalog", script, 1)

    assert hostile != pdf
    assert len(read_document(hostile, name="a").forms) == 1


def test_a_form_that_contains_itself_ends():
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R 2 0 R]/Count 9>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"
        b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
        b"/Length 5>>stream\n/X Do\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    with suppress(UnreadableDocument):
        assert read_document(loop, name="a").forms == ()


def test_pages_that_are_pictures_are_named_where_nothing_can_recognise_them(
    songjiang: Reading, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kaoji.documents.read.pdf.recogniser", lambda: None)
    document = pypdfium2.PdfDocument(render_pdf([songjiang.forms[0].form]))
    blank = document.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(10, 10, raw.FPDFBitmap_BGR))
    blank.insert_obj(picture)
    blank.gen_content()

    reading = read_document(saved(document), name="a")

    assert len(reading.forms) == 1
    assert ["第 2 页是图片" in str(problem.reason) for problem in reading.problems] == [True]


def test_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kaoji.documents.read.pdf.recogniser", lambda: None)
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(10, 10, raw.FPDFBitmap_BGR))
    page.insert_obj(picture)
    page.gen_content()

    with pytest.raises(UnreadableDocument, match=r"kaoji\[scan\]"):
        read_document(saved(document), name="a")
    assert recogniser.SCAN_DPI >= 150


def test_where_no_line_stands_two_places_are_one_cell():
    page = Ink(1, 100, 100)
    page.across = [Stroke(0, 0, 60), Stroke(20, 30, 60), Stroke(40, 0, 60)]
    page.down = [Stroke(0, 0, 40), Stroke(30, 0, 40), Stroke(60, 0, 40)]

    [table] = tables_on(page)

    assert [(r.row, r.column, r.rows, r.columns) for r in table.regions] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (1, 1, 1, 1),
    ]


def test_a_table_without_its_outer_edges_has_all_its_columns():
    page = Ink(1, 100, 100)
    page.across = [Stroke(0, 0, 90), Stroke(20, 0, 90)]
    page.down = [Stroke(30, 0, 20), Stroke(60, 0, 20)]

    [table] = tables_on(page)

    assert table.xs == (0, 30, 60, 90)


def written(text: str, *, left: float = 0, baseline: float = 10) -> list[Glyph]:
    return [
        Glyph(sign, Box(left + 10 * n, baseline - 10, left + 10 * n + 10, baseline), baseline)
        for n, sign in enumerate(text)
    ]


def test_a_line_that_fills_its_cell_was_wrapped_and_a_short_one_ended():
    full = lines_of([*written("甲乙丙丁戊"), *written("己", baseline=24)])
    short = lines_of([*written("甲乙"), *written("己", baseline=24)])

    assert text_of(full, 50)[0] == "甲乙丙丁戊己"
    assert text_of(short, 50)[0] == "甲乙\n己"


def test_a_line_is_not_short_because_of_a_comma_that_may_not_begin_the_next():
    lines = lines_of([*written("甲乙丙丁"), *written("戊，己", baseline=24)])

    assert text_of(lines, 50)[0] == "甲乙丙丁戊，己"


def test_the_same_table_drawn_by_other_means_reads_the_same():
    drawn = typst.compile(
        b'#set text(font: "Noto Serif CJK SC")\n#table(columns: 2, fill: none, '
        b"stroke: 1.5pt, [a], [b], [c], [d])",
        format="pdf",
    )

    rows = read_manuscript(drawn, name="a").rows

    assert [[cell.text for cell in row.cells] for row in rows] == [["a", "b"], ["c", "d"]]
