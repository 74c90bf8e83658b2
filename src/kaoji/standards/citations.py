"""The documents that rules rest on, and whether anybody has read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from kaoji.standards.files import read_yaml


@dataclass(frozen=True)
class CitedDocument:
    """One entry of `citations.yaml`; *status* is seen, opening or unverified."""

    id: str
    title: str
    number: str
    date: date
    status: str
    url: str | None = None


@dataclass(frozen=True)
class Citation:
    """A place in a cited document: `Citation("caiyu-2015-88", "完整性审核")`."""

    document_id: str
    place: str = ""

    @property
    def document(self) -> CitedDocument:
        """The document; KeyError when it is not on record."""
        return documents()[self.document_id]

    def __str__(self) -> str:
        document = self.document
        name = f"{document.number}《{document.title}》"
        return f"{name}{self.place}"


@cache
def documents() -> dict[str, CitedDocument]:
    """Every cited document by its id."""
    return {
        key: CitedDocument(id=key, **data) for key, data in read_yaml("citations.yaml").items()
    }
