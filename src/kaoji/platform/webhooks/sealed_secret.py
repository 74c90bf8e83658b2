"""A receiver's secret as it is kept: whoever has the database alone cannot sign for us."""

from __future__ import annotations

from kaoji.platform.sealing import opened, sealed

_PURPOSE = "webhooks.secret"


def sealed_secret(secret: str) -> str:
    """For the database."""
    return sealed(secret.encode(), purpose=_PURPOSE)


def opened_secret(kept: str) -> str:
    """For signing. Raises BrokenSeal."""
    return opened(kept, purpose=_PURPOSE).decode()
