"""Citizen numbers (公民身份号码, GB 11643): the check digit, the birthday inside, the old 15 digits.

What is wrong with a number is a doubt about a person, never a refusal: some numbers are.

>>> check_digit("11010519491231002")
'X'
>>> birth_in("11010519491231002X")
datetime.date(1949, 12, 31)
>>> normalised("110105491231002")
'11010519491231002X'

What stands on a page of a number or a name is a mask; what somebody typed is veiled before it is quoted.

>>> masked_number("11010519491231002X"), masked_name("王小明")
('110105********00**', '王**')
>>> veiled("6222 0210 0111 0012 341 不是日期")
'******** 不是日期'
"""

from __future__ import annotations

import re
from datetime import date

from kaoji.core.width import narrow, squeeze

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"
_FULL = re.compile(r"\d{17}[\dX]")
_OLD = re.compile(r"\d{15}")
# More digits than a day has, however they are set: a number of a person or an account.
_NAMED = re.compile(r"[^\x00-\x7f]+")
_MANY = re.compile(r"\d(?:[\s-]?\d){8,}[\dXx]?")


def check_digit(seventeen: str) -> str:
    """The 18th sign that belongs to the first 17."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, seventeen, strict=True))
    return _SIGNS[total % 11]


def normalised(number: str) -> str:
    """A number as it is compared: narrow, X in capitals, 15 digits made 18."""
    plain = squeeze(narrow(number)).upper()
    if _OLD.fullmatch(plain):
        seventeen = f"{plain[:6]}19{plain[6:]}"
        return seventeen + check_digit(seventeen)
    return plain


def well_formed(number: str) -> bool:
    """Eighteen signs whose last one belongs to the others."""
    plain = normalised(number)
    return bool(_FULL.fullmatch(plain)) and check_digit(plain[:17]) == plain[17]


def birth_in(number: str) -> date | None:
    """The birthday in a number; None when it holds no day that exists."""
    plain = normalised(number)
    if not _FULL.fullmatch(plain):
        return None
    try:
        return date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return None


def numbered(number: str) -> bool:
    """Has it the signs of a citizen number, new or old, whatever its last one says?"""
    return bool(_FULL.fullmatch(normalised(number)))


def masked_number(number: str) -> str:
    """The area and two signs in the middle of the serial: enough to tell two papers apart."""
    plain = normalised(number)
    return f"{plain[:6]}********{plain[14:16]}**"


def masked_name(name: str) -> str:
    """The first sign, and that there are more."""
    return f"{squeeze(name)[:1]}**"


def veiled_reference(text: str) -> str:
    """A reference that is not ours, as it may be shown: a bank may have written a name into it.

    >>> veiled_reference("X9-77王小明 6222021001110001")
    'X9-77□ ********'
    """
    return _NAMED.sub("□", veiled(text))


def veiled(text: str) -> str:
    """What somebody typed, its long numbers hidden."""
    return _MANY.sub("********", narrow(text))
