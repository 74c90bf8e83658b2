"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.results.models import Actual, Measure

STORIES = {
    "measure.set": "定“{place}”的取值办法：{title}",
    "actual.recorded": "填“{place}”截至 {as_of} 的完成值：{value}",
    "actuals.taken": "按证据取了 {count} 项截至 {as_of} 的完成值",
}
AUDITED = {
    "measures": Told(Measure, shows_files=True),
    "actuals": Told(Actual, shows_files=True),
}
