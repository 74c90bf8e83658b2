"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.platform.events.confided import MayBeTold
from kaoji.platform.events.told import Told
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.models import ApprovedForm, Opinion, Review
from kaoji.subjects.review.queries.review_sheets import may_see_sheets
from kaoji.workflow.moves import VERB_NAMES

STORIES = {
    "declaration.endorse": "单位同意第 {revision} 版并上报",
    "declaration.submit": "提交了第 {revision} 版",
    "declaration.recall": "撤回了提交",
    "declaration.forward": "同意第 {revision} 版并报财政",
    "declaration.return": "退回：{reason}",
    "declaration.approve": "批复了第 {revision} 版",
    "declaration.reject": "不予通过：{reason}",
    "declaration.publish": "公开了第 {revision} 版",
    "declaration.withdraw": "撤下了公开：{reason}",
    "declaration.endorse_undone": "收回了刚才的“同意并上报”",
    "declaration.forward_undone": "收回了刚才的“同意并报财政”",
    "declaration.return_undone": "收回了刚才的“退回”",
    "declaration.adjust": "开始调整：{reason}",
    "declaration.abandon": "放弃了调整",
    "review.written": "填写了{title}，评为“{grade}”",
    "opinion.given": "对“{place}”提出意见：{text}",
    "opinion.answered": "答复“{place}”的意见：{answer}",
    "opinion.closed": "关闭了“{place}”的意见",
}
AUDITED = {
    "opinions": Told(Opinion),
    "reviews": Told(Review),
    "approvals": Told(ApprovedForm),
}


def _like_the_sheet(person: User, declaration: Declaration) -> MayBeTold:
    may = may_see_sheets(person, declaration)
    return lambda event: may


CONFIDED = {"review.written": _like_the_sheet}
_OF_A_FORM, UNDONE_ENDING = "declaration.", "_undone"
# What other systems may choose to be told: each move; who chose one is told too that it was taken back.
OUTWARD = {f"{_OF_A_FORM}{verb}": name for verb, name in VERB_NAMES.items()}
# What they are told of: every event of a form.
TOLD_OUTWARD = tuple(name for name in STORIES if name.startswith(_OF_A_FORM))
