"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.rulebook.models import Override

STORIES = {
    "rule.overridden": "改写 {subject}（{kind}{region}）为“{value}”：{reason}",
    "rule.restored": "恢复 {subject}（{kind}{region}）",
}
AUDITED = {
    "overrides": Told(Override),
}
