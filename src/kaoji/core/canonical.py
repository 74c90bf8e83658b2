"""Equal data, equal bytes, equal hash: what every hash of the log, of files and of exports is taken of."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(data: Any) -> bytes:
    """JSON with sorted keys, no spaces and no escapes: equal data, equal bytes."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(content: bytes) -> str:
    """SHA-256 of *content*, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
