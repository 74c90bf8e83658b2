"""The sheets that this room takes."""

from __future__ import annotations

from kaoji.platform.imports.models import Upload
from kaoji.subjects.spending.pages.views import SPENDINGS_DESK

DESKS = {Upload.Purpose.SPENDINGS.value: SPENDINGS_DESK}
