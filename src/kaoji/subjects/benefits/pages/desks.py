"""The sheets that this room takes."""

from __future__ import annotations

from kaoji.platform.imports.models import Upload
from kaoji.subjects.benefits.pages.lists import BENEFITS_DESK

DESKS = {Upload.Purpose.BENEFITS.value: BENEFITS_DESK}
