"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.library.models import IndicatorSheet

STORIES = {
    "sheet.written": "写了“{entry}”的指标说明第 {version} 版",
}
AUDITED = {
    "indicator_sheets": Told(IndicatorSheet, frozenset({"entry"})),
}
