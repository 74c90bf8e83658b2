"""Small Word files made by hand: the body of a document, and parts beside it."""

from __future__ import annotations

import io
import zipfile

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def document(body: str) -> str:
    """The XML of a document with this body."""
    return f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"


def part(name: str, inside: str) -> str:
    """The XML of a part such as `styles`."""
    return f"<w:{name} {_SPACES}>{inside}</w:{name}>"


def word(body: str, **parts: str | bytes) -> bytes:
    """A .docx; *parts* are further parts by their kind."""
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
    )
    files = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" '
        f'Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
        "word/document.xml": document(body),
        **{f"word/{kind}.xml": content for kind, content in parts.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(text: str, look: str = "") -> str:
    """A run of signs."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, about: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{about}</w:pPr>{inside}</w:p>"


def cell(inside: str, about: str = "") -> str:
    """A cell; plain text becomes its paragraph."""
    blocks = inside if inside.startswith("<w:") else p(run(inside))
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, about: str = "") -> str:
    """A row of cells."""
    return f"<w:tr><w:trPr>{about}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"
