"""The sheets that this room takes."""

from __future__ import annotations

from kaoji.platform.imports.models import Upload
from kaoji.subjects.surveys.pages.answer_sheets import ANSWERS_DESK

DESKS = {Upload.Purpose.ANSWERS.value: ANSWERS_DESK}
