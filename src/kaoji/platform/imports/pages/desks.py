"""The desk of each kind of sheet."""

from __future__ import annotations

from kaoji.platform.accounts.pages.rosters import ROSTER_DESK
from kaoji.platform.imports.models import Upload
from kaoji.platform.imports.pages.desk import Desk
from kaoji.subjects.service_records.pages.views import SERVICES_DESK
from kaoji.subjects.spending.pages.views import SPENDINGS_DESK
from kaoji.subjects.surveys.pages.answer_sheets import ANSWERS_DESK

DESKS: dict[str, Desk] = {
    Upload.Purpose.SPENDINGS: SPENDINGS_DESK,
    Upload.Purpose.SERVICES: SERVICES_DESK,
    Upload.Purpose.ANSWERS: ANSWERS_DESK,
    Upload.Purpose.ROSTER: ROSTER_DESK,
}
