"""Signatures of messages that we send out, as Standard Webhooks 1.0 describes them (standardwebhooks.com).

What is signed is `id.timestamp.body`, by HMAC-SHA256 with a secret that each receiver has of its own. The id stays
the same however often a message is sent, so that a receiver takes it once; the timestamp is of this very sending, so
that an old one is not played again.

    >>> secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    >>> signature_of(b'{"test": 2432232314}', "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, secret)
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from hashlib import sha256

_PREFIX, _BYTES = "whsec_", 32
_ID = "msg_"


def new_secret() -> str:
    """A secret for one receiver."""
    return _PREFIX + b64encode(secrets.token_bytes(_BYTES)).decode()


def new_id() -> str:
    """The name of one message, for good; without a full stop, which separates what is signed."""
    return _ID + secrets.token_hex(16)


def headers_of(body: bytes, message_id: str, timestamp: int, secret: str) -> dict[str, str]:
    """What goes along with the body; *timestamp* in seconds since 1970."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature_of(body, message_id, timestamp, secret),
    }


def signature_of(body: bytes, message_id: str, timestamp: int, secret: str) -> str:
    """`v1,` and the HMAC in base64."""
    key = b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()
