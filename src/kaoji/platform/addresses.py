"""Addresses that hold a user and a password: read strictly, and never repeated where they cannot be read.

A `/`, `?` or `#` that was not encoded ends the host within the password; what is left is another address, and what a
parser complains of is a piece of the password.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from kaoji.core.speech import Sentence, say

# A word before :// is nobody's password; whatever else stands in an address may be.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.ASCII | re.IGNORECASE)
_NOT_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})", re.ASCII)


class UnreadableAddress(ValueError):
    """It cannot be read; the sentence says why, with nothing that may be of a password."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def parts_of(address: str, schemes: Collection[str]) -> tuple[SplitResult, int | None]:
    """The parts of an address with one of these schemes, and its port. Raises UnreadableAddress.

    >>> parts_of("smtps://kaoji:a%2Fb@mail.example:465", ("smtp", "smtps"))[0].password
    'a%2Fb'
    """
    scheme = _SCHEME.match(address)
    if scheme is None:
        raise UnreadableAddress(say("开头不是 {schemes}", schemes=_told(schemes)))
    if scheme[1].lower() not in schemes:
        raise UnreadableAddress(
            say("开头是 {scheme}://，不是 {schemes}", scheme=scheme[1], schemes=_told(schemes))
        )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _signs() from None
    behind_host = f"{parts.path}{parts.query}"
    if parts.fragment or "@" in behind_host or _NOT_ENCODED.search(parts.netloc):
        raise _signs()
    return parts, port


def _told(schemes: Collection[str]) -> str:
    return "、".join(f"{scheme}://" for scheme in schemes)


def _signs() -> UnreadableAddress:
    return UnreadableAddress(
        say(
            "端口不是数字，或用户名、口令里有没有转写的符号（/ 写成 %2F，? 写成 %3F，# 写成 %23，@ 写成 %40，"
            "方括号写成 %5B、%5D，百分号写成 %25）"
        )
    )
