"""The sheets that this room takes."""

from __future__ import annotations

from kaoji.platform.accounts.pages.rosters import ROSTER_DESK
from kaoji.platform.imports.models import Upload

DESKS = {Upload.Purpose.ROSTER.value: ROSTER_DESK}
