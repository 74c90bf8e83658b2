"""Tables of a PDF without ruled lines: read by how their cells stand under each other."""

from __future__ import annotations

from tests.documents.test_pdf_as_shown import pdf, text

from kaoji.documents.read import read_manuscript

COLUMNS = (10, 80, 150, 220)


def page(*lines: tuple[str, ...], rules: str = "", pitch: int = 12) -> list[list[str]]:
    """The rows read from lines of which each cell begins at its column; "" leaves one out."""
    drawn = "".join(
        text(words, x, 180 - pitch * number)
        for number, cells in enumerate(lines)
        for x, words in zip(COLUMNS, cells, strict=False)
        if words
    )
    rows = read_manuscript(pdf(drawn + rules), name="a.pdf").rows
    return [[cell.text for cell in row.cells] for row in rows]


HEADING = ("level one", "level two", "name", "target")


def test_cells_that_stand_under_each_other_are_columns():
    rows = page(
        HEADING,
        ("output", "amount", "sites", ">=12"),
        ("", "", "meals", ">=360"),
        ("", "quality", "passed", "100%"),
        ("benefit", "social", "", "80%"),
    )

    assert rows == [
        list(HEADING),
        ["output", "amount", "sites", ">=12"],
        ["", "", "meals", ">=360"],
        ["", "quality", "passed", "100%"],
        ["benefit", "social", "", "80%"],
    ]


def test_what_did_not_fit_its_column_goes_on_in_the_next_line():
    rows = page(
        HEADING,
        ("output", "amount", "sites built of", ">=12"),
        ("", "", "stones", ""),
        ("", "quality", "samples that", "100%"),
        ("", "", "passed them", ""),
        ("", "", "all", ""),
        ("benefit", "social", "towns", "80%"),
    )

    assert ["".join(row[2].split()) for row in rows] == [
        "name", "sitesbuiltofstones", "samplesthatpassedthemall", "towns",
    ]  # fmt: skip


def test_rows_whose_cells_are_equally_long_are_not_joined():
    lines = [HEADING] + [("output", "amount", f"name number {n}", f">={n}") for n in range(6)]

    assert len(page(*lines)) == 7


def test_level_lines_part_the_rows():
    rules = "".join(f"10 {y} m 280 {y} l S\n" for y in (192, 176, 152, 140, 116))
    rows = page(
        HEADING,
        ("output", "amount", "sites", ">=12"),
        ("", "", "of two", ""),
        ("output", "quality", "passed", "100%"),
        ("benefit", "social", "towns", "80%"),
        ("", "", "in all", ""),
        rules=rules,
    )

    assert [row[2].split() for row in rows] == [
        ["name"], ["sites", "of", "two"], ["passed"], ["towns", "in", "all"],
    ]  # fmt: skip


def test_prose_stays_prose():
    words = "several words of a sentence that goes on and on"

    assert page(*[(words,)] * 6) == [[words]] * 6
