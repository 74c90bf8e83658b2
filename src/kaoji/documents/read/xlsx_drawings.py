"""What lies on a sheet instead of in its cells: text boxes, tick boxes and choices, each above a cell."""

from __future__ import annotations

import posixpath
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.read.sheet import Line, Merge, Place, SheetParts
from kaoji.documents.read.unseen import Unseen

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:excel}"
_TICKED, _OPEN = "☑", "□"
_MOST_DRAWN, _MOST_MERGES = 2_000, 20_000
_CONTROLS = {"Checkbox", "Radio"}
_LYING = say("文本框或控件盖在有内容的单元格上，没有读取：{texts}")


@dataclass(frozen=True, order=True)
class Drawn:
    """A text that lies above a cell; *aside* puts those above the same cell in order."""

    row: int
    column: int
    aside: float
    text: str


def drawn_on(archive: zipfile.ZipFile, part: str) -> list[Drawn]:
    """The texts that lie on a sheet."""
    names = set(archive.namelist())
    folder, name = posixpath.split(part)
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    found: list[Drawn] = []
    if links not in names:
        return found
    for link in _parsed(archive, links):
        kind = (link.get("Type") or "").rpartition("/")[2]
        read = {"drawing": _boxes, "vmlDrawing": _controls}.get(kind)
        target = posixpath.normpath(posixpath.join("/", folder, link.get("Target") or ""))[1:]
        if read is not None and target in names:
            found += islice(read(_parsed(archive, target)), _MOST_DRAWN)
    return sorted(islice(found, _MOST_DRAWN))


def _parsed(archive: zipfile.ZipFile, part: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    return etree.fromstring(archive.read(part), parser)


def _boxes(root: Any) -> Iterator[Drawn]:
    """Shapes with text; controls, which are there a second time for older programs, are not among them."""
    for anchor in root:
        begin = None if not isinstance(anchor.tag, str) else anchor.find(f"{_DRAWING}from")
        if begin is None:
            continue
        row, column, aside = (
            int(begin.findtext(f"{_DRAWING}{name}") or 0) for name in ("row", "col", "colOff")
        )
        for shape in anchor.iter(f"{_DRAWING}sp"):
            about = shape.find(f"{_DRAWING}nvSpPr/{_DRAWING}cNvPr")
            hidden = about is not None and about.get("hidden") in {"1", "true"}
            text = "\n".join(
                "".join(item.text or "" for item in paragraph.iter(f"{_TEXT}t"))
                for paragraph in shape.iter(f"{_TEXT}p")
            ).strip()
            if text and not hidden:
                yield Drawn(row + 1, column + 1, aside, text)


def _controls(root: Any) -> Iterator[Drawn]:
    for shape in root.iter(f"{_VML}shape"):
        about = shape.find(f"{_OFFICE}ClientData")
        if about is None or about.get("ObjectType") not in _CONTROLS:
            continue
        anchor = [
            item.strip() for item in (about.findtext(f"{_OFFICE}Anchor") or "").split(",")
        ]
        if len(anchor) < 3 or not all(item.lstrip("-").isdigit() for item in anchor[:3]):
            continue
        ticked = (about.findtext(f"{_OFFICE}Checked") or "0").strip() == "1"
        words = "".join("".join(box.itertext()) for box in shape.iter(f"{_VML}textbox"))
        text = f"{_TICKED if ticked else _OPEN}{' '.join(words.split())}"
        column, aside, row = map(int, anchor[:3])
        yield Drawn(row + 1, column + 1, aside, text)


def laid_into(grid: list[Line], parts: SheetParts, sheet: str, unseen: Unseen) -> list[Line]:
    """The rows with what lies on blank cells put into them; what lies on others is told."""
    if not parts.drawn:
        return grid
    rows = dict(grid)
    texts: dict[Place, list[str]] = defaultdict(list)
    for item in parts.drawn:
        texts[_begin_of((item.row, item.column), parts.merges)].append(item.text)
    for (row, column), found in texts.items():
        line = rows.setdefault(row, {})
        if column in line:
            unseen.place = Origin(sheet=sheet, row=row, column=column)
            unseen.note(_LYING, " ".join(found))
        else:
            line[column] = " ".join(found)
    return sorted(rows.items())


def _begin_of(place: Place, merges: list[Merge]) -> Place:
    """Where the merged cell begins that covers a place."""
    row, column = place
    for merge in merges[:_MOST_MERGES]:
        if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
            return merge.top, merge.left
    return place
