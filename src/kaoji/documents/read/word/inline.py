"""The signs of a paragraph as Word shows them, all changes accepted.

What is inserted is read and what is deleted is not; fields show their results, controls what was
chosen, equations and symbols the signs that are seen. Hidden text and prompts nobody answered are
left out and told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kaoji.core.speech import say
from kaoji.documents.read.scripts import lowered, raised
from kaoji.documents.read.symbols import UNKNOWN, in_font, is_symbol_font, symbol
from kaoji.documents.read.unseen import Unseen
from kaoji.documents.read.word.equations import equation
from kaoji.documents.read.word.fields import Field, form_of
from kaoji.documents.read.word.names import elements, switch, tag, value
from kaoji.documents.read.word.numbers import Numbers
from kaoji.documents.read.word.styles import Numbered, Styles, numbering_of

_TRACKED = say("文件里有未接受的修订，按全部接受后的样子读取：插入的读入，删除的不读")
_HIDDEN = say("隐藏的文字没有读取：{texts}")
_STRUCK = say("划掉的文字没有读取：{texts}")
_PROMPT = say("控件里还没有填写，提示文字没有读取：{texts}")
_DRAWN = say("艺术字没有读取：{texts}")
_PICTURES = say("文件里的图表或示意图没有读取")
# No eye reads signs of two points.
_TINIEST = 4
_WHITE = {"FFFFFF", "ffffff", "white"}


@dataclass
class Shown:
    """A paragraph: its text, the boxes that hang on it, and whether its end is not seen either."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    goes_on: bool = False
    emptied: bool = False

    @property
    def text(self) -> str:
        """All its signs."""
        return "".join(self.parts)


@dataclass(frozen=True)
class _Look:
    """What stands around a run: the style of its paragraph, and a coloured ground."""

    style: str | None = None
    on_colour: bool = False


