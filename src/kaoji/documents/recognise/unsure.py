"""A form made out from a picture: doubted as a whole, and wherever the recogniser was unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kaoji.core.provenance import Doubt
from kaoji.core.speech import say
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.reading import FormReading


def doubt_unsure(form: FormReading, rows: Sequence[Row]) -> FormReading:
    """The form with a doubt about itself and about each value that may have been misread."""
    whole = say("这份表由图片识别而来，请对照原图核对各格")
    doubts = [Doubt("form", whole, rows[0].origin)]
    for row in rows:
        for cell in row.cells:
            if cell.unsure:
                doubts += _about(cell, row, form)
    return replace(form, doubts=(*form.doubts, *doubts))


def _about(cell: Cell, row: Row, form: FormReading) -> Iterator[Doubt]:
    reason = say("识别没有把握：“{text}”", text=cell.text)
    for path, place in form.places.items():
        if place == cell.origin:
            yield Doubt(path, reason, cell.origin)
        elif place == row.origin and path.startswith("indicators["):
            indicator = form.form.indicators[int(path[len("indicators[") : -1])]
            column = "target_raw" if indicator.target.text == cell.text else "level3"
            yield Doubt(f"{path}.{column}", reason, cell.origin)
