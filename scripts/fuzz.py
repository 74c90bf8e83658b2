"""Fuzz the readers, guided by the branches that an input reaches.

    pip install atheris
    PYTHONPATH=src python scripts/fuzz.py [seconds] [kind…]

Each kind (text, docx, xlsx, html, pdf, zip) starts from the sample written in that format.
A reader may refuse a document with a sentence (UnreadableDocument); anything else it throws,
or a document that takes longer than 20 seconds, is a defect and is written to disk.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

# Making a page out from its picture takes seconds, and is not what is fuzzed.
sys.modules["rapidocr"] = None  # type: ignore[assignment]

with atheris.instrument_imports(include=["kaoji", "docx", "openpyxl"]):
    from kaoji.documents.bundle import is_bundle, members
    from kaoji.documents.read.refusals import UnreadableDocument
    from kaoji.documents.reader import read_document
    from kaoji.documents.render.docx import render_docx
    from kaoji.documents.render.html import render_html
    from kaoji.documents.render.pdf import render_pdf
    from kaoji.documents.render.xlsx import render_xlsx
    from kaoji.samples import SONGJIANG_2023

KINDS = ("text", "docx", "xlsx", "html", "pdf", "zip")
LONGEST_SECONDS = 20


def seeds() -> dict[str, bytes]:
    """The sample in every format."""
    text = SONGJIANG_2023.read_bytes()
    forms = [item.form for item in read_document(text, name="sample").forms[:1]]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", text[:2000])
    return {
        "text": text[:6000],
        "docx": render_docx(forms),
        "xlsx": render_xlsx(forms),
        "html": render_html(forms).encode(),
        "pdf": render_pdf(forms),
        "zip": buffer.getvalue(),
    }


def one_input(content: bytes) -> None:
    """A document is read, or refused with a sentence."""
    try:
        if is_bundle(content):
            for member in members(content):
                if member.content is None and member.refusal is None:
                    raise RuntimeError(f"lost without a word: {member.path}")
        else:
            read_document(content, name="fuzzed")
    except UnreadableDocument:
        pass


def main() -> None:
    """Fuzz for a bounded time."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    kinds = sys.argv[2:] or KINDS
    with tempfile.TemporaryDirectory() as folder:
        for kind, content in seeds().items():
            if kind in kinds:
                Path(folder, kind).write_bytes(content)
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={LONGEST_SECONDS}",
            "-rss_limit_mb=3000",
        ]
        atheris.Setup([sys.argv[0], *options, folder], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
