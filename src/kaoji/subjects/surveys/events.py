"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.confided import NOBODY
from kaoji.platform.events.told import Told
from kaoji.subjects.surveys.models import Survey, SurveyAnswer, SurveyCode, SurveyLook

STORIES = {
    "survey.opened": "开设问卷“{title}”",
    "survey.answered": "收到“{title}”的一份答卷",
    "survey.looked": "看过“{title}”公开链接的 {count} 份答卷：{remark}",
    "answers.imported": "录入“{title}”的 {count} 份答卷",
}
# A form may have thousands, and when each came is nobody's concern; the page of the survey counts them.
CONFIDED = {"survey.answered": NOBODY}
AUDITED = {
    "surveys": Told(Survey, shows_files=True),
    "survey_codes": Told(SurveyCode, shows_files=True),
    "survey_answers": Told(SurveyAnswer, shows_files=True),
    "survey_looks": Told(SurveyLook, shows_files=True),
}
