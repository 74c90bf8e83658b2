"""Numbers as forms print them, their signs of measure put aside."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from kaoji.core.width import narrow, squeeze


def plain_number(text: str) -> Decimal:
    """Points, scores and rates: 10, 8.62, 10分, 86.19%. Raises ValueError."""
    bare = squeeze(narrow(text)).removesuffix("分").removesuffix("%").replace(",", "")
    try:
        number = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    return number
