"""What a style says of the text that wears it: hidden, numbered, set in a font of symbols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kaoji.documents.read.word.names import number, switch, tag, value

_DEEPEST = 20


@dataclass(frozen=True)
class Numbered:
    """Which list a paragraph belongs to and how deep it stands in it; None for what is not said."""

    list: int | None
    level: int | None


class Styles:
    """The styles of a document by their names."""

    def __init__(self, root: Any = None) -> None:
        found = () if root is None else root.iter(tag("w:style"))
        self._styles = {item.get(tag("w:styleId")): item for item in found}
        self._usual = next(
            (
                name
                for name, item in self._styles.items()
                if item.get(tag("w:default")) in {"1", "true", "on"}
                and item.get(tag("w:type")) == "paragraph"
            ),
            None,
        )
        self.hides = cache(self._hides)
        self.font = cache(self._font)
        self.numbered = cache(self._numbered)

    def _hides(self, paragraph: str | None, run: str | None) -> bool:
        """Hidden twice, by the style of the paragraph and of the run, is shown again."""
        return self._switched(paragraph or self._usual) != self._switched(run)

    def _switched(self, name: str | None) -> bool:
        said = (switch(item.find(tag("w:rPr")), "w:vanish") for item in self._line(name))
        return next((hidden for hidden in said if hidden is not None), False)

    def _font(self, name: str | None) -> str | None:
        fonts = (
            value(item.find(tag("w:rPr")), "w:rFonts", "w:ascii") for item in self._line(name)
        )
        return next((font for font in fonts if font), None)

    def _numbered(self, name: str | None) -> Numbered:
        for item in self._line(name or self._usual):
            found = numbering_of(item.find(tag("w:pPr")))
            if found is not None:
                return found
        return Numbered(None, None)

    def _line(self, name: str | None) -> Iterator[Any]:
        """The style and those that it is based on."""
        for _ in range(_DEEPEST):
            item = self._styles.get(name)
            if item is None:
                return
            yield item
            name = value(item, "w:basedOn")


def numbering_of(about: Any) -> Numbered | None:
    """The list that paragraph properties name."""
    said = None if about is None else about.find(tag("w:numPr"))
    if said is None:  # Word 2003
        said = None if about is None else about.find(tag("w:listPr"))
        if said is None:
            return None
        return Numbered(number(said, "w:ilfo"), number(said, "w:ilvl"))
    return Numbered(number(said, "w:numId"), number(said, "w:ilvl"))
