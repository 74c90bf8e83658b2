"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.service_records.models import ServiceRecord

STORIES = {
    "service.recorded": "记录 {on} {subject}",
    "service.corrected": "更正 {on} {subject}",
    "service.withdrawn": "撤销 {on} {subject}",
    "services.imported": "从“{document}”导入 {count} 条服务记录",
}
AUDITED = {
    "service_records": Told(ServiceRecord, shows_files=True),
}
