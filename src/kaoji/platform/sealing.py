"""Seal what must not be read from a stolen database: the key lies outside of it (platform/home_folder.py).

AES-SIV: the same text under the same purpose gives the same seal, a changed seal is refused. What must be
found again without being opened is kept as a keyed hash: a plain one of an identity number is guessed in minutes.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256, sha512
from hmac import digest as hmac_digest

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


def keyed_hash(text: str, *, purpose: str) -> str:
    """The same 64 signs for the same text and purpose; nobody without the key can try texts out."""
    return hmac_digest(_hash_key(sealing_key(), purpose), text.encode(), "sha256").hex()


@lru_cache(maxsize=16)
def _hash_key(key: str, purpose: str) -> bytes:
    return sha256(f"keyed-hash\n{purpose}\n{key}".encode()).digest()


@lru_cache(maxsize=2)
def _cipher(key: str) -> AESSIV:
    return AESSIV(sha512(key.encode()).digest())
