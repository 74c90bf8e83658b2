"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.spending.models import Spending

STORIES = {
    "spending.recorded": "填 {month} 预算执行 {amount} 元",
    "spendings.imported": "从“{document}”导入 {count} 笔预算执行，合计 {total} 元",
    "spendings.reported": "由接口报来 {count} 笔预算执行，合计 {total} 元",
}
AUDITED = {
    "spendings": Told(Spending, shows_files=True),
}
