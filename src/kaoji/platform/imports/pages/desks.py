"""The desk of each kind of sheet, as the rooms bring them in `pages/desks.py`."""

from __future__ import annotations

from functools import cache

from kaoji.platform.imports.pages.desk import Desk
from kaoji.platform.rooms import brought


@cache
def desks() -> dict[str, Desk]:
    """By purpose of the upload."""
    return brought("pages.desks", "DESKS")
