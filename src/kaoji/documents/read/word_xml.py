"""Word documents in one XML file: the format of Word 2003, and a package laid flat."""

from __future__ import annotations

from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read.docx import read_package
from kaoji.documents.read.word.package import opened_xml

_MEDIA_TYPE = "application/xml"


def read(content: bytes, *, name: str) -> Manuscript:
    """Read XML of Word. No entity is resolved and nothing fetched."""
    return read_package(content, opened_xml, name=name, media_type=_MEDIA_TYPE)
