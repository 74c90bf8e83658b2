"""Numbers that lost the blanks between them, cut where the arithmetic of the form holds.

>>> cut_by_rate("40004000100%", ["adjusted", "executed", "rate"])
['4000', '4000', '100%']
>>> cut_by_rate("656.62604.810.092.1%9.2", ["adjusted", "executed", "points", "rate", "score"])
['656.62', '604.8', '10.0', '92.1%', '9.2']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?")
_LONGEST = 40
_MOST_POINTS = 100
_DASHES = "—-/"


def cut_by_rate(text: str, columns: Sequence[str]) -> list[str] | None:
    """The only way to cut a run into some of the columns, in order; None where none or several are.

    Executed ÷ budget has to be the rate, the score at most the points.
    """
    if len(text) > _LONGEST or "rate" not in columns or "executed" not in columns:
        return None
    found = {
        tuple(cut.items()): _rank(cut) for cut in _cuts(text, tuple(columns)) if _holds(cut)
    }
    best = [cut for cut, rank in found.items() if rank == max(found.values())]
    return [piece for _, piece in best[0]] if len(best) == 1 else None


def _rank(cut: dict[str, str]) -> tuple[int, bool, bool]:
    """More columns first; money that was spent before none; a budget that was not changed."""
    spent = cut["executed"] not in {"0", *_DASHES}
    return len(cut), spent, cut.get("initial") == cut.get("adjusted")


def _cuts(text: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    if not text:
        yield {}
        return
    for place, column in enumerate(columns):
        for piece in _beginnings(text, column):
            for rest in _cuts(text[len(piece) :], columns[place + 1 :]):
                yield {column: piece, **rest}


def _beginnings(text: str, column: str) -> Iterator[str]:
    """Every number that a run may begin with, in a column."""
    if text[0] in _DASHES:
        yield text[0]
        return
    whole = _NUMBER.match(text)
    if not whole:
        return
    for end in range(1, whole.end() + 1):
        piece = text[:end]
        if not _NUMBER.fullmatch(piece):
            continue
        percent = text[end : end + 1] == "%"
        if column == "rate":
            yield piece + ("%" if percent else "")
        elif not percent and (
            column not in {"points", "score"} or Decimal(piece.replace(",", "")) <= _MOST_POINTS
        ):
            yield piece


def _holds(cut: dict[str, str]) -> bool:
    values = {
        name: Decimal(piece.rstrip("%").replace(",", ""))
        for name, piece in cut.items()
        if piece not in _DASHES
    }
    plan = values.get("adjusted", values.get("initial"))
    executed, rate = values.get("executed"), values.get("rate")
    if not plan or executed is None or rate is None:
        return False
    if bool(rate) != bool(executed) or abs(executed / plan * 100 - rate) > _rounding(rate):
        return False
    points, score = values.get("points"), values.get("score")
    return score is None or (points is not None and score <= points)


def _rounding(rate: Decimal) -> Decimal:
    """How far a rate may be off: one of its last printed decimal."""
    decimals = -int(rate.as_tuple().exponent)
    return Decimal(1).scaleb(-max(0, decimals))