class Inline:
    """Reads paragraphs one after the other; lists go on counting and fields go on over their ends."""

    def __init__(self, styles: Styles, numbers: Numbers, unseen: Unseen) -> None:
        self._styles = styles
        self._numbers = numbers
        self._unseen = unseen
        self._fields: list[Field] = []
        self._look = _Look()
        self._hidden: list[str] = []
        self.on_colour = False
        self.pictures = 0
        self._steps: dict[str, Callable[[Any, Shown], None]] = {
            tag("w:r"): self._run,
            tag("w:t"): self._text,
            tag("w:tab"): lambda e, out: self._say("\t", out),
            tag("w:ptab"): lambda e, out: self._say("\t", out),
            tag("w:br"): self._break,
            tag("w:cr"): lambda e, out: self._say("\n", out),
            tag("w:noBreakHyphen"): lambda e, out: self._say("-", out),
            tag("w:sym"): self._symbol,
            tag("w:fldChar"): self._field,
            tag("w:instrText"): self._code,
            tag("w:ruby"): self._ruby,
            tag("w:sdt"): self._control,
            tag("w:ins"): self._inserted,
            tag("w:moveTo"): self._inserted,
            tag("w:del"): self._deleted,
            tag("w:moveFrom"): self._deleted,
            tag("aml:annotation"): self._annotation,
            tag("m:oMath"): lambda e, out: self._say(equation(e), out),
            tag("mc:AlternateContent"): self._alternative,
            tag("w:txbxContent"): lambda e, out: out.boxes.append(e),
            tag("v:textpath"): lambda e, out: self._unseen.note(_DRAWN, e.get("string") or ""),
            tag("w:pPr"): self._nothing,
            tag("w:rPr"): self._nothing,
            tag("w:delText"): self._nothing,
            tag("w:delInstrText"): self._nothing,
        }

    def paragraph(self, element: Any) -> Shown:
        """The paragraph with its automatic number."""
        out = Shown()
        about = element.find(tag("w:pPr"))
        self._look = _Look(value(about, "w:pStyle"), self.on_colour or _is_coloured(about))
        self._hidden = []
        self._inside(element, out)
        mark = None if about is None else about.find(tag("w:rPr"))
        deleted = mark is not None and any(
            mark.find(tag(name)) is not None for name in ("w:del", "w:moveFrom")
        )
        if deleted:
            self._unseen.note(_TRACKED)
        out.goes_on = deleted or (mark is not None and bool(switch(mark, "w:vanish")))
        lost = "".join(self._hidden)
        if lost:
            self._unseen.note(_HIDDEN, lost)
        out.emptied = not out.text.strip() and (deleted or bool(lost))
        if not out.emptied:
            out.parts.insert(0, self._number(about))
        # A field whose code never ended would swallow the rest of the document.
        self._fields = [item for item in self._fields if item.result_at is not None]
        return out

    def next_place(self) -> None:
        """A cell begins or ends: no field goes on from one into the next."""
        self._fields.clear()

    def _number(self, about: Any) -> str:
        own = numbering_of(about)
        usual = self._styles.numbered(self._look.style)
        if own is None and usual.list is None:
            return ""
        own = own or Numbered(None, None)
        listed = usual.list if own.list is None else own.list
        level = usual.level if own.level is None else own.level
        return self._numbers.next(Numbered(listed, level)) if listed else ""

    def _inside(self, element: Any, out: Shown) -> None:
        for child in elements(element):
            step = self._steps.get(child.tag)
            if step is not None:
                step(child, out)
            else:
                if child.tag.endswith(("}relIds", "}chart")):
                    self._unseen.note(_PICTURES)
                elif child.tag.endswith(("}blip", "}imagedata")):
                    self.pictures += 1
                self._inside(child, out)

    def _nothing(self, element: Any, out: Shown) -> None:
        pass

    def _say(self, text: str, out: Shown) -> None:
        """Signs of the page; those within the code of a field are none."""
        if all(item.result_at is not None for item in self._fields):
            out.parts.append(text.replace("\xad", ""))

    def _run(self, element: Any, out: Shown) -> None:
        look = element.find(tag("w:rPr"))
        said = {} if look is None else {child.tag: child for child in look}
        told = self._what_hides(said)
        if told is None:
            fonts = said.get(tag("w:rFonts"))
            font = None if fonts is None else fonts.get(_ASCII) or fonts.get(_ANSI)
            style = _said(said, "w:rStyle")
            font = font or (self._styles.font(style) if style else None)
            self._within(element, out, None, font=font, script=_said(said, "w:vertAlign"))
            return
        lost: list[str] = []
        self._within(element, out, lost)
        if told is _HIDDEN:
            self._hidden += lost
        else:
            self._unseen.note(told, "".join(lost))

    def _what_hides(self, said: dict[Any, Any]) -> Any:
        """Why the signs of a run are not seen, or seen to be void; None where they are seen."""
        hidden = _is_on(said, "w:vanish")
        if hidden is None:
            hidden = self._styles.hides(self._look.style, _said(said, "w:rStyle"))
        size = _said(said, "w:sz") or ""
        tiny = size.isdecimal() and int(size) <= _TINIEST
        if hidden or tiny or (_said(said, "w:color") in _WHITE and not self._on_ground(said)):
            return _HIDDEN
        if _is_on(said, "w:strike") or _is_on(said, "w:dstrike"):
            return _STRUCK
        return None

    def _on_ground(self, said: dict[Any, Any]) -> bool:
        """Does a run stand on a colour?"""
        shade = said.get(tag("w:shd"))
        return (
            self._look.on_colour
            or tag("w:highlight") in said
            or (shade is not None and _is_coloured(shade.getparent()))
        )

    def _within(
        self,
        element: Any,
        out: Shown,
        lost: list[str] | None,
        *,
        font: str | None = None,
        script: str | None = None,
    ) -> None:
        """A run: its signs in their font, or taken aside where they are not seen."""
        begin = len(out.parts)
        self._inside(element, out)
        texts = out.parts[begin:]
        if lost is not None:
            del out.parts[begin:]
            lost += texts
        elif is_symbol_font(font):
            out.parts[begin:] = [in_font(text, font) for text in texts]
        elif script in {"superscript", "subscript"}:
            write = raised if script == "superscript" else lowered
            out.parts[begin:] = [write(text) for text in texts]

    def _text(self, element: Any, out: Shown) -> None:
        self._say(element.text or "", out)

    def _break(self, element: Any, out: Shown) -> None:
        if (element.get(tag("w:type")) or "textWrapping") in {"textWrapping", "text-wrapping"}:
            self._say("\n", out)

    def _symbol(self, element: Any, out: Shown) -> None:
        code = element.get(tag("w:char")) or ""
        try:
            sign = symbol(element.get(tag("w:font")), int(code, 16))
        except ValueError:
            sign = UNKNOWN
        self._say(sign, out)

    def _field(self, element: Any, out: Shown) -> None:
        match element.get(tag("w:fldCharType")):
            case "begin":
                self._fields.append(Field(form_of(element)))
            case "separate" if self._fields:
                self._fields[-1].result_at = len(out.parts)
            case "end" if self._fields:
                ended = self._fields.pop()
                shown = ended.result_at is not None and not ended.is_control
                if not shown:
                    if ended.result_at is not None:
                        del out.parts[ended.result_at :]
                    self._say(ended.instead(), out)

    def _code(self, element: Any, out: Shown) -> None:
        if self._fields and self._fields[-1].result_at is None:
            self._fields[-1].code.append(element.text or "")

    def _ruby(self, element: Any, out: Shown) -> None:
        base = element.find(tag("w:rubyBase"))
        if base is not None:
            self._inside(base, out)

    def _control(self, element: Any, out: Shown) -> None:
        """A content control; a prompt that nobody answered is no content."""
        content = element.find(tag("w:sdtContent"))
        if content is None:
            return
        begin = len(out.parts)
        self._inside(content, out)
        if switch(element.find(tag("w:sdtPr")), "w:showingPlcHdr"):
            self._unseen.note(_PROMPT, "".join(out.parts[begin:]))
            del out.parts[begin:]

    def _inserted(self, element: Any, out: Shown) -> None:
        self._unseen.note(_TRACKED)
        self._inside(element, out)

    def _deleted(self, element: Any, out: Shown) -> None:
        self._unseen.note(_TRACKED)

    def _annotation(self, element: Any, out: Shown) -> None:
        """How Word 2003 tracks changes."""
        kind = (element.get(tag("w:type")) or "").rpartition(".")[2]
        if kind in {"Deletion", "Move"}:
            self._deleted(element, out)
        elif kind == "Insertion":
            self._inserted(element, out)
        elif kind != "Comment":
            self._inside(element, out)

    def _alternative(self, element: Any, out: Shown) -> None:
        """The same thing for newer and for older programs: the first of them that says anything."""
        for child in elements(element):
            begin = len(out.parts), len(out.boxes)
            self._inside(child, out)
            if begin != (len(out.parts), len(out.boxes)):
                return


_ASCII, _ANSI, _VALUE = tag("w:ascii"), tag("w:hAnsi"), tag("w:val")


def _said(said: dict[Any, Any], name: str) -> str | None:
    """What a property says, if it is there."""
    found = said.get(tag(name))
    return None if found is None else found.get(_VALUE)


def _is_on(said: dict[Any, Any], name: str) -> bool | None:
    """Is a property switched on? None where it is not there."""
    found = said.get(tag(name))
    return None if found is None else switch(found.getparent(), name)


def _is_coloured(about: Any) -> bool:
    """Does it stand on a ground that is not white?"""
    if about is None or about.find(tag("w:shd")) is None:
        return False
    fill = value(about, "w:shd", "w:fill") or value(about, "w:shd", "w:themeFill")
    return bool(fill) and fill not in {"auto", *_WHITE}


def is_coloured(about: Any) -> bool:
    """Do the properties of a cell or a table give it a ground that is not white?"""
    return _is_coloured(about)


def note_tracked(unseen: Unseen) -> None:
    """Tell that changes were accepted in reading."""
    unseen.note(_TRACKED)
