"""Forms as one HTML page that prints on A4 and needs no other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Printable, Sheet, lay_out

_STYLE = """
@page { size: A4; margin: 18mm 15mm; }
@page wide { size: A4 landscape; margin: 15mm 18mm; }
body { font-family: "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #111; }
section { break-after: page; max-width: 190mm; margin: 0 auto 24mm; }
section.landscape { page: wide; max-width: 270mm; }
section:last-child { break-after: auto; }
h1 { font-size: 18pt; text-align: center; margin: 0; font-weight: 700; }
.year { text-align: center; margin: 2mm 0 4mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 10.5pt; }
th, td { border: .6pt solid #333; padding: 1.6mm 2mm; vertical-align: middle; white-space: pre-line; }
th { font-weight: 400; text-align: center; }
td.amount { text-align: right; font-variant-numeric: tabular-nums; }
td.text { vertical-align: top; text-align: justify; line-height: 1.6; }
td.label { text-align: center; }
tr { break-inside: avoid; }
"""


def render_html(forms: Iterable[Printable]) -> str:
    """Write the forms as a complete page, one section a form."""
    sections = "\n".join(_section(lay_out(form)) for form in forms)
    return (
        '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>财政项目支出绩效目标申报表</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{sections}\n</body>\n</html>\n"
    )


def _section(sheet: Sheet) -> str:
    return "\n".join(
        [
            '<section class="landscape">' if sheet.landscape else "<section>",
            f"<h1>{escape(sheet.title)}</h1>",
            f'<p class="year">{escape(sheet.year_line)}</p>',
            "<table>",
            *_columns(sheet),
            *(f"<tr>{''.join(map(_cell, row))}</tr>" for row in sheet.rows),
            "</table>",
            "</section>",
        ]
    )


def _columns(sheet: Sheet) -> Iterator[str]:
    whole = sum(sheet.widths)
    for width in sheet.widths:
        yield f'<col style="width: {100 * width / whole:.1f}%">'


def _cell(cell: SheetCell) -> str:
    tag = "th" if cell.is_heading else "td"
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if number > 1
    )
    return f'<{tag} class="{cell.role}"{spans}>{escape(cell.text)}</{tag}>'
