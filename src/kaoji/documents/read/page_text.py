"""The text of a web page as it is seen: fields show what was entered, chosen or ticked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from kaoji.core.speech import say
from kaoji.documents.read.scripts import lowered, raised
from kaoji.documents.read.styling import PLAIN, Around, Styling
from kaoji.documents.read.symbols import in_font
from kaoji.documents.read.unseen import Unseen

# Never seen, and no text of the document.
_SILENT = {
    "script", "style", "head", "template", "datalist", "rt", "rp", "rtc", "colgroup", "canvas",
    "audio", "video", "object", "map", "svg", "param", "source", "link", "meta",
}  # fmt: skip
# Seen only where something is missing or was not opened.
_CLOSED = {"noscript", "dialog", "details"}
_BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "li", "ul", "ol", "section", "article",
    "header", "footer", "main", "body", "br", "hr", "tr", "center", "blockquote", "pre",
    "fieldset", "legend", "form", "dl", "dt", "dd", "address", "nav", "aside", "figure",
    "summary", "caption",
}  # fmt: skip
_BUTTONS = {"submit", "button", "reset", "image", "file"}
_TICKED, _OPEN = "☑", "□"
_HIDDEN = say("隐藏的文字没有读取：{texts}")
_STRUCK = say("划掉的文字没有读取：{texts}")
_BUTTON = say("按钮上的字没有读取：{texts}")
_FRAME = say("页面里嵌了另一个页面（框架），没有读取；请单独保存那一页后再读")
_PASSWORD = say("密码框里的内容没有读取")

BREAK = object()


class PageText:
    """Goes through what is inside an element in its order."""

    def __init__(self, styling: Styling, unseen: Unseen) -> None:
        self._styling = styling
        self._unseen = unseen
        self._row: Any = None
        self._around = PLAIN

    def of(self, cell: Any, inner: list[Any], is_grid: Callable[[Any], bool]) -> str:
        """The text of a cell in lines; tables inside it that are grids are put aside in *inner*."""
        parts: list[str] = []
        for piece in self._inside(cell, self._styling.around(cell, self._around_of(cell))):
            if isinstance(piece, str):
                parts.append(piece)
            elif piece is BREAK:
                parts.append("\n")
            elif is_grid(piece):
                inner.append(piece)
            else:
                parts.append(f"\n{self._as_lines(piece, inner, is_grid)}\n")
        return _in_lines("".join(parts))

    def _as_lines(self, table: Any, inner: list[Any], is_grid: Callable[[Any], bool]) -> str:
        """A table that only sets text side by side: a line for each row."""
        lines = []
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is table and not self._styling.hides(row):
                texts = (self.of(cell, inner, is_grid) for cell in row.iterchildren("td", "th"))
                lines.append(" ".join(text for text in texts if text))
        return "\n".join(lines)

    def stream(self, element: Any, outside: Around = PLAIN) -> Iterator[Any]:
        """Texts, tables, and breaks where a block begins or ends."""
        if self._is_unseen(element):
            return
        if element.tag == "table":
            yield element
            return
        field = _FIELDS.get(element.tag)
        if field is not None:
            yield field(element, self._unseen)
            return
        is_block = element.tag in _BLOCKS
        if is_block:
            yield BREAK
        yield from self._inside(element, self._styling.around(element, outside))
        if is_block:
            yield BREAK

    def _around_of(self, cell: Any) -> Around:
        """What the table and its row hand on to a cell; the same for all cells of a row."""
        row = cell.getparent()
        if row is not self._row:
            self._row, self._around = row, PLAIN
            for element in reversed(list(cell.iterancestors())):
                self._around = self._styling.around(element, self._around)
        return self._around

    def _inside(self, element: Any, around: Around) -> Iterator[Any]:
        yield from self._seen(element.text, around, element.tag)
        for child in element:
            yield from self.stream(child, around)
            yield from self._seen(child.tail, around, element.tag)

    def _seen(self, text: str | None, around: Around, tag: str) -> Iterator[str]:
        if text and not around.visible:
            self._unseen.note(_HIDDEN, text)
        elif text:
            clean = text.replace("\xad", "")
            if tag in {"sup", "sub"}:
                clean = raised(clean) if tag == "sup" else lowered(clean)
            clean = in_font(clean, around.symbols)
            yield clean if around.keeps_lines else _on_one_line(clean)

    def _is_unseen(self, element: Any) -> bool:
        """Is there nothing to be seen of it? Where it held text, that is told."""
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            return True
        if element.tag in {"iframe", "frame", "embed"}:
            self._unseen.note(_FRAME)
            return True
        closed = element.tag in _CLOSED and element.get("open") is None
        if self._styling.hides(element) or (closed and element.tag != "details"):
            self.note_hidden(element)
            return True
        if closed:
            for child in element:
                if child.tag != "summary":
                    child.set("hidden", "")
        if self._styling.struck(element):
            self._unseen.note(_STRUCK, element.text_content())
            return True
        return False

    def note_hidden(self, element: Any) -> None:
        """Note the text of what is hidden; scripts are none."""
        if element.tag != "noscript":
            self._unseen.note(_HIDDEN, _words(element))


def _words(element: Any) -> str:
    """The text of an element without scripts."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return ""
    inside = (f"{_words(child)}{child.tail or ''}" for child in element)
    return (element.text or "") + "".join(inside)


def _on_one_line(text: str) -> str:
    """Line breaks of the source are blanks, or nothing between two signs that know no blanks."""
    return _BLANKS.sub(" ", _WRAPPED.sub("", text))


_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60"
_WRAPPED = re.compile(rf"(?<=[{_WIDE}])[ \t\r]*\n[ \t\r\n]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def _in_lines(text: str) -> str:
    """Lines without the blanks of the source around them; blank lines between none."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _input(element: Any, unseen: Unseen) -> str:
    kind = (element.get("type") or "text").strip().lower()
    if kind in {"checkbox", "radio"}:
        return _TICKED if element.get("checked") is not None else _OPEN
    if kind in _BUTTONS:
        unseen.note(_BUTTON, element.get("value") or "")
        return ""
    if kind == "password":
        if element.get("value"):
            unseen.note(_PASSWORD)
        return ""
    return "" if kind == "hidden" else _apart(element, element.get("value") or "")


def _select(element: Any, unseen: Unseen) -> str:
    """What is chosen; a list that drops down shows its first entry where nothing was."""
    options = list(element.iter("option"))
    chosen = [item for item in options if item.get("selected") is not None]
    drops = element.get("multiple") is None and (element.get("size") or "1") in {"0", "1"}
    if element.get("multiple") is None:
        chosen = chosen[-1:]
    if not chosen and drops:
        chosen = [item for item in options if item.get("disabled") is None][:1]
    texts = ((item.get("label") or item.text_content()).strip() for item in chosen)
    return _apart(element, "、".join(text for text in texts if text))


def _button(element: Any, unseen: Unseen) -> str:
    unseen.note(_BUTTON, element.text_content())
    return ""


def _apart(element: Any, value: str) -> str:
    """The value, with a blank where a caption stands directly before it outside of tables."""
    in_cell = next(element.iterancestors("td", "th"), None) is not None
    return value if in_cell or not value else f" {value} "


_FIELDS: dict[str, Callable[[Any, Unseen], str]] = {
    "input": _input,
    "textarea": lambda element, unseen: _apart(element, element.text_content()),
    "select": _select,
    "button": _button,
}
