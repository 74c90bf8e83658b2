"""The sheets that this room takes."""

from __future__ import annotations

from kaoji.platform.imports.models import Upload
from kaoji.subjects.service_records.pages.views import SERVICES_DESK

DESKS = {Upload.Purpose.SERVICES.value: SERVICES_DESK}
