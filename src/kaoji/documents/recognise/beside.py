"""What a piece of the head is, told by what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaoji.documents.recognise.captions import caption, is_title
from kaoji.documents.recognise.pieces import SIDE, Piece
from kaoji.documents.recognise.spelling import bare

_BUDGET_BESIDE = frozenset({"weight", "score", "reason", SIDE})

PAIR = re.compile(r"([\u4e00-\u9fff()（）、]{2,12})[:：]\s*(\S.{0,60})")
NO_CAPTION = re.compile(r"目标|任务|其中|措施|资金|预算|注$|说明$")


def is_alone_in_row(piece: Piece, pieces: Sequence[Piece], place: int) -> bool:
    """The only filled cell of a row of a real table."""
    if piece.atom.trust != "exact" or piece.atom.column is None:
        return False
    near = [*pieces[max(0, place - 1) : place], *pieces[place + 1 : place + 2]]
    return all(other.atom.line != piece.atom.line for other in near)


def may_be_caption(text: str) -> bool:
    """Is it short, without a digit, and no title?"""
    plain = bare(text)
    return 2 <= len(plain) <= 14 and not re.search(r"\d", plain) and not is_title(text)


def tell_totals_apart(pieces: list[Piece]) -> None:
    """资金总额 beside 当年资金总额 is the whole project's."""
    at = [n for n, piece in enumerate(pieces) if piece.field == "funds.annual_total"]
    if len(at) != 2 or any(piece.field == "funds.total" for piece in pieces):
        return
    of_year = [bool(re.search("当年|本年|年度", bare(pieces[n].text))) for n in at]
    if of_year == [False, True]:
        pieces[at[0]] = replace(pieces[at[0]], field="funds.total")


def heads_budget(piece: Piece) -> bool:
    """Is it a caption of the table of money in a self-evaluation?"""
    name = piece.field
    if not name:
        return False
    beside = name.startswith("budget.") or name in _BUDGET_BESIDE
    return beside or bool(caption(piece.text, "budget"))
