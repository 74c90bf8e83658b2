"""Money: an exact amount of yuan (元), whatever unit the form was written in.

>>> Money.parse("150,000")
Money('150000.00')
>>> Money.parse("1.5 万元")
Money('15000.00')
>>> Money.parse("31,614.95", unit="万元") - Money.parse("316,149,500")
Money('0.00')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow

YUAN_PER_UNIT = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}

_MORE_THAN_ANY_BUDGET = Decimal(10) ** 16

_AMOUNT = re.compile(
    r"[¥￥]?\s*(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,8})?)\s*"
    r"\(?(?P<unit>元|千元|万元|百万元|亿元)?\)?$"
)


class UnreadableAmount(ValueError):
    """The text is not an amount of money."""

    def __init__(self, text: str) -> None:
        self.sentence: Sentence = say(
            "“{text}”不是金额；请写数字，例如 150,000 或 15 万元", text=text
        )
        super().__init__(str(self.sentence))


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in yuan. Exact: nothing is rounded on the way in.

    A number with more than eight decimals is no amount that a form can mean.
    """

    yuan: Decimal

    @classmethod
    def parse(cls, text: str, *, unit: str = "元") -> Money:
        """Read an amount; a unit written beside the number outranks *unit*.

        Raises UnreadableAmount when *text* is anything but one amount.
        """
        found = _AMOUNT.match(narrow(text).strip())
        if not found:
            raise UnreadableAmount(text)
        yuan = Decimal(found["number"].replace(",", "")) * YUAN_PER_UNIT[found["unit"] or unit]
        if abs(yuan) >= _MORE_THAN_ANY_BUDGET:
            raise UnreadableAmount(text)
        return cls(yuan)

    @classmethod
    def zero(cls) -> Money:
        """No money, which is not the same as a blank cell (None)."""
        return cls(Decimal(0))

    def __add__(self, other: Money) -> Money:
        return Money(self.yuan + other.yuan)

    def __sub__(self, other: Money) -> Money:
        return Money(self.yuan - other.yuan)

    def __abs__(self) -> Money:
        return Money(abs(self.yuan))

    def __str__(self) -> str:
        """Write a plain decimal string of yuan with at least two decimals: `150000.00`."""
        return f"{self._with_cents():f}"

    def __repr__(self) -> str:
        return f"Money('{self}')"

    def written(self, unit: str = "元") -> str:
        """Write as people do, with thousands separators, in *unit*: `150,000.00`.

        No digit is lost: 10,000.50 yuan are 1.00005 in 万元.
        """
        amount = self._with_cents() / YUAN_PER_UNIT[unit]
        places = max(2, -int(amount.normalize().as_tuple().exponent))
        return f"{amount:,.{places}f}"

    def _with_cents(self) -> Decimal:
        plain = self.yuan.normalize() if self.yuan else Decimal(0)
        exponent = plain.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -2:
            return plain
        return self.yuan.quantize(Decimal("0.01"))


def total(*amounts: Money | None) -> Money | None:
    """Add amounts, counting a blank as nothing; None when every one of them is blank."""
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Money.zero()) if given else None
