"""Seal what must not be read from a stolen database: the key lies outside of it (platform/home_folder.py).

AES-SIV: the same text under the same purpose gives the same seal, a changed seal is refused.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha512

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from kaoji.platform.home_folder import sealing_key


class BrokenSeal(ValueError):
    """What was sealed was changed, or sealed with another key."""


def sealed(content: bytes, *, purpose: str) -> str:
    """The content as only we can open it, for that purpose alone."""
    return urlsafe_b64encode(
        _cipher(sealing_key()).encrypt(content, [purpose.encode()])
    ).decode()


def opened(seal: str, *, purpose: str) -> bytes:
    """What was sealed for that purpose. Raises BrokenSeal."""
    try:
        return _cipher(sealing_key()).decrypt(urlsafe_b64decode(seal), [purpose.encode()])
    except (InvalidTag, ValueError) as broken:
        raise BrokenSeal(purpose) from broken


@lru_cache(maxsize=2)
def _cipher(key: str) -> AESSIV:
    return AESSIV(sha512(key.encode()).digest())
