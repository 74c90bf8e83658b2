"""What becomes of an uploaded document: intakes, to be looked at and confirmed."""

from __future__ import annotations

from kaoji.platform.imports.models import Upload
from kaoji.subjects.intake.actions.open_intakes import open_intakes

READERS = {Upload.Purpose.DOCUMENT.value: open_intakes}
