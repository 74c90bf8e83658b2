"""The desk of each kind of sheet."""

from __future__ import annotations

from kaoji.platform.imports.models import Upload
from kaoji.web.evidence.answer_sheets import ANSWERS_DESK
from kaoji.web.evidence.services import SERVICES_DESK
from kaoji.web.evidence.spendings import SPENDINGS_DESK
from kaoji.web.organisation.rosters import ROSTER_DESK
from kaoji.web.uploads.desk import Desk

DESKS: dict[str, Desk] = {
    Upload.Purpose.SPENDINGS: SPENDINGS_DESK,
    Upload.Purpose.SERVICES: SERVICES_DESK,
    Upload.Purpose.ANSWERS: ANSWERS_DESK,
    Upload.Purpose.ROSTER: ROSTER_DESK,
}
