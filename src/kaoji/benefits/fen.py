"""Money as whole fen (分): what is owed to a person is exact, so no decimals, no floats.

>>> written_fen(190000), written_fen(-5)
('1,900.00', '-0.05')
>>> read_fen("+600.00"), read_fen("−2,500")
(60000, -250000)
"""

from __future__ import annotations

import re

from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow

_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,2}))?(?:元)?$")


class UnreadableFen(ValueError):
    """The text is not an amount of yuan with at most two decimals."""

    def __init__(self, text: str) -> None:
        self.sentence: Sentence = say(
            "“{text}”不是金额；请写元，最多两位小数，例如 1,900.00", text=text
        )
        super().__init__(str(self.sentence))


def read_fen(text: str) -> int:
    """Read yuan (`1,900.00`, `+600`, `−2,500.00`) as fen. Raises UnreadableFen."""
    found = _AMOUNT.match(narrow(text).replace("−", "-").replace("–", "-").replace(" ", ""))
    if not found:
        raise UnreadableFen(text)
    sign, whole, part = found.groups()
    fen = int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))
    return -fen if sign == "-" else fen


def written_fen(fen: int) -> str:
    """Write fen as people write yuan: `1,900.00`."""
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{part:02d}"
