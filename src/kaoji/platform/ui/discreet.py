"""What units wrote for the office, told in public without the numbers of a person.

Names cannot be told from other words by a program: the pages where reasons are written and looked at say that
everybody will read them.
"""

from __future__ import annotations

import re

BLACK = "██"

# A resident id number (GB 11643), a mobile number, a landline with its area code, a bank card of 16 to 19 digits.
_NUMBERS_OF_PEOPLE = re.compile(
    r"(?<![\dA-Za-z])(?:"
    r"\d{6}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx]"
    r"|(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r"|0\d{2,3}[ -]\d{7,8}"
    r"|\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?"
    r")(?![\dA-Za-z])"
)


def discreet(text: str) -> str:
    """The text with every number that names a person blacked out.

    >>> discreet("王某（310117195001011234）未补，电话 13800001111，已补 1,204 人")
    '王某（██）未补，电话 ██，已补 1,204 人'
    """
    return _NUMBERS_OF_PEOPLE.sub(BLACK, text)
