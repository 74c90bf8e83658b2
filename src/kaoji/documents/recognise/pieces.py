"""The head of a form as captions and the texts after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import (
    GOALS,
    YEARS,
    caption,
    is_side,
    is_title,
    is_unit_note,
)
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.standards import grammar

SIDE, PERIOD = "side", "period"


@dataclass(frozen=True)
class Piece:
    """A caption with its field, a side label, a span of years, or (field None) a text."""

    field: str | None
    atoms: tuple[Atom, ...]
    text: str

    @property
    def whole(self) -> str:
        """The text as it stands, breaks of lines included."""
        same = len(self.atoms) == 1 and self.text == self.atoms[0].text
        return self.atoms[0].whole if same else self.text

    @property
    def atom(self) -> Atom:
        """Where it begins."""
        return self.atoms[0]


_COLON = re.compile(r"([^:：]{2,20})[:：](.*\S)", re.DOTALL)
# 部门:甲局金额单位:万元 on one line, its two ends glued.
_UNIT_AT_END = re.compile(r"(?<=\S)\s*[(（]?(?:金额|货币)单位\s*[:：]\s*\w*元[)）]?\s*$")
_LONGEST_REST = 5
# A caption that nobody knows ends the value before it.
_UNKNOWN_CAPTION = re.compile(
    r"(?!目标|任务|措施|注)[\u4e00-\u9fff()（）]{2,10}[:：](?:\s|$|\S{1,20}$)"
)
_GOAL_AT_LEAST = 12
# A caption that nobody knows, an amount, an item of a list: no rest of a name.
_TELLS_WHAT_IT_IS = re.compile(r"[:：]|^[\d.,%年月日万元]+$|^[(（]?\d{1,2}[.、)）]")


def pieces_of(atoms: Sequence[Atom]) -> list[Piece]:
    """Captions and texts in order; what is glued to a text belongs to it."""
    found: list[Piece] = []
    for place, atom in enumerate(atoms):
        if is_unit_note(atom.text):
            continue
        following = atoms[place + 1] if place + 1 < len(atoms) else None
        previous = atoms[place - 1] if place else None
        for piece in _read(atom, following):
            _add(found, piece, previous)
    return [
        Piece(PERIOD, piece.atoms, squeezed(piece.text)) if _is_period(piece) else piece
        for piece in found
    ]


def _is_period(piece: Piece) -> bool:
    return piece.field is None and len(piece.text) < 40 and bool(YEARS.fullmatch(squeezed(piece.text)))  # fmt: skip


def _read(atom: Atom, following: Atom | None) -> Iterator[Piece]:
    """One atom as one or two pieces: 年度目标(2023-2025), 项目名称：甲."""
    text = atom.text
    short = squeezed(text) if len(text) < 60 else ""
    span = YEARS.search(short)
    goal = caption(short[: span.start()]) if span and span.end() == len(short) else None
    if span and goal in GOALS:
        yield Piece(goal, (atom,), short[: span.start()])
        yield Piece(PERIOD, (atom,), span[0])
        return
    name = caption(text) or caption(text, "budget")
    if bare(text) == "年度" and following and len(following.text) > _GOAL_AT_LEAST:
        name = None if caption(following.text) else "annual_goal"
    if name is None and is_side(text) and len(bare(text)) >= 2:
        name = SIDE
    if name:
        yield Piece(name, (atom,), text)
        return
    parts = _COLON.match(text.strip())
    named = caption(parts[1].strip()) if parts else None
    if parts and named and bare(parts[1]) != "其中":
        yield Piece(named, (atom,), parts[1].strip())
        if not is_unit_note(parts[2]):
            yield Piece(None, (atom,), _UNIT_AT_END.sub("", parts[2]).strip())
        return
    yield Piece(None, (atom,), text)


def _add(found: list[Piece], piece: Piece, previous: Atom | None) -> None:
    """Append a piece, or let it go on with the one before it."""
    last = found[-1] if found else None
    atom = piece.atom
    if last is None:
        found.append(piece)
        return
    if last.field and atom.gap == "blank" and not caption(piece.text):
        rest = len(piece.text) <= _LONGEST_REST and not re.search(r"\d", piece.text)
        whole = caption(last.text + piece.text) if rest else None
        if whole:  # a caption torn at a blank
            found[-1] = Piece(whole, (*last.atoms, atom), last.text + piece.text)
            return
    if (
        piece.field is None
        and not _UNKNOWN_CAPTION.match(piece.text)
        and last.field is None
        and atom.gap in {"blank", "none", "digit"}
        and last.atoms[-1] is previous
    ):
        glue = " " if atom.gap == "blank" else ""
        found[-1] = Piece(None, (*last.atoms, atom), last.text + glue + piece.text)
        return
    found.append(piece)


def atoms_in(pieces: Sequence[Piece]) -> list[Atom]:
    """All atoms of some pieces."""
    return list(dict.fromkeys(atom for piece in pieces for atom in piece.atoms))


def may_be_rest(piece: Piece) -> bool:
    """Does an unknown text begin a line, so that it may go on with the value above it?"""
    begins = piece.field is None and piece.atom.gap == "row" and piece.atom.trust != "exact"
    if not begins or is_title(piece.text) or _TELLS_WHAT_IT_IS.search(piece.text):
        return False
    return not _begins_caption(squeezed(piece.text[:_LONGEST_CAPTION]))


_LONGEST_CAPTION = 12


def _begins_caption(plain: str) -> bool:
    """项目起 / 止时间, 总体 / 目标: the first line of a caption that lines tore, or what ends a form."""
    names = (*grammar.words("torn"), *grammar.words("torn_in_lines"))
    torn = len(plain) > 1 and any(name.startswith(plain) for name in names)
    return torn or bool(grammar.pattern("footers").match(plain))
