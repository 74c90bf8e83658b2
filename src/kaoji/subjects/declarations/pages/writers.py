"""How a form is handed out as a file: media type and writer by the ending of its name."""

from __future__ import annotations

import json
from collections.abc import Callable

from kaoji.core import notation
from kaoji.core.declaration_json import as_data
from kaoji.documents.reading import FormReading
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.html import render_html
from kaoji.documents.render.pdf import render_pdf
from kaoji.documents.render.xlsx import render_xlsx

WRITERS: dict[str, tuple[str, Callable[[FormReading], str | bytes]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda form: render_docx([form]),
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda form: render_xlsx([form]),
    ),
    "pdf": ("application/pdf", lambda form: render_pdf([form])),
    "html": ("text/html", lambda form: render_html([form])),
    "json": (
        "application/json",
        lambda form: json.dumps(as_data(form.form), ensure_ascii=False, indent=1),
    ),
    "txt": ("text/plain", lambda form: notation.write(form.form)),
}
