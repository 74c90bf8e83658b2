"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.platform.events.confided import MayBeTold
from kaoji.platform.events.told import Told
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.evaluation.models import (
    AgencyAssessment,
    AgencyContract,
    Evaluation,
    EvaluationFeedback,
    EvaluationReply,
    EvaluationReport,
    ExpertSheet,
    IndependenceStatement,
)
from kaoji.subjects.evaluation.queries import may_see_scores
from kaoji.workflow.roles import MAY_AUDIT

STORIES = {
    "evaluation.commissioned": "组织评价，{due_on} 前完成，专家 {count} 人",
    "evaluation.scored": "评价打分：{total} 分",
    "evaluation.reported": "出具评价报告：{total} 分，{grade}",
    "evaluation.agency_assessed": "考核第三方“{agency}”的评价工作：{total} 分",
    "evaluation.fed_back": "发出评价结果反馈书 {reference}，{due_on} 前整改",
    "evaluation.accepted": "对评价报告表示无异议",
    "evaluation.objected": "对评价报告提出异议：{text}",
    "evaluation.answered": "答复对评价报告的异议：{text}",
}


def _like_the_sheets(person: User, declaration: Declaration) -> MayBeTold:
    """One's own, and those that one sees on the page of the evaluation; auditors are told all."""
    audits = person.has_perm(MAY_AUDIT, declaration)
    held = declaration.evaluations.select_related("report", "declaration__organisation")
    open_to_them = {item.pk for item in held if audits or may_see_scores(person, item)}
    return lambda event: (
        event.actor_id == person.pk or event.payload["evaluation"] in open_to_them
    )


CONFIDED = {"evaluation.scored": _like_the_sheets}
AUDITED = {
    "evaluations": Told(Evaluation, shows_files=True),
    "expert_sheets": Told(ExpertSheet, shows_files=True),
    "evaluation_reports": Told(EvaluationReport, shows_files=True),
    "agency_contracts": Told(AgencyContract, shows_files=True),
    "independence_statements": Told(IndependenceStatement, shows_files=True),
    "agency_assessments": Told(AgencyAssessment, shows_files=True),
    "evaluation_feedbacks": Told(EvaluationFeedback, shows_files=True),
    "evaluation_replies": Told(EvaluationReply, shows_files=True),
}
