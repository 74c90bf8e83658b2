"""A scan of a form: nearly every cell right, and no wrong one without a doubt."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from kaoji.core.declaration_json import as_data
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.render.pdf import render_pdf

# Signs that differ only in width are the same sign to a reader.
_SAME = str.maketrans("（）：，；＞＜＝％“”", '():,;><=%""')


def scanned(pdf: bytes, *, degrees: float) -> bytes:
    """The first page as a scanner gives it: 150 dpi, askew, a little blurred, in JPEG."""
    grey = np.asarray(
        pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil().convert("L")
    )
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    askew = cv2.warpAffine(grey, turn, (width, height), borderValue=255)
    buffer = io.BytesIO()
    Image.fromarray(cv2.GaussianBlur(askew, (0, 0), 0.7)).save(buffer, "JPEG", quality=75)
    return buffer.getvalue()


def cells_of(form) -> dict[str, str]:
    data = as_data(form)
    flat = {**data, **data["funds"]}
    for number, row in enumerate(data["indicators"]):
        flat |= {
            f"{number}.{name}": row[name]
            for name in ("level1", "level2", "level3", "target_raw")
        }
    return {
        name: "".join(str(value).translate(_SAME).split())
        for name, value in flat.items()
        if name not in {"funds", "indicators", "kind", "layout"}
    }


@pytest.mark.parametrize(("number", "degrees"), [(0, 1.0), (3, -1.2)])
def test_a_scanned_page_is_read_and_doubted(number: int, degrees: float, songjiang: Reading):
    form = songjiang.forms[number].form

    reading = read_document(scanned(render_pdf([form]), degrees=degrees), name="a.jpg")

    [item] = reading.forms
    truth, read = cells_of(form), cells_of(item.form)
    right = sum(read.get(name) == value for name, value in truth.items())
    assert right / len(truth) >= 0.97
    assert "form" in {doubt.field for doubt in item.doubts}
    assert item.places["project_name"].box is not None


def test_a_picture_without_end_is_refused_before_it_is_unpacked():
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (20_000).to_bytes(4, "big") * 2
    huge = head + b"\x08\x00\x00\x00\x00" + b"\0" * 100

    with pytest.raises(UnreadableDocument):
        read_document(huge, name="a.png")


def test_twenty_thousand_pixels_square_are_too_many():
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")

    with pytest.raises(UnreadableDocument, match="20000×20000"):
        read_document(buffer.getvalue(), name="a.png")
