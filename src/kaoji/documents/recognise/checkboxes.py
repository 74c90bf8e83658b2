"""Printed choices with boxes: 新增项目□ 延续项目☑, □新增 √延续, ○ ●."""

from __future__ import annotations

import re

_TICKED = "☑☒✓✔√■●◉⊙"
_OPEN = "□○◯☐▢"
_BOX = re.compile(f"[{_TICKED}{_OPEN}]")


def boxes_in(text: str) -> list[str]:
    """The boxes in a text, ticked or not."""
    return _BOX.findall(text)


def ticked_in(text: str) -> list[str] | None:
    """The choices whose boxes are ticked; None where the text has no boxes.

    Boxes stand all before or all behind their choices; the first sign tells which.
    """
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return None
    before = not text[: boxes[0].start()].strip()
    ticked = []
    for place, box in enumerate(boxes):
        if before:
            end = boxes[place + 1].start() if place + 1 < len(boxes) else len(text)
            choice = text[box.end() : end]
        else:
            choice = text[boxes[place - 1].end() if place else 0 : box.start()]
        if box[0] in _TICKED and choice.strip(" 、，,;；/()（）"):
            ticked.append(choice.strip(" 、，,;；/()（）\n"))
    return ticked
