"""Forms in any format that we write: one function, whatever the format is called."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from kaoji.core import notation
from kaoji.core.outcome_notation import write_with_outcome
from kaoji.core.speech import Sentence
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.reading_json import reading_as_data
from kaoji.documents.render.html import render_html
from kaoji.documents.render.sheet import Printable


def _as_docx(forms: Iterable[Printable]) -> bytes:
    from kaoji.documents.render.docx import render_docx

    return render_docx(forms)


def _as_xlsx(forms: Iterable[Printable]) -> bytes:
    from kaoji.documents.render.xlsx import render_xlsx

    return render_xlsx(forms)


def _as_pdf(forms: Iterable[Printable]) -> bytes:
    from kaoji.documents.render.pdf import render_pdf

    return render_pdf(forms)


def _as_pdf_with_contents(forms: Iterable[Printable]) -> bytes:
    from kaoji.documents.render.pdf import render_pdf

    return render_pdf(forms, contents=True)


Writer = Callable[[Iterable[Printable]], str | bytes]

SHEETS: dict[str, Writer] = {
    "docx": _as_docx,
    "xlsx": _as_xlsx,
    "pdf": _as_pdf,
    "html": render_html,
}
_WITH_CONTENTS = {**SHEETS, "pdf": _as_pdf_with_contents}
DATA = ("json", "notation")
FORMATS = (*SHEETS, *DATA)


def document(
    reading: Reading,
    target: str,
    *,
    speak: Callable[[Sentence], str],
    review: str | None = None,
    contents: bool = False,
) -> str | bytes:
    """The forms of a reading as one document of the format *target*; *review* writes their review sheets.

    With *contents* a PDF begins with a table of contents. Raises UnableToWrite, and ModuleNotFoundError where
    what writes the format is not installed.
    """
    if target == "json":
        return json.dumps(reading_as_data(reading, speak), ensure_ascii=False, indent=1)
    if target == "notation":
        return notation.joined(map(_as_notation, reading.forms))
    write = (_WITH_CONTENTS if contents else SHEETS)[target]
    return write(_review_sheets(reading.forms, review) if review else reading.forms)


def _as_notation(item: FormReading) -> str:
    return (
        write_with_outcome(item.form, item.outcome)
        if item.outcome
        else notation.write(item.form)
    )


def _review_sheets(forms: Sequence[FormReading], kind: str) -> list[Printable]:
    from kaoji.documents.render.review import review_sheet
    from kaoji.standards.reviews import review_template

    return [review_sheet(item, review_template(kind)) for item in forms]
