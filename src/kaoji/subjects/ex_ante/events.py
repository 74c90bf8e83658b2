"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.subjects.ex_ante.models import ExAnteEvaluation, ExAnteReview

STORIES = {
    "ex_ante.filed": "报送“{project}”第 {number} 次事前绩效评估：{conclusion}",
    "ex_ante.reviewed": "审核“{project}”的事前绩效评估：{verdict}",
}
AUDITED = {
    "ex_ante_evaluations": Told(ExAnteEvaluation, shows_files=True),
    "ex_ante_reviews": Told(ExAnteReview, shows_files=True),
}
