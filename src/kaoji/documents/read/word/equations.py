"""Equations of Word's editor in one line: a fraction `a/b`, a power `m²`, a root `√(a)`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from kaoji.documents.read.scripts import lowered, raised
from kaoji.documents.read.word.names import elements, switch, tag, value


def equation(element: Any) -> str:
    """The signs of an equation; what its structure draws is written between them."""
    shape = _SHAPES.get(element.tag)
    if shape is not None:
        return shape(element)
    return "".join(equation(child) for child in elements(element))


def _text(element: Any) -> str:
    """Letters and digits of an equation may be coded with their look: 𝟗 is 9."""
    return "".join(
        unicodedata.normalize("NFKC", sign) if 0x1D400 <= ord(sign) <= 0x1D7FF else sign
        for sign in element.text or ""
    )


def _part(element: Any, name: str) -> str:
    child = element.find(tag(name))
    return "" if child is None else equation(child)


def _fraction(element: Any) -> str:
    over, under = _part(element, "m:num"), _part(element, "m:den")
    return f"{_grouped(over)}/{_grouped(under)}"


def _grouped(text: str) -> str:
    return text if text.isalnum() or len(text) < 2 else f"({text})"


def _root(element: Any) -> str:
    return f"{raised(_part(element, 'm:deg'))}√{_grouped(_part(element, 'm:e'))}"


def _scripts(element: Any) -> str:
    below, above = _part(element, "m:sub"), _part(element, "m:sup")
    return f"{_part(element, 'm:e')}{lowered(below)}{raised(above)}"


def _sum(element: Any) -> str:
    about = element.find(tag("m:naryPr"))
    sign = value(about, "m:chr", "m:val") or "∫"
    return f"{sign}{lowered(_part(element, 'm:sub'))}{raised(_part(element, 'm:sup'))}{_part(element, 'm:e')}"


def _brackets(element: Any) -> str:
    about = element.find(tag("m:dPr"))
    begin, between, end = (
        default if said is None else said
        for said, default in (
            (value(about, "m:begChr", "m:val"), "("),
            (value(about, "m:sepChr", "m:val"), "|"),
            (value(about, "m:endChr", "m:val"), ")"),
        )
    )
    inside = between.join(equation(child) for child in element.iterchildren(tag("m:e")))
    return f"{begin}{inside}{end}"


def _rows(element: Any) -> str:
    return "\n".join(equation(child) for child in elements(element))


def _phantom(element: Any) -> str:
    about = element.find(tag("m:phantPr"))
    shown = None if about is None else about.find(tag("m:show"))
    hidden = shown is not None and shown.get(tag("m:val")) in {"0", "off", "false"}
    return "" if hidden else _part(element, "m:e")


def _run(element: Any) -> str:
    """A run of an equation is hidden and deleted as any other."""
    if switch(element.find(tag("w:rPr")), "w:vanish"):
        return ""
    return "".join(_text(child) if child.tag in _TEXTS else "" for child in elements(element))


def _nothing(element: Any) -> str:
    return ""


_TEXTS = {tag("m:t"), tag("w:t")}
_SHAPES: dict[str, Callable[[Any], str]] = {
    tag("m:r"): _run,
    tag("m:t"): _text,
    tag("m:f"): _fraction,
    tag("m:rad"): _root,
    tag("m:sSup"): _scripts,
    tag("m:sSub"): _scripts,
    tag("m:sSubSup"): _scripts,
    tag("m:nary"): _sum,
    tag("m:d"): _brackets,
    tag("m:m"): _rows,
    tag("m:eqArr"): _rows,
    tag("m:phant"): _phantom,
    tag("w:del"): _nothing,
    tag("w:moveFrom"): _nothing,
    tag("w:rPr"): _nothing,
}
