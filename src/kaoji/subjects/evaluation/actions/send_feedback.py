"""Tell the evaluated unit by letter what its evaluation came to, and demand that it put things right."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.documents.render.feedback import FeedbackLetter, render_feedback
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import keep_file
from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL, require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.evaluation.actions.report_evaluation import paper_of
from kaoji.subjects.evaluation.models import Evaluation, EvaluationFeedback, EvaluationReport
from kaoji.subjects.rectification.actions.open_rectification import open_rectification
from kaoji.workflow.places import PlaceKind

_LONGEST_REFERENCE = 60


def send_feedback(
    report: EvaluationReport,
    *,
    reference: str,
    demand: str,
    due_on: date,
    acting_user: User,
    now: datetime,
) -> EvaluationFeedback:
    """Write the letter, open the demand with its last day, and tell the unit. Once for a report. Raises UnableToAct."""
    evaluation = report.evaluation
    unit = evaluation.declaration.organisation
    require(acting_user, RIGHTS_OF_LEVEL[evaluation.level], unit)
    named = " ".join(reference.split())
    if not named or len(named) > _LONGEST_REFERENCE:
        raise UnableToAct(say("请写明文号（不超过 60 字）"))
    with transaction.atomic():
        held = EvaluationReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if EvaluationFeedback.objects.filter(report=held).exists():
            raise UnableToAct(say("这份评价报告的反馈书已经发出"))
        opened = open_rectification(
            unit,
            source="evaluation",
            finding=held.findings,
            demand=demand,
            due_on=due_on,
            declaration=evaluation.declaration,
            acting_user=acting_user,
            now=now,
        )
        letter = _letter(held, named, opened.demand, due_on, localdate(now))
        try:
            written = render_feedback(letter)
        except UnableToWrite as refusal:
            raise UnableToAct(refusal.sentence) from refusal
        name = f"{letter.year}-{letter.project}-绩效评价结果反馈书.docx"
        made = EvaluationFeedback.objects.create(
            report=held,
            reference=named,
            rectification=opened,
            document=keep_file(name, written, acting_user, now),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "evaluation.fed_back",
            at=now,
            actor=acting_user,
            declaration=evaluation.declaration,
            payload={
                "evaluation": evaluation.pk,
                "reference": named,
                "rectification": opened.pk,
                "due_on": due_on.isoformat(),
            },
            rows=[made],
        )
    return made


def _letter(
    report: EvaluationReport, reference: str, demand: str, due_on: date, day: date
) -> FeedbackLetter:
    evaluation = report.evaluation
    paper = paper_of(report)
    return FeedbackLetter(
        reference=reference,
        sender=_sender(evaluation).name,
        addressee=paper.unit,
        project=paper.project,
        year=paper.year,
        evaluator=paper.evaluator,
        points=paper.points,
        total=report.total,
        grade=report.grade,
        findings=report.findings,
        advice=report.advice,
        demand=demand,
        due_on=due_on,
        day=day,
    )


def _sender(evaluation: Evaluation) -> Organisation:
    """The bureau; of a department's own evaluation the department, where the unit has one."""
    above = Organisation.objects.in_bulk(evaluation.declaration.organisation.lineage)
    lineage = [above[key] for key in evaluation.declaration.organisation.lineage]
    if evaluation.level == "department":
        for place in reversed(lineage):
            if place.kind == PlaceKind.DEPARTMENT:
                return place
    return lineage[0]
