"""Raised and lowered signs, which plain text has for digits only: 10⁴ is not 104.

>>> raised("2"), raised("[1]"), lowered("2")
('²', '[1]', '₂')
"""

from __future__ import annotations

_PLAIN = "0123456789+-"
_RAISED = dict(zip(_PLAIN + "n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True))
_LOWERED = dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True))


def raised(text: str) -> str:
    """The text as it is written above the line, where every sign of it can be."""
    return _through(text, _RAISED)


def lowered(text: str) -> str:
    """The text as it is written below the line, where every sign of it can be."""
    return _through(text, _LOWERED)


def _through(text: str, signs: dict[str, str]) -> str:
    bare = text.strip()
    return "".join(signs[sign] for sign in bare) if all(s in signs for s in bare) else text
