"""The parts of a Word file, whatever it calls its namespaces: transitional, strict, flat, of 2003."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

from kaoji.documents.read.word.names import LINK, MAIN

_DOCUMENT = "word/document.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
# Strict documents and those of Word 2003 say the same words in other namespaces.
_SAME = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": LINK.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": f"{_OFFICE}/math".encode(),
    b"http://schemas.microsoft.com/office/word/2003/wordml": MAIN.encode(),
}


def parsed(content: bytes) -> Any:
    """The root of an XML part in the names that we know; no entity is resolved, nothing fetched."""
    root = etree.fromstring(content, _parser())
    spoken = {uri.encode() for uri in root.nsmap.values() if isinstance(uri, str)}
    if not spoken & _SAME.keys():
        return root
    text = etree.tostring(root)
    for other, ours in _SAME.items():
        text = text.replace(b'"' + other + b'"', b'"' + ours + b'"')
    return etree.fromstring(text, _parser())


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class Package:
    """The main part of a document and those it refers to."""

    def __init__(
        self, part: Callable[[str], Any], bytes_of: Callable[[str], bytes | None]
    ) -> None:
        self._part = part
        self.bytes_of = bytes_of
        self._main = self._of_kind("_rels/.rels", "", "officeDocument") or _DOCUMENT
        self.document = part(self._main)

    def related(self, kind: str) -> list[Any]:
        """The roots of the parts of a kind: `styles`, `numbering`, `footnotes`, `header` …"""
        names = self._links(_links_of(self._main), posixpath.dirname(self._main), kind)
        return [root for root in map(self._part, names.values()) if root is not None]

    def chunk(self, link: str) -> bytes | None:
        """The bytes of another document that this one takes in."""
        names = self._links(_links_of(self._main), posixpath.dirname(self._main), "aFChunk")
        return self.bytes_of(names[link]) if link in names else None

    def _of_kind(self, links: str, folder: str, kind: str) -> str | None:
        return next(iter(self._links(links, folder, kind).values()), None)

    def _links(self, links: str, folder: str, kind: str) -> dict[str, str]:
        """By the name of each link the part it leads to, those that lead outside left out."""
        root = self._part(links)
        found: dict[str, str] = {}
        for item in () if root is None else root.iter(_RELATION):
            inside = item.get("TargetMode") != "External"
            if inside and (item.get("Type") or "").rpartition("/")[2] == kind:
                target = posixpath.join("/", folder, item.get("Target") or "")
                found[item.get("Id") or ""] = posixpath.normpath(target)[1:]
        return found


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def opened(content: bytes) -> Package:
    """A .docx; its limits were looked at when its kind was told."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = set(archive.namelist())

    def bytes_of(name: str) -> bytes | None:
        return archive.read(name) if name in names else None

    def part(name: str) -> Any:
        found = bytes_of(name)
        return None if found is None else parsed(found)

    return Package(part, bytes_of)


def opened_xml(content: bytes) -> Package:
    """A document in one XML file: a flat package, or that of Word 2003."""
    root = parsed(content)
    parts = {
        (item.get(f"{_FLAT}name") or "").lstrip("/"): _renewed(item)
        for item in root.iter(f"{_FLAT}part")
    }
    return Package(parts.get, lambda name: None) if parts else _of_2003(root)


def _renewed(part: Any) -> Any:
    data = part.find(f"{_FLAT}xmlData")
    return None if data is None or not len(data) else parsed(etree.tostring(data[0]))


# What Word 2003 keeps in the document itself, later ones in a part of its own.
_INSIDE = {"styles": "styles", "numbering": "lists", "header": "hdr", "footer": "ftr"}


def _of_2003(root: Any) -> Package:
    def part(name: str) -> Any:
        return root if name == _DOCUMENT else None

    package = Package(part, lambda name: None)
    package.related = lambda kind: list(root.iter(f"{{{MAIN}}}{_INSIDE.get(kind, kind)}"))  # type: ignore[method-assign]
    return package
