"""Fields of a Word document: what stands in the page for a code whose result was not stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kaoji.documents.read.symbols import symbol
from kaoji.documents.read.word.names import elements, number, switch, tag, value

TICKED, OPEN = "☑", "□"
_SWITCHED = re.compile(r'\\(\w)\s+(?:"([^"]*)"|(\S+))')
_CIRCLED = {str(n): chr(0x2460 + n - 1) for n in range(1, 21)}


@dataclass
class Field:
    """A field that was begun: its code so far, what its form says, and where its result begins."""

    form: Any = None
    code: list[str] = field(default_factory=list)
    result_at: int | None = None

    def instead(self) -> str:
        """What a reader sees where no result is stored."""
        text = "".join(self.code).strip()
        name, _, rest = text.partition(" ")
        return _shown(name.upper(), rest.strip(), self.form)

    @property
    def is_control(self) -> bool:
        """Does the form say more than the stored result?"""
        kinds = ("w:checkBox", "w:ddList")
        return self.form is not None and any(self.form.find(tag(k)) is not None for k in kinds)


def _shown(name: str, rest: str, form: Any) -> str:
    if form is not None and form.find(tag("w:checkBox")) is not None:
        return _box(form.find(tag("w:checkBox")))
    if form is not None and form.find(tag("w:ddList")) is not None:
        return _chosen(form.find(tag("w:ddList")))
    match name:
        case "FORMTEXT":
            text = None if form is None else form.find(tag("w:textInput"))
            return value(text, "w:default") or ""
        case "SYMBOL":
            return _symbol(rest)
        case "EQ":
            return _drawn(rest)
        case "MACROBUTTON" | "GOTOBUTTON":
            return rest.partition(" ")[2].strip()
    return ""


def _box(box: Any) -> str:
    checked = switch(box, "w:checked")
    return TICKED if (switch(box, "w:default") if checked is None else checked) else OPEN


def _chosen(choices: Any) -> str:
    chosen = number(choices, "w:result")
    if chosen is None:
        chosen = number(choices, "w:default") or 0
    entries = [
        item.get(tag("w:val")) or "" for item in choices.iterchildren(tag("w:listEntry"))
    ]
    return entries[chosen] if chosen < len(entries) else ""


def _symbol(rest: str) -> str:
    code = rest.partition(" ")[0].strip('"')
    options = {key: quoted or bare for key, quoted, bare in _SWITCHED.findall(rest)}
    try:
        place = int(code, 16) if code.lower().startswith("0x") else int(code)
    except ValueError:
        return code
    return symbol(options.get("f"), place)


def _drawn(code: str) -> str:
    r"""The older equations: `\f(1,2)` a fraction, `\o\ac(○,1)` a circled sign, a reading above its sign."""
    try:
        return _part(code, 0)[0].strip()
    except RecursionError:
        return ""


def _part(code: str, at: int) -> tuple[str, int]:
    """The text of a piece up to a comma or the bracket that ends it."""
    text = ""
    while at < len(code) and code[at] not in ",;)":
        if code[at] == "\\":
            drawn, at = _command(code, at)
            text += drawn
        elif code[at] == "(":
            inner, at = _arguments(code, at)
            text += f"({','.join(inner)})"
        else:
            text, at = text + code[at], at + 1
    return text, at


_COMMAND = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)|\\([a-zA-Z]+)(?:\s*[\d.]+)?|\\(.)")


def _command(code: str, at: int) -> tuple[str, int]:
    found = _COMMAND.match(code, at)
    if found is None:
        return "", at + 1
    at = found.end()
    if found[1] is None:  # \* MERGEFORMAT says how it looks, \( is a sign
        return found[2] or "", at
    names = [found[1].lower()]
    while (more := _COMMAND.match(code, at)) and more[1]:
        names.append(more[1].lower())
        at = more.end()
    while at < len(code) and code[at] == " ":
        at += 1
    if at >= len(code) or code[at] != "(":
        return "", at
    inner, at = _arguments(code, at)
    return _composed(names[0], [item.strip() for item in inner]), at


def _arguments(code: str, at: int) -> tuple[list[str], int]:
    found: list[str] = []
    while at < len(code) and code[at] != ")":
        text, at = _part(code, at + 1)
        found.append(text)
    return found, at + 1


def _composed(name: str, inner: list[str]) -> str:
    if name == "f" and len(inner) == 2:
        return "/".join(inner)
    if name == "r":
        return "√" + inner[-1]
    if name == "o" and len(inner) > 1:
        return _CIRCLED.get(inner[-1], inner[-1]) if inner[0] in "○◯" else inner[-1]
    return "".join(inner)


def form_of(mark: Any) -> Any:
    """What the mark that begins a field says of its form."""
    return next((child for child in elements(mark) if child.tag == tag("w:ffData")), None)
