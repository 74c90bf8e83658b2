"""Strict Office files say the same in other namespaces, which libraries do not know: renamed here."""

from __future__ import annotations

import io
import zipfile

_STRICT = b"http://purl.oclc.org/ooxml/"
_WORKBOOK = "xl/workbook.xml"
_SCHEMAS = b"http://schemas.openxmlformats.org/"
_NAMES = (
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/spreadsheetDrawing", b"drawingml/2006/spreadsheetDrawing"),
)


def as_transitional(workbook: bytes) -> bytes:
    """The workbook in the namespaces that everybody knows; one that has them is given back as it is.

    Its limits were looked at when its kind was told.
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        if _STRICT not in archive.read(_WORKBOOK):
            return workbook
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as renamed:
            for entry in archive.infolist():
                content = archive.read(entry)
                is_xml = entry.filename.endswith((".xml", ".rels"))
                renamed.writestr(entry.filename, _renamed(content) if is_xml else content)
    return target.getvalue()


def _renamed(content: bytes) -> bytes:
    for strict, ours in _NAMES:
        content = content.replace(_STRICT + strict, _SCHEMAS + ours)
    return content
