"""Pictures drawn by the server as SVG: the same on the page, in print and as a file, without a script.

Bars carry their number, so that colour alone tells nothing; there is no style attribute, which the page's
policy would refuse, only attributes of presentation. Sizes are in the picture's own units, about a pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from math import ceil
from unicodedata import east_asian_width

from django.utils.safestring import SafeString, mark_safe

_INK, _SOFT, _BLUE, _RED, _RULE = "#1a1e22", "#545b61", "#164a7b", "#a3231b", "#a9a498"
_HUES = (_BLUE, "#8a5a12", "#1d5f38", "#6a2c8a")
_LETTER = 12
_LEAST = 1.0
_BOLD = 1.1  # how much wider bold letters run


def width_of(text: str, size: float = _LETTER) -> float:
    """About how wide a text is: a Chinese sign is one size, others a bit more than half.

    >>> width_of("月1")
    18.72
    """
    return sum(size if east_asian_width(sign) in "WF" else size * 0.56 for sign in text)


def columns(
    words: str, names: Sequence[str], values: Sequence[Decimal], *, digits: int = 1
) -> SafeString:
    """Upright bars from nought, each with its value above and its name below; *words* tell the picture."""
    width, height, top, bottom = 520.0, 210.0, 30.0, 170.0
    step = (width - 16) / max(len(values), 1)
    bar = step * 0.72
    most = max((value for value in values if value > 0), default=Decimal(1))
    parts = []
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        tall = max(float(value / most) * (bottom - top), _LEAST if value else 0)
        left = 8 + place * step + (step - bar) / 2
        middle = left + bar / 2
        parts.append(_rect(left, bottom - tall, bar, tall, _BLUE))
        parts.append(_text(middle, bottom - tall - 6, f"{value:,.{digits}f}", bold=True))
        parts.append(_text(middle, bottom + 18, name, hue=_SOFT))
    parts.append(f'<path d="M4 {bottom:g}H{width - 4:g}" stroke="{_INK}"/>')
    return _picture(words, width, height, parts)


def bars(
    words: str, names: Sequence[str], values: Sequence[Decimal], *, digits: int = 0
) -> SafeString:
    """Lying bars from nought, in the order given, each with its name before and its value behind."""
    row, size = 31, 14
    width, height = 560.0, float(row * len(values) + 8)
    labels = [f"{value:,.{digits}f}" for value in values]
    room = min(max((width_of(name, size) for name in names), default=0), 240) + 12
    behind = max((width_of(label, size) for label in labels), default=0) * _BOLD + 12
    most = max((value for value in values if value > 0), default=Decimal(1))
    parts = []
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        top = 6 + place * row
        long = float(value / most) * (width - room - behind)
        parts.append(
            _text(
                room - 12, top + 16, shortened(name, room - 12, size), anchor="end", size=size
            )
        )
        parts.append(_rect(room, top, max(long, _LEAST), 22, _BLUE if value else _RULE))
        parts.append(
            _text(
                room + max(long, 1) + 8,
                top + 16,
                labels[place],
                anchor="start",
                size=size,
                bold=True,
            )
        )
    return _picture(words, width, height, parts)


def grouped(
    words: str,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[Decimal]]],
    *,
    digits: int = 0,
) -> SafeString:
    """For each name a lying bar of each series, each with its value behind; the series are named above."""
    size, thick, gap = 13, 16, 12
    each = thick * len(series) + gap
    width, top = 560.0, 26.0
    room = min(max((width_of(name, size) for name in names), default=0), 170) + 12
    most = max((v for _name, values in series for v in values if v > 0), default=Decimal(1))
    parts, at = [], room
    for place, (label, _values) in enumerate(series):
        parts.append(_rect(at, 4, 12, 12, _HUES[place % len(_HUES)]))
        parts.append(_text(at + 18, 14, label, anchor="start"))
        at += 30 + width_of(label)
    for row, name in enumerate(names):
        parts.append(
            _text(
                room - 10,
                top + row * each + each / 2,
                shortened(name, room - 12, size),
                anchor="end",
                size=size,
            )
        )
        for place, (_label, values) in enumerate(series):
            line = top + row * each + place * thick
            long = max(float(values[row] / most) * (width - room - 96), _LEAST)
            parts.append(_rect(room, line, long, thick - 3, _HUES[place % len(_HUES)]))
            parts.append(
                _text(room + long + 6, line + 11, f"{values[row]:,.{digits}f}", anchor="start")
            )
    return _picture(words, width, top + each * len(names) + 4, parts)


def lines(
    words: str,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[Decimal | None]]],
    *,
    unit: str = "",
) -> SafeString:
    """A curve for each series over the same names, each with another stroke; the last value stands at its end."""
    width, height, left, right, top, bottom = 560.0, 260.0, 48.0, 96.0, 40.0, 226.0
    known = [value for _name, values in series for value in values if value is not None]
    steps = _steps(max(known, default=Decimal(1)))
    across = (width - left - right) / max(len(names) - 1, 1)
    parts = []

    def height_of(value: Decimal) -> float:
        return bottom - float(value / steps[-1]) * (bottom - top)

    for step in steps:
        parts.append(
            f'<path d="M{left:g} {height_of(step):.1f}H{width - right:g}" stroke="#dcd8ce"/>'
        )
        parts.append(
            _text(left - 6, height_of(step) + 4, f"{step:,f}{unit}", anchor="end", hue=_SOFT)
        )
    ends: list[tuple[float, float, Decimal]] = []
    every = -(-sum(width_of(name) + 8 for name in names) // (width - left - right))
    parts += [
        _text(left + place * across, bottom + 18, name, hue=_SOFT)
        for place, name in enumerate(names)
        if place % max(int(every), 1) == 0
    ]
    at = left
    for place, (label, values) in enumerate(series):
        hue, dash = _HUES[place % len(_HUES)], ("", ' stroke-dasharray="6 4"')[place % 2]
        parts.append(f'<path d="M{at:.1f} 14h24" stroke="{hue}" stroke-width="2.5"{dash}/>')
        parts.append(_text(at + 30, 18, label, anchor="start"))
        at += 48 + width_of(label)
        points = [
            (left + spot * across, height_of(value), value)
            for spot, value in enumerate(values)
            if value is not None
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _value in points)
        if points:
            parts.append(
                f'<polyline points="{path}" fill="none" stroke="{hue}" stroke-width="2.5"{dash}/>'
            )
            parts += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{hue}"/>'
                for x, y, _value in points
            ]
            ends.append(points[-1])
    for (x, _y, value), base in zip(ends, _apart([y for _x, y, _value in ends]), strict=True):
        parts.append(_text(x + 8, base + 4, f"{value:,}{unit}", anchor="start", bold=True))
    return _picture(words, width, height, parts)


def grid(
    words: str,
    rows: Sequence[str],
    names: Sequence[str],
    values: Sequence[Sequence[Decimal | None]],
) -> SafeString:
    """A cell for each row and name with its number; the larger, the darker its ground."""
    size, tall, cell = 13, 26, 38.0
    room = min(max((width_of(row, size) for row in rows), default=0), 180) + 12
    most = max((value for row in values for value in row if value), default=Decimal(1))
    parts = [
        _text(room + (place + 0.5) * cell, 16, name, hue=_SOFT)
        for place, name in enumerate(names)
    ]
    for line, (row, cells) in enumerate(zip(rows, values, strict=True)):
        top = 24 + line * tall
        parts.append(
            _text(room - 10, top + 17, shortened(row, room - 12, size), anchor="end", size=size)
        )
        for place, value in enumerate(cells):
            left = room + place * cell
            if value is None:
                parts.append(_text(left + cell / 2, top + 17, "—", hue=_SOFT))
                continue
            ground = f'fill="{_RED}" fill-opacity="{float(value / most) * 0.3:.2f}"'
            parts.append(
                f'<rect x="{left:.1f}" y="{top}" width="{cell - 2:.1f}" height="{tall - 2}" {ground}/>'
            )
            parts.append(_text(left + cell / 2, top + 17, f"{value:g}"))
    return _picture(words, room + cell * len(names), 30.0 + tall * len(rows), parts)


def _apart(heights: Sequence[float], least: float = 14.0) -> list[float]:
    """The heights, moved down where two labels would stand on each other.

    >>> _apart([40.0, 36.0])
    [50.0, 36.0]
    """
    moved = list(heights)
    last = None
    for place in sorted(range(len(heights)), key=lambda item: heights[item]):
        if last is not None:
            moved[place] = max(moved[place], last + least)
        last = moved[place]
    return moved


def shortened(text: str, room: float, size: float = _LETTER) -> str:
    """The text, or as much of it as there is room for."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def _steps(top: Decimal) -> list[Decimal]:
    """Round numbers from nought that reach *top*: five steps or fewer.

    >>> [int(step) for step in _steps(Decimal(97))]
    [0, 20, 40, 60, 80, 100]
    """
    size = Decimal(1)
    while True:
        for step in (size, size * 2, size * 5):
            if step * 5 >= top:
                count = ceil(top / step) or 1
                return [step * place for place in range(count + 1)]
        size *= 10


def tally(words: str, met: int, whole: int) -> SafeString:
    """A small block for each promise: filled where it was met, framed in red where it was not."""
    step, tall = 11, 14
    parts = [
        _rect(place * step, 0, 9, tall, _BLUE)
        if place < met
        else f'<rect x="{place * step + 1}" y="1" width="7" height="{tall - 2}" '
        f'fill="#fff" stroke="{_RED}" stroke-width="2"/>'
        for place in range(whole)
    ]
    return _picture(words, float(max(whole * step, 1)), float(tall), parts, fixed=True)


def _picture(
    words: str, width: float, height: float, parts: Sequence[str], *, fixed: bool = False
) -> SafeString:
    size = f' width="{width:g}" height="{height:g}"' if fixed else ""
    return mark_safe(  # noqa: S308 - every text in it was escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"{size} role="img" '
        f'aria-label="{escape(words, quote=True)}">{"".join(parts)}</svg>'
    )


def _rect(left: float, top: float, width: float, height: float, hue: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{hue}"/>'


def _text(
    left: float,
    base: float,
    text: str,
    *,
    anchor: str = "middle",
    size: int = _LETTER,
    hue: str = _INK,
    bold: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f'{weight} fill="{hue}">{escape(text)}</text>'
    )
