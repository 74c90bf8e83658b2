"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.monitoring.models import (
    MonitoringPeriod,
    MonitoringReport,
    MonitoringReview,
)

STORIES = {
    "monitoring.issued": "下达“{title}”，监控到 {until}，{due_on} 前报送",
    "monitoring.filed": "报送“{title}”监控表",
    "monitoring.reviewed": "审核“{title}”监控表：{verdict}，{advice}",
}
AUDITED = {
    "monitoring_periods": Told(MonitoringPeriod, shows_files=True),
    "monitoring_reports": Told(MonitoringReport, shows_files=True),
    "monitoring_reviews": Told(MonitoringReview, shows_files=True),
}
