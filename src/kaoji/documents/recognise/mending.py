"""Labels and captions that lines tore apart: 社会效 / 益指标, 年度 / 指标值, 产出指标 / (50分)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaoji.documents.recognise import labels
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption, column_caption, is_unit_alone
from kaoji.documents.recognise.spelling import squeezed

_LONGEST_PART, _MOST_PARTS, _MOST_SIGNS = 12, 3, 4
_OF_BUDGET = frozenset({"年初", "全年", "调整", "调整后", "预算", "实际"})
_REST_OF_CAPTION = re.compile(r"[(（]?及其?(?:编码|代码)[)）]?")
_POINTS_ALONE = re.compile(r"\(\d{1,3}分\)")
_POINTS = re.compile(r"\(?\d{1,3}分?\)|\(\d{1,3}分?\)?")


def mended(atoms: Sequence[Atom]) -> list[Atom]:
    """The stream with torn labels and column captions in one piece; only where cells were lost."""
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        size = _torn_over(atoms, place)
        whole = atoms[place]
        if size > 1:
            text = "".join(atom.text for atom in atoms[place : place + size])
            whole = replace(whole, text=text)
        if not (_are_points(whole) or (found and _are_points_of(whole, found[-1]))):
            found.append(whole)
        place += size
    return found


def _torn_over(atoms: Sequence[Atom], place: int) -> int:
    """How many atoms, from *place*, are one label or caption."""
    first = atoms[place]
    if first.trust != "free" or len(first.text) > _LONGEST_PART or _is_whole_label(first.text):
        return 1
    most = _MOST_SIGNS if len(first.text) == 1 else _MOST_PARTS  # 效 / 益 / 指 / 标
    for size in range(most, 1, -1):
        parts = atoms[place : place + size]
        if len(parts) == size and all(map(_may_go_on, parts[1:])):
            text = "".join(atom.text for atom in parts)
            if labels.is_spelled_out(text) or _is_torn_caption(text, parts):
                return size
    return 1


def _may_go_on(atom: Atom) -> bool:
    lost = atom.trust == "free" and atom.gap in {"row", "blank"}
    return lost and len(atom.text) <= _LONGEST_PART and not _is_whole_label(atom.text)


def _is_whole_label(text: str) -> bool:
    return labels.is_spelled_out(text)


def _is_torn_caption(text: str, parts: Sequence[Atom]) -> bool:
    """A column caption of which some part is none by itself, or is one of the same column."""
    if _REST_OF_CAPTION.fullmatch(parts[-1].text) and caption(parts[0].text) == caption(text):
        return caption(text) is not None
    if parts[0].text in _OF_BUDGET and caption(text, "budget"):
        return len(parts) == 2
    whole = column_caption(text)
    if whole is None or whole == "extra" or any(is_unit_alone(atom.text) for atom in parts):
        return False
    alone = [column_caption(atom.text) for atom in parts]
    if alone[0] == whole == "reason" and None in alone:
        return False  # whatever follows 原因 would pass for the rest of it
    return (None in alone and not any(caption(atom.text) for atom in parts)) and all(
        kind in {None, whole, "extra"} for kind in alone
    )


def _are_points(atom: Atom) -> bool:
    """(50分) on a line of its own."""
    return atom.trust == "free" and bool(_POINTS_ALONE.fullmatch(squeezed(atom.text[:12])))


def _are_points_of(atom: Atom, label: Atom) -> bool:
    """(50分) below its label."""
    if atom.trust != "free" or not _POINTS.fullmatch(squeezed(atom.text[:12])):
        return False
    return labels.is_label(label.text)
