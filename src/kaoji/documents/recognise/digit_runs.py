"""Numbers that lost the blanks between them, cut where the arithmetic of the form holds.

A row of the budget has executed ÷ budget = rate; a row of indicators that reached its target has as
many points as it could have.

>>> cut_by_rate("40004000100%", ["adjusted", "executed", "rate"])
['4000', '4000', '100%']
>>> cut_by_rate("656.62604.810.092.1%9.2", ["adjusted", "executed", "points", "rate", "score"])
['656.62', '604.8', '10.0', '92.1%', '9.2']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kaoji.standards.costs import costs

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?")
_LONGEST = 40
_MOST_POINTS = _HUNDRED = 100
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


def cut_by_points(
    text: str, columns: Sequence[str], *, percent: bool = False
) -> list[str] | None:
    """The only way to cut a run into all of the columns with the score equal to usual points; None where there is none or several.

    *percent* tells that the target is a share of a hundred.

    >>> cut_by_points("901010010", ["target", "weight", "actual", "score"])
    ['90', '10', '100', '10']
    """
    if len(text) > _LONGEST or not {"target", "weight", "score"} <= set(columns):
        return None
    at = columns.index("target")
    found = [
        cut
        for cut in _in_full(text, tuple(columns), None)
        if not percent or float(cut[at]) <= _HUNDRED
    ]
    reached = [cut for cut in found if "0" not in cut] or found
    return reached[0] if len(reached) == 1 else None


def _in_full(text: str, columns: tuple[str, ...], points: str | None) -> Iterator[list[str]]:
    """All ways to cut a run into the columns, the second of points and score equal to the first."""
    if not columns:
        if not text:
            yield []
        return
    for end in range(1, len(text) + 1):
        piece, column = text[:end], columns[0]
        if not _NUMBER.fullmatch(piece):
            continue
        if column in {"weight", "score"}:
            if points not in {None, piece} or float(piece) not in costs().usual_points:
                continue
            rests = _in_full(text[end:], columns[1:], piece)
        else:
            rests = _in_full(text[end:], columns[1:], points)
        yield from ([piece, *rest] for rest in rests)


def _rounding(rate: Decimal) -> Decimal:
    """How far a rate may be off: one of its last printed decimal."""
    decimals = -int(rate.as_tuple().exponent)
    return Decimal(1).scaleb(-max(0, decimals))
