"""Which parts of a web page are not seen: by attributes, by their style, by the rules of a style sheet.

Only what hides, where lines end and fonts of symbols are looked for, and only plain selectors – `.gone`, `#gone`, `tr.gone`, `td`: a rule with a
longer selector hides less than everything, and to read too much is the smaller harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_GONE = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|(?<![\w-])opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_SHOWN_AS = re.compile(r"(?<![\w-])display\s*:\s*(?!none)[a-z-]+", re.IGNORECASE)
_VISIBILITY = re.compile(r"visibility\s*:\s*(\w+)", re.IGNORECASE)
_SPACE = re.compile(r"white-space(?:-collapse)?\s*:\s*([\w-]+)", re.IGNORECASE)
_KEEPING = {"pre", "pre-line", "pre-wrap", "break-spaces", "preserve", "preserve-breaks"}
_FONT = re.compile(r"(?<![\w-])font-family\s*:", re.IGNORECASE)
# Word says mso-symbol-font-family where it uses a sign of such a font within another.
_SYMBOLIC = re.compile(
    r"font-family\s*:\s*[\"']?\s*(Symbol|Wingdings(?: ?2)?|Webdings)(?![\w ])", re.IGNORECASE
)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_SIGN = re.compile(r"([{};])")
_SELECTOR = re.compile(r"(?P<tag>[\w-]+|\*)?(?P<id>#[\w-]+)?(?P<classes>(?:\.[\w-]+)*)$")
_MOST_CSS = 500_000
_MOST_KNOWN = 1_000
_STRUCK_TAGS = {"s", "del", "strike"}


@dataclass(frozen=True)
class Around:
    """What an element hands on to its text and to what is inside: is it seen, do lines end in it?

    *symbols* is the font of symbols in which it is set, if it is.
    """

    visible: bool = True
    keeps_lines: bool = False
    symbols: str = ""


PLAIN = Around()


class Styling:
    """What hides on a page."""

    def __init__(self, page: Any) -> None:
        css = "\n".join(item.text or "" for item in page.iter("style"))[:_MOST_CSS]
        self._rules = dict(_hiding(css))
        # An element of none of these without attributes wears no style at all.
        self._bare = frozenset(
            tag for tag, name, classes in self._rules if not name and not classes
        )
        self._any = "" in self._bare or "*" in self._bare
        self._declared = cache(self._declarations)

    def is_plain(self, element: Any) -> bool:
        """Does no style at all speak of the element?"""
        return not (self._any or element.tag in self._bare or element.keys())

    def hides(self, element: Any) -> bool:
        """Is the element with all that is in it not seen?"""
        if self.is_plain(element):
            return False
        style = element.get("style") or ""
        if _says(_GONE, style):
            return True
        if _says(_SHOWN_AS, style):
            return False
        return element.get("hidden") is not None or _says(_GONE, self._ruled(element))

    def around(self, element: Any, outside: Around) -> Around:
        """What holds inside of an element."""
        if self.is_plain(element) and element.tag != "pre":
            return outside
        style = f"{self._ruled(element)};{element.get('style') or ''}"
        if element.tag == "font" and element.get("face"):
            style += f";font-family:{element.get('face')}"
        keeps = outside.keeps_lines or element.tag == "pre"
        visible, lines, symbols = _said(style) if ":" in style else (None, None, None)
        return Around(
            outside.visible if visible is None else visible,
            keeps if lines is None else lines,
            outside.symbols if symbols is None else symbols,
        )

    def struck(self, element: Any) -> bool:
        """Is it struck out?"""
        if self.is_plain(element):
            return element.tag in _STRUCK_TAGS
        style = f"{self._ruled(element)};{element.get('style') or ''}"
        return element.tag in _STRUCK_TAGS or _says(_STRUCK, style)

    def _ruled(self, element: Any) -> str:
        if not self._rules:
            return ""
        return self._declared(element.tag, element.get("id"), element.get("class") or "")

    def _declarations(self, tag: str, name: str | None, classes: str) -> str:
        own = set(classes.split())
        return ";".join(
            said
            for (of_tag, of_id, of_classes), said in self._rules.items()
            if of_tag in {"", "*", tag} and of_id in {"", name} and of_classes <= own
        )


@lru_cache(_MOST_KNOWN)
def _said(style: str) -> tuple[bool | None, bool | None, str | None]:
    """What a style says of being seen, of lines, of a font of symbols; None where it says nothing."""
    seen, space = _VISIBILITY.findall(style), _SPACE.findall(style)
    fonts, symbolic = _FONT.search(style), _SYMBOLIC.findall(style)
    return (
        seen[-1].lower() not in {"hidden", "collapse"} if seen else None,
        space[-1].lower() in _KEEPING if space else None,
        symbolic[-1] if symbolic else "" if fonts else None,
    )


@lru_cache(_MOST_KNOWN)
def _says(wanted: re.Pattern[str], style: str) -> bool:
    return bool(wanted.search(style))


_Selector = tuple[str, str, frozenset[str]]


def _hiding(css: str) -> Iterator[tuple[_Selector, str]]:
    """The plain selectors whose rules change what is read."""
    for selectors, said in _rules(_COMMENT.sub("", css)):
        if not any(
            wanted.search(said) for wanted in (_GONE, _VISIBILITY, _SPACE, _FONT, _STRUCK)
        ):
            continue
        for selector in selectors.split(","):
            found = _SELECTOR.match(selector.strip())
            if found and selector.strip():
                classes = frozenset(filter(None, found["classes"].split(".")))
                name = (found["id"] or "").removeprefix("#")
                yield ((found["tag"] or "").lower(), name, classes), said


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, without what holds on paper or small screens only; in one walk."""
    begun: list[str] = []
    said: list[str] = []
    head = ""
    for piece in _SIGN.split(css):
        if piece == "{":
            begun.append(head.strip())
            head, said = "", []
        elif piece == "}":
            selectors = begun.pop() if begun else "@"
            if not begun and not selectors.startswith("@"):
                yield selectors, ";".join([*said, head])
            head, said = "", []
        elif piece == ";":
            said.append(head)
            head = ""
        else:
            head = piece
