"""Pictures drawn by the server as SVG: the same on the page, in print and as a file, without a script.

Bars carry their number, so that colour alone tells nothing; there is no style attribute, which the page's
policy would refuse, only attributes of presentation. Sizes are in the picture's own units, about a pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from unicodedata import east_asian_width

from django.utils.safestring import SafeString, mark_safe

_INK, _SOFT, _BLUE, _RED, _RULE = "#1a1e22", "#545b61", "#164a7b", "#a3231b", "#a9a498"
_LETTER = 12
_LEAST = 1.0


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
    width, height = 400.0, float(row * len(values) + 8)
    room = max((width_of(name, size) for name in names), default=0) + 12
    most = max((value for value in values if value > 0), default=Decimal(1))
    parts = []
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        top = 6 + place * row
        long = float(value / most) * (width - room - 80)
        parts.append(_text(room - 12, top + 16, name, anchor="end", size=size))
        parts.append(_rect(room, top, max(long, _LEAST), 22, _BLUE if value else _RULE))
        label = f"{value:,.{digits}f}"
        parts.append(
            _text(
                room + max(long, 1) + 8, top + 16, label, anchor="start", size=size, bold=True
            )
        )
    return _picture(words, width, height, parts)


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
