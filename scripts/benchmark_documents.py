"""Reading documents: pages a second, peak memory, cells right – beside public alternatives.

    python scripts/benchmark_documents.py [runs]

The 17 sample forms are written as PDF (and printed from Word by LibreOffice, so that the file
is not only our own). Whole processes in turn: `kaoji read`; pdfplumber's tables; LibreOffice's
conversion to text; docling where it is installed with its models. A cell counts as right when
its text, white space aside, is one of the cells that the tool gave. Printed, never tested.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

from kaoji.core.declaration import Declaration
from kaoji.documents.reader import read_document
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.pdf import render_pdf
from kaoji.samples import SONGJIANG_2023

PDFPLUMBER = """
import json, sys, pdfplumber
cells = []
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        for table in page.extract_tables():
            cells += [cell for row in table for cell in row if cell]
        page.close()
json.dump(cells, open(sys.argv[2], "w"))
"""
DOCLING = """
import json, sys
from docling.document_converter import DocumentConverter
document = DocumentConverter().convert(sys.argv[1]).document
cells = [cell.text for table in document.tables for cell in table.data.table_cells]
json.dump(cells, open(sys.argv[2], "w"))
"""


def square(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def cells_of(form: Declaration) -> list[str]:
    """The texts a reader must give: names, units, goals, indicators with their targets."""
    head = (form.project_name, form.implementing_unit, form.overall_goal, form.annual_goal)
    rows = (text for row in form.indicators for text in (row.level3, row.target.text))
    return [square(text) for text in (*head, *rows) if text]


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak MiB of one whole process and its children."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def given_by_kaoji(out: Path) -> list[str]:
    """All texts of the forms in a reading."""
    forms = json.loads(out.read_bytes())["forms"]
    head = ("project_name", "implementing_unit", "overall_goal", "annual_goal")
    texts = [form[name] for form in forms for name in head]
    rows = (row for form in forms for row in form["indicators"])
    return [*texts, *(row[name] for row in rows for name in ("level3", "target_raw"))]


def measured(
    name: str, command: list[str], out: Path, truth: list[str], pages: int, runs: int
) -> None:
    """Run a tool some times and print one line."""
    figures = [run(command) for _ in range(runs)]
    seconds = statistics.median(wall for wall, _ in figures)
    peak = max(memory for _, memory in figures)
    right = "–"
    if out.suffix == ".json" and out.exists():
        texts = (
            given_by_kaoji(out) if name.startswith("kaoji") else json.loads(out.read_bytes())
        )
        given = {square(text) for text in texts if text}
        right = f"{sum(cell in given for cell in truth) / len(truth):.1%}"
    print(
        f"{name:34}{seconds:>9.2f}{pages / seconds:>10.1f}{peak:>10.0f}{right:>10}", flush=True
    )


def printed_by_libreoffice(folder: Path, forms: list[Declaration]) -> Path | None:
    """The forms as Word, printed to PDF by LibreOffice; None without it."""
    if shutil.which("soffice") is None:
        return None
    source = folder / "word.docx"
    source.write_bytes(render_docx(forms))
    run(office(folder, "pdf", source))
    return source.with_suffix(".pdf")


def office(folder: Path, kind: str, source: Path) -> list[str]:
    """A conversion by LibreOffice with a profile of its own."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    return [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(source),
    ]


def main() -> None:
    """Print a table for each file."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    forms = [item.form for item in read_document(SONGJIANG_2023.read_bytes(), name="s").forms]
    truth = [cell for form in forms for cell in cells_of(form)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ours = folder / "ours.pdf"
        ours.write_bytes(render_pdf(forms))
        for file in filter(None, (ours, printed_by_libreoffice(folder, forms))):
            pages = len(pypdfium2.PdfDocument(file))
            print(f"\n{file.name}, {pages} pages, {len(truth)} cells")
            print(f"{'':34}{'seconds':>9}{'pages/s':>10}{'peak MiB':>10}{'right':>10}")
            out = folder / "out.json"
            kaoji = [
                sys.executable,
                "-m",
                "kaoji",
                "read",
                str(file),
                "--format",
                "json",
                "-o",
                str(out),
            ]
            measured("kaoji read", kaoji, out, truth, pages, runs)
            plumber = [sys.executable, "-c", PDFPLUMBER, str(file), str(out)]
            measured("pdfplumber tables", plumber, out, truth, pages, runs)
            if shutil.which("soffice"):
                text = folder / f"{file.stem}.html"
                command = office(folder, "html:writer_web_HTML", file)
                measured("LibreOffice to HTML", command, text, truth, pages, 1)
            if subprocess.run(
                [sys.executable, "-c", "import docling"], capture_output=True
            ).returncode:
                print("docling                           not installed here")
            else:
                measured(
                    "docling",
                    [sys.executable, "-c", DOCLING, str(file), str(out)],
                    out,
                    truth,
                    pages,
                    1,
                )


if __name__ == "__main__":
    main()
