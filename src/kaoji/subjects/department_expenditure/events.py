"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.department_expenditure.models import (
    WholeDecision,
    WholeEvaluation,
    WholePlan,
)

STORIES = {
    "whole.filed": "报送 {place} {year} 年部门整体目标第 {number} 版",
    "whole.decided": "审定 {place} {year} 年部门整体目标：{verdict}",
    "whole.evaluated": "报送 {place} {year} 年部门整体自评：{total} 分，{grade}",
}
AUDITED = {
    "whole_plans": Told(WholePlan, shows_files=True),
    "whole_decisions": Told(WholeDecision, shows_files=True),
    "whole_evaluations": Told(WholeEvaluation, shows_files=True),
}
