"""Reading documents: pages a second, peak memory, cells right – beside public alternatives.

    python scripts/benchmark_documents.py [runs] [python of an environment with docling]

The 17 sample forms are written as Word, Excel, HTML and PDF (and printed from Word by
LibreOffice, so that one file is not our own). Whole processes in turn: `kaoji read`;
pdfplumber's tables; LibreOffice's conversion to HTML; docling. A cell counts as right when its
text, white space aside, is one of the cells that the tool gave. Printed, never tested.

docling reads PDF with weights that it fetches on first use. Where they are missing, its line
says so, and the line of docling-parse – the first step of docling's reading, which gives lines
of text without tables – is the least time that docling could take.
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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from kaoji.core.declaration import Declaration
from kaoji.documents.reader import read_document
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.html import render_html
from kaoji.documents.render.pdf import render_pdf
from kaoji.documents.render.xlsx import render_xlsx
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
DOCLING_PARSE = """
import json, sys
from docling_parse.pdf_parser import DoclingPdfParser
pages = DoclingPdfParser().load(sys.argv[1]).iterate_pages()
lines = [line.text for _, page in pages for line in page.textline_cells]
json.dump(lines, open(sys.argv[2], "w"))
"""


def square(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def cells_of(form: Declaration) -> list[str]:
    """The texts a reader must give: names, units, goals, indicators with their targets."""
    head = (form.project_name, form.implementing_unit, form.overall_goal, form.annual_goal)
    rows = (text for row in form.indicators for text in (row.level3, row.target.text))
    return [square(text) for text in (*head, *rows) if text]


def run(command: Sequence[str]) -> tuple[float, float]:
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


@dataclass(frozen=True)
class Tool:
    """A command that reads a file, and how its answer is taken apart."""

    name: str
    command: tuple[str, ...]
    ending: Callable[[Path], list[str]]
    runs: int
    texts: Callable[[Path], list[str]] = lambda out: json.loads(out.read_bytes())
    gives_cells: bool = True


def out_as_json(out: Path) -> list[str]:
    """How `kaoji read` is told where to."""
    return ["--format", "json", "-o", str(out)]


def out_as_word(out: Path) -> list[str]:
    """How the little programs above are told where to."""
    return [str(out)]


def nowhere(_: Path) -> list[str]:
    """LibreOffice chooses the name itself."""
    return []


def measured(tool: Tool, file: Path, out: Path, truth: list[str], pages: int) -> None:
    """Run a tool some times and print one line."""
    out.unlink(missing_ok=True)
    figures = [run([*tool.command, str(file), *tool.ending(out)]) for _ in range(tool.runs)]
    seconds = statistics.median(wall for wall, _ in figures)
    peak = max(memory for _, memory in figures)
    right = "–"
    if tool.gives_cells:
        if not out.exists():
            print(f"{tool.name:34}{'gave nothing (docling: are its weights here?)':>38}")
            return
        given = {square(text) for text in tool.texts(out) if text}
        right = f"{sum(cell in given for cell in truth) / len(truth):.1%}"
    speed = pages / seconds
    print(f"{tool.name:34}{seconds:>9.2f}{speed:>10.1f}{peak:>10.0f}{right:>10}", flush=True)


def tools_for(kind: str, runs: int, docling: str) -> Iterator[Tool]:
    """What can read a file of that kind here."""
    kaoji = (sys.executable, "-m", "kaoji", "read")
    yield Tool("kaoji read", kaoji, out_as_json, runs, given_by_kaoji)
    if kind == ".pdf":
        yield Tool("pdfplumber tables", (sys.executable, "-c", PDFPLUMBER), out_as_word, runs)
    if shutil.which("soffice"):
        folder = Path(tempfile.gettempdir()) / "kaoji-benchmark-office"
        target = "html:writer_web_HTML" if kind == ".pdf" else "html"
        command = office(folder, target)
        yield Tool("LibreOffice to HTML", command, nowhere, runs, gives_cells=False)
    if can_import(docling, "docling"):
        yield Tool("docling", (docling, "-c", DOCLING), out_as_word, runs)
        if kind == ".pdf":
            parse = (docling, "-c", DOCLING_PARSE)
            yield Tool("docling-parse alone", parse, out_as_word, runs)
    else:
        print(f"{'docling':34}{'not installed':>19}")


def can_import(python: str, package: str) -> bool:
    """Does that Python have the package?"""
    looking = [python, "-c", f"import importlib.util as u; assert u.find_spec({package!r})"]
    return subprocess.run(looking, capture_output=True).returncode == 0


def office(folder: Path, kind: str) -> tuple[str, ...]:
    """A conversion by LibreOffice with a profile of its own."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    options = ("--headless", "--convert-to", kind, "--outdir", str(folder))
    return ("soffice", profile, *options)


def html_bytes(forms: list[Declaration]) -> bytes:
    """The forms as an HTML page."""
    return render_html(forms).encode()


def documents(folder: Path, forms: list[Declaration]) -> Iterator[Path]:
    """The forms in each format, and as PDF by another hand where LibreOffice is installed."""
    writers = {"docx": render_docx, "xlsx": render_xlsx, "html": html_bytes, "pdf": render_pdf}
    for suffix, write in writers.items():
        file = folder / f"ours.{suffix}"
        file.write_bytes(write(forms))
        yield file
    if shutil.which("soffice"):
        run([*office(folder / "printed", "pdf"), str(folder / "ours.docx")])
        yield folder / "printed" / "ours.pdf"


def main() -> None:
    """Print a table for each file."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    docling = sys.argv[2] if len(sys.argv) > 2 else sys.executable
    forms = [item.form for item in read_document(SONGJIANG_2023.read_bytes(), name="s").forms]
    truth = [cell for form in forms for cell in cells_of(form)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        pages = len(pypdfium2.PdfDocument(render_pdf(forms)))
        for file in documents(folder, forms):
            name = file.relative_to(folder)
            print(f"\n{name}: {pages} pages when printed, {len(truth)} cells")
            print(f"{'':34}{'seconds':>9}{'pages/s':>10}{'peak MiB':>10}{'right':>10}")
            for tool in tools_for(file.suffix, runs, docling):
                measured(tool, file, folder / "out.json", truth, pages)


if __name__ == "__main__":
    main()
