"""PDF pages as a person sees them: no watermark, no sign twice, fields filled, signs without meaning named."""

from __future__ import annotations

import pytest

from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read import read_manuscript
from kaoji.documents.read.page.ink import Box, Ink
from kaoji.documents.read.refusals import UnreadableDocument


def pdf(
    drawn: str, *, notes: str = "", page: str = "", fonts: str = "", fields: str = ""
) -> bytes:
    """A page of 300 by 200 points with this content, its annotations, and what else it needs."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{fields}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R{page}"
        f"/Resources<</Font<</F 5 0 R{fonts}>>/ExtGState<</T<</ca .2>>>>>>/Annots[{notes}]>>",
        f"<</Length {len(drawn.encode())}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "".join(f"{n} 0 obj{text}\nendobj\n" for n, text in enumerate(objects, start=1))
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R/Size 99>>\n%%EOF".encode()


def text(words: str, x: float = 20, y: float = 100, size: float = 10, before: str = "") -> str:
    return f"q {before} BT /F {size} Tf {x} {y} Td ({words}) Tj ET Q\n"


BODY = "".join(text(f"line {n} of the form", y=20 + 15 * n) for n in range(10))


def lines(manuscript: Manuscript) -> list[str]:
    return [" ".join(cell.text for cell in row.cells) for row in manuscript.rows]


def read(*args: str, **kwargs: str) -> Manuscript:
    return read_manuscript(pdf(*args, **kwargs), name="a.pdf")


def told(manuscript: Manuscript) -> list[str]:
    return [str(item.told) for item in manuscript.omissions]


PLAIN = lines(read(BODY))


@pytest.mark.parametrize(
    "mark",
    [
        "q .7 .7 -.7 .7 40 20 cm BT /F 40 Tf (SECRET) Tj ET Q\n",
        text("SECRET", 10, 90, 60, ".8 g"),
        text("SECRET", 10, 90, 60, "/T gs 1 0 0 rg"),
        text("SECRET", 21, 81, 11, ".85 g"),
        text("SECRET", 10, 90, 70, "0 g"),
        "".join(text("SECRET", 200, 20 + 30 * n, 10, ".8 g") for n in range(5)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("behind", [True, False])
def test_a_watermark_is_left_out_and_told(mark: str, behind: bool):
    manuscript = read(mark + BODY if behind else BODY + mark)

    assert lines(manuscript) == PLAIN
    [sentence] = told(manuscript)
    assert sentence.startswith("水印没有读取：“SECRET")


def test_pale_words_large_words_and_slanted_letters_of_the_text_are_kept():
    drawn = BODY + text("grey note", 180, 100, 10, ".8 g") + text("TITLE", 150, 150, 24)
    drawn += "BT /F 10 Tf 1 0 .3 1 180 60 Tm (italic) Tj ET\n"

    manuscript = read(drawn)

    assert told(manuscript) == []
    assert all(
        any(word in line for line in lines(manuscript)) for word in ("grey", "TITLE", "italic")
    )


@pytest.mark.parametrize("aside", [0.0, 0.2, 0.35, 0.9, 1.5])
def test_a_sign_printed_twice_to_look_bold_is_one(aside: float):
    assert lines(
        read(BODY + text("11 22 lily", 200) + text("11 22 lily", 200 + aside))
    ) == lines(read(BODY + text("11 22 lily", 200)))


def test_words_outside_of_the_page_and_words_in_no_colour_are_left_out_and_told():
    manuscript = read(
        BODY + text("CUT", 250) + text("GHOST", 180, before="3 Tr") + text("WHITE", 180, 50, before="1 g"),
        page="/CropBox[0 0 240 200]",
    )  # fmt: skip

    assert lines(manuscript) == PLAIN
    assert told(manuscript) == [
        "页面上看不见的文字没有读取：“GHOSTWHITE”",
        "页面边界以外的文字没有读取：“CUT”",
    ]


def test_white_words_on_a_dark_ground_are_seen():
    manuscript = read(
        BODY + "0 0 .5 rg 170 40 100 30 re f\n" + text("WHITE", 180, 50, before="1 g")
    )

    assert "WHITE" in " ".join(lines(manuscript))


def test_signs_in_no_colour_alone_are_the_text_under_a_picture():
    assert lines(read(text("recognised before", before="3 Tr"))) == ["recognised before"]


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, "0 1 -1 0 300 0"), (180, "-1 0 0 -1 300 200"), (270, "0 -1 1 0 0 200")],
)
def test_a_page_that_was_drawn_on_its_side_is_read_upright(turn: int, matrix: str):
    manuscript = read(f"q {matrix} cm {BODY} Q")

    assert lines(manuscript) == PLAIN
    drawn = Ink(1, 200, 300, turned=turn).fraction(Box(0, 0, 20, 30))
    assert drawn == {90: (0, 0.9, 0.1, 1), 180: (0.9, 0.9, 1, 1), 270: (0.9, 0, 1, 0.1)}[turn]


def widget(kind: str, value: str, box: str = "150 92 280 106") -> str:
    return f"<</Type/Annot/Subtype/Widget/FT{kind}/T(n{box[:3]}){value}/Rect[{box}]/P 3 0 R>>"


def filled(*widgets: str) -> Manuscript:
    """A page whose form has these fields."""
    numbers = " ".join(f"{n} 0 R" for n in range(6, 6 + len(widgets)))
    content = pdf(BODY, notes=numbers, fields=f"/AcroForm<</Fields[{numbers}]>>")
    more = "".join(f"{n} 0 obj{item}endobj\n" for n, item in enumerate(widgets, start=6))
    return read_manuscript(content.replace(b"trailer", more.encode() + b"trailer"), name="a")


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (widget("/Tx", "/V(12)"), "12"),
        (widget("/Tx", "/V<FEFF226500390030>"), "≥90"),
        (widget("/Ch", "/Ff 131072/Opt[[(a)(first)][(b)(second)]]/V(b)"), "second"),
        (widget("/Ch", "/Ff 131072/Opt[(first)(second)]/V(other)"), "other"),
        (widget("/Btn", "/V/Yes/AS/Yes/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>", "150 94 160 104"), "☑"),
        (widget("/Btn", "/V/Off/AS/Off/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>", "150 94 160 104"), "□"),
        (widget("/Tx", "/Ff 8192/V(hidden)"), ""),
        ("<</Type/Annot/Subtype/FreeText/Contents(typed)/Rect[150 92 280 106]>>", "typed"),
    ],
)  # fmt: skip
def test_a_field_shows_what_was_filled_in(field: str, shown: str):
    [line] = [line for line in lines(filled(field)) if line.startswith("line 5 ")]

    assert line.removeprefix("line 5 of the form").strip() == shown


def test_a_hidden_field_is_told():
    manuscript = filled(widget("/Tx", "/F 2/V(old)"))

    assert lines(manuscript) == PLAIN
    assert told(manuscript) == ["页面上看不见的文字没有读取：“old”"]


def test_words_whose_font_does_not_say_what_they_are_are_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("kaoji.documents.read.pdf.recogniser", lambda: None)
    private = in_private_signs()

    with pytest.raises(UnreadableDocument, match="字符编码"):
        read_manuscript(private, name="a")


def in_private_signs() -> bytes:
    """A page whose font maps every sign to the private area."""
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
        "endcodespacerange 1 beginbfrange <00> <FF> <E000> endbfrange endcmap end"
    )
    content = pdf(
        "".join(text("unknown words", y=20 + 15 * n) for n in range(8)),
    )
    font = f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>endobj\n6 0 obj<</Length {len(cmap)}>>stream\n{cmap}\nendstream"
    return content.replace(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", font.encode())


def test_a_page_of_shapes_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kaoji.documents.read.pdf.recogniser", lambda: None)
    letter = "{x} 50 m {x} 60 l {y} 60 l {y} 55 l {x} 52 l {y} 50 l {x} 50 l f\n"
    shapes = "".join(letter.format(x=5 * n, y=5 * n + 4) for n in range(50))

    with pytest.raises(UnreadableDocument, match="转曲"):
        read(shapes)


def test_a_scanned_page_with_a_stamp_of_text_is_still_a_scan(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kaoji.documents.read.pdf.recogniser", lambda: None)
    picture = "q 300 0 0 200 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a\nEI Q\n"

    manuscript = read(picture + text("scanned by an app"))

    assert [place.page for place in manuscript.pictures] == [1]
    assert lines(manuscript) == ["scanned by an app"]
