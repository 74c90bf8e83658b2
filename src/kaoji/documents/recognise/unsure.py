"""Cells that do not say for certain what stands in them: made out from a picture, or never computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.provenance import Doubt
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.reading import FormReading, Problem


def doubt_unsure(form: FormReading, rows: Sequence[Row]) -> FormReading:
    """The form with a doubt about itself and about each value that may have been misread."""
    whole = say("这份表由图片识别而来，请对照原图核对各格")
    doubts = [Doubt("form", whole, rows[0].origin)]
    for row in rows:
        for cell in row.cells:
            if cell.unsure:
                reason = say("识别没有把握：“{text}”", text=cell.text)
                doubts += _about(cell, row, form, reason)
    return replace(form, doubts=(*form.doubts, *doubts))


def doubt_flaws(
    forms: Iterable[FormReading], rows: Sequence[Row], problems: list[Problem]
) -> Iterator[FormReading]:
    """The forms with a doubt about each value whose cell has a flaw; one that reached no field is a problem."""
    flawed = [(row, cell, cell.flaw) for row in rows for cell in row.cells if cell.flaw]
    used: set[int] = set()
    for form in forms:
        doubts: list[Doubt] = []
        for place, (row, cell, flaw) in enumerate(flawed):
            about = list(_about(cell, row, form, flaw))
            used.update({place} if about else ())
            doubts += about
        fields = {doubt.field for doubt in doubts}
        # What was said of the sign that stands for nothing says less than the flaw itself.
        kept = [doubt for doubt in form.doubts if doubt.field not in fields]
        yield (
            replace(form, form=_without_signs(form, fields), doubts=(*kept, *doubts))
            if doubts
            else form
        )
    for place, (_, cell, flaw) in enumerate(flawed):
        if place not in used:
            problems.append(Problem(flaw, cell.origin))


# What stands in a cell whose formula has no result.
NO_RESULT = "?"


def _without_signs(form: FormReading, fields: set[str]) -> Declaration:
    """The form without the sign for a formula that has no result: such a value is not known."""
    rows = tuple(
        replace(row, target=Target.parse(None))
        if f"indicators[{place}].target_raw" in fields and row.target.text == NO_RESULT
        else row
        for place, row in enumerate(form.form.indicators)
    )
    return replace(form.form, indicators=rows)


def _about(cell: Cell, row: Row, form: FormReading, reason: Sentence) -> Iterator[Doubt]:
    for path, place in form.places.items():
        if place == cell.origin:
            yield Doubt(path, reason, cell.origin)
        elif place == row.origin and path.startswith("indicators["):
            indicator: Indicator = form.form.indicators[int(path[len("indicators[") : -1])]
            column = "target_raw" if indicator.target.text == cell.text else "level3"
            yield Doubt(f"{path}.{column}", reason, cell.origin)
