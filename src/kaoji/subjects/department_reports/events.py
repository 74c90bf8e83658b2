"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.department_reports.models import FiledReport

STORIES = {"department.reported": "报送 {place} {year} 年{name}第 {number} 次：{count} 个项目"}
AUDITED = {"filed_reports": Told(FiledReport, shows_files=True)}
