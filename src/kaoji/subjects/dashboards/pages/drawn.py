"""Each picture drawn from its table: which columns name the bars, which are their length."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kaoji.platform.ui.drawing import bars, columns, grid, grouped, lines
from kaoji.platform.ui.saying import spoken
from kaoji.platform.ui.sums import scale_of_bars
from kaoji.subjects.dashboards.pages.charts import Picture

_MOST = 15
# Money is drawn in 万元 or in yuan, by the language of the page; tables have yuan.
_YUAN = "（元）"


def drawing_of(picture: Picture) -> SafeString | str:
    """The picture as SVG; nothing for a table of one cell, of which the sentence tells all."""
    if not picture.rows or (picture.kind == "lines" and len(picture.rows) < 2):
        return ""
    words, rows = spoken(picture.words), picture.rows[:_MOST]
    scale = scale_of_bars()
    names = [str(row[0]) for row in rows]
    if picture.kind == "ranked":
        return bars(
            words,
            [f"{row[0]} {row[1]}" for row in rows],
            [scale.of(_number(row[2])) for row in rows],
            digits=scale.digits,
        )
    if picture.kind == "bars":
        titled = isinstance(rows[0][1], str)
        names = [f"{row[0]} {row[1]}" if titled else str(row[0]) for row in rows]
        return bars(words, names, [_number(row[-1]) for row in rows], digits=0 if titled else 1)
    if picture.kind == "grouped":
        return grouped(
            words,
            names,
            _series(picture, rows),
            digits=scale.digits if _is_money(picture) else 0,
        )
    if picture.kind == "columns":
        return columns(
            words,
            [str(row[0]) for row in picture.rows],
            [_number(row[1]) for row in picture.rows],
            digits=0,
        )
    if picture.kind == "heat":
        cells = [[None if cell is None else _number(cell) for cell in row[1:]] for row in rows]
        return grid(words, names, [_(name) for name in picture.head[1:]], cells)
    return _lines(picture, words)


def _lines(picture: Picture, words: str) -> SafeString:
    """The columns in percent, over the first."""
    shares = [place for place, name in enumerate(picture.head) if "%" in name]
    series = [
        (
            _(picture.head[place]),
            [None if row[place] is None else _number(row[place]) for row in picture.rows],
        )
        for place in shares
    ]
    return lines(words, [str(row[0]) for row in picture.rows], series, unit="%")


def _series(picture: Picture, rows: Sequence[Sequence[Any]]) -> list[tuple[str, list[Decimal]]]:
    money, scale = _is_money(picture), scale_of_bars()
    return [
        (
            _(picture.head[place]).replace(_YUAN, _("（万元）"))
            if money
            else _(picture.head[place]),
            [scale.of(_number(row[place])) if money else _number(row[place]) for row in rows],
        )
        for place in range(1, len(picture.head))
    ]


def _is_money(picture: Picture) -> bool:
    return all(_YUAN in name for name in picture.head[1:])


def _number(cell: Any) -> Decimal:
    return Decimal(str(cell or 0))
