"""Which text belongs to which of two goals, when a page break or a copy cut them into pieces.

Extracted text gives a two-column cell that runs over pages as free paragraphs, one for each
column and page, in turn. They are handed back to the columns in that order; wherever the
order cannot be known, both goals carry a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kaoji.core.speech import Sentence, say
from kaoji.documents.recognise.pieces import Piece

_ENDED = re.compile(r"[。！？；.!?;”）)》]$")


@dataclass
class Columns:
    """The texts of each goal so far, in the order of the captions, and what became doubtful."""

    heads: Sequence[Piece]
    texts: list[list[Piece]] = field(default_factory=list)
    doubt: Sentence | None = None

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self.texts = [[] for _ in self.heads]

    def nearest(self, piece: Piece) -> int:
        """The column under which a text stands: where one begins, else the last to its left."""
        at = piece.atom.column or 0
        begins = [texts[0].atom.column if texts else None for texts in self.texts]
        heads = [head.atom.column for head in self.heads]
        if at in begins or at in heads:
            return begins.index(at) if at in begins else heads.index(at)
        left = [n for n, column in enumerate(heads) if column is not None and column <= at]
        return left[-1] if left else 0


def has_column(piece: Piece) -> bool:
    """Does the source say in which column it stands?"""
    return piece.atom.column is not None and piece.atom.trust != "free"


def handed_out(heads: Sequence[Piece], pieces: Sequence[Piece]) -> Columns:
    """Hand the texts below two or more goal captions to them."""
    columns = Columns(heads)
    placed = [piece for piece in pieces if has_column(piece)]
    loose = [piece for piece in pieces if not has_column(piece)]
    if not placed:
        _in_order(columns, loose)
        return columns
    _by_column(columns, placed)
    if loose:
        _in_turn(columns, loose)
    return columns


def _in_order(columns: Columns, loose: Sequence[Piece]) -> None:
    """Without columns: one each, else the first half to the first."""
    count = len(columns.heads)
    for place, piece in enumerate(loose):
        at = place * count // len(loose) if len(loose) >= count else 0
        columns.texts[at].append(piece)
    if len(loose) != count:
        columns.doubt = say("目标文字与栏目的对应不确定")


def _by_column(columns: Columns, placed: Sequence[Piece]) -> None:
    first = [piece for piece in placed if piece.atom.line == placed[0].atom.line]
    if len(first) == len(columns.heads):
        for at, piece in enumerate(first):
            columns.texts[at].append(piece)
    else:
        for piece in first:
            at = columns.nearest(piece)
            if columns.heads[at].atom.column != piece.atom.column:
                columns.doubt = say("只读到一段目标，无法确定属于总目标还是年度目标")
            columns.texts[at].append(piece)
    for piece in placed[len(first) :]:
        columns.texts[columns.nearest(piece)].append(piece)


def _in_turn(columns: Columns, loose: Sequence[Piece]) -> None:
    """Give free paragraphs back to the columns, in turn."""
    count = len(columns.heads)
    if len(loose) % count or count < 2:
        _to_unfinished(columns, loose)
        return
    texts = [piece.text for piece in loose]
    half = len(texts) // 2
    in_turn = texts[0::2] == texts[1::2]
    column_by_column = not in_turn and texts[:half] == texts[half:]
    ended = any(_has_ended(own) for own in columns.texts)
    for place, piece in enumerate(loose):
        at = int(place >= half) if column_by_column else place % count
        columns.texts[at].append(piece)
    repeated = in_turn or (column_by_column and len(loose) > 2)
    if not repeated and (len(loose) > 2 or ended):
        columns.doubt = _unsettled(loose)


def _to_unfinished(columns: Columns, loose: Sequence[Piece]) -> None:
    """An odd paragraph continues the goal that does not end yet; else nobody can know."""
    unfinished = [own for own in columns.texts if own and not _has_ended(own)]
    heir = unfinished[0] if unfinished else columns.texts[0]
    heir += loose
    if len(unfinished) != 1 or len(loose) > 1:
        columns.doubt = _unsettled(loose)


def _has_ended(own: Sequence[Piece]) -> bool:
    return bool(own) and bool(_ENDED.search(own[-1].text))


def _unsettled(loose: Sequence[Piece]) -> Sentence:
    return say("有 {count} 段文字无法确定属于哪一栏目标", count=len(loose))


def put_together(pieces: Sequence[Piece]) -> str:
    """One text: a piece that fills its last line goes on in the next, another begins a paragraph.

    In a text without columns every line is a paragraph.
    """
    text = ""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        goes_on = before is not None and (has_column(before) or has_column(pieces[0]))
        open_end = before is not None and before.atom.cell.full is not False
        glue = "" if before is None or (goes_on and open_end) else "\n"
        text += glue + piece.whole
    return text.strip()
