"""Combine the experts' sheets and write the report of an evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.documents.render.evaluation import EvaluationPaper, PointLine, render_evaluation
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import keep_file
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL, require
from kaoji.platform.refusals import UnableToAct
from kaoji.scoring.experts import COMBINATION_NAMES, combined_sheets
from kaoji.standards.evaluations import EvaluationFrame, evaluation_frames
from kaoji.subjects.evaluation.models import Evaluation, EvaluationReport, ExpertSheet
from kaoji.subjects.evaluation.queries import latest_sheets, remarks_on, scores_of
from kaoji.subjects.results.queries.results import results_of
from kaoji.subjects.self_evaluation.queries import score_in_force
from kaoji.workflow.roles import (
    MAY_FILE,
)


def report_evaluation(
    evaluation: Evaluation, *, findings: str, advice: str, acting_user: User, now: datetime
) -> EvaluationReport:
    """Combine the sheets and write the report. Every expert must have scored. Raises UnableToAct."""
    require(acting_user, RIGHTS_OF_LEVEL[evaluation.level], evaluation.declaration.organisation)
    if not findings.strip() or not advice.strip():
        raise UnableToAct(say("请写发现的问题和建议"))
    with transaction.atomic():
        held = (
            Evaluation.objects.select_for_update(of=("self",))
            .select_related("declaration__organisation", "agency")
            .get(pk=evaluation.pk)
        )
        if EvaluationReport.objects.filter(evaluation=held).exists():
            raise UnableToAct(say("这次评价的报告已经出具"))
        sheets = latest_sheets(held)
        missing = held.experts.exclude(pk__in=[sheet.expert_id for sheet in sheets]).first()
        if missing is not None:
            name = missing.get_full_name() or missing.username
            raise UnableToAct(say("“{name}”还没有打分", name=name))
        frame = evaluation_frames()[held.frame]
        scores = combined_sheets([scores_of(sheet) for sheet in sheets], held.combination)
        total = sum(scores.values(), Decimal(0))
        grade = frame.grade_of(total)
        paper = _paper(held, frame, sheets, scores, findings, advice, localdate(now))
        name = f"{held.declaration.year}-{held.declaration.project_name}-绩效评价报告.docx"
        try:
            written = render_evaluation(paper, "docx")
        except UnableToWrite as refusal:
            raise UnableToAct(refusal.sentence) from refusal
        document = keep_file(name, written, acting_user, now)
        report = EvaluationReport.objects.create(
            evaluation=held,
            scores={name: f"{score:.2f}" for name, score in scores.items()},
            sheets=[sheet.pk for sheet in sheets],
            total=total,
            grade=grade,
            findings=findings.strip(),
            advice=advice.strip(),
            document=document,
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "evaluation.reported",
            at=now,
            actor=acting_user,
            declaration=held.declaration,
            payload={"evaluation": held.pk, "total": f"{total:.2f}", "grade": grade},
            rows=[report],
        )
        sentence = say(
            "“{project}”的绩效评价：{total} 分，{grade}",
            project=held.declaration.project_name,
            total=f"{total:.2f}",
            grade=grade,
        )
        people = people_at(held.declaration.organisation, [MAY_FILE], now=now)
        tell(people, sentence, declaration=held.declaration, now=now)
    return report


def paper_of(report: EvaluationReport) -> EvaluationPaper:
    """The report on record, as the document shows it."""
    sheets = list(
        ExpertSheet.objects.filter(pk__in=report.sheets)
        .select_related("expert")
        .order_by("expert")
    )
    scores = {name: Decimal(score) for name, score in report.scores.items()}
    evaluation = report.evaluation
    frame = evaluation_frames()[evaluation.frame]
    return _paper(
        evaluation, frame, sheets, scores, report.findings, report.advice,
        localdate(report.made_at),
    )  # fmt: skip


def _paper(
    evaluation: Evaluation,
    frame: EvaluationFrame,
    sheets: Sequence[ExpertSheet],
    scores: Mapping[str, Decimal],
    findings: str,
    advice: str,
    day: date,
) -> EvaluationPaper:
    """The report as the document shows it."""
    declaration = evaluation.declaration
    end = date(declaration.year or day.year, 12, 31)
    results = results_of(declaration, as_of=end)
    total = sum(scores.values(), Decimal(0))
    known = score_in_force(declaration)
    form = results.form
    who = (
        evaluation.agency.name
        if evaluation.agency
        else "、".join(
            sheet.expert.get_full_name() or sheet.expert.username for sheet in sheets
        )
    )
    return EvaluationPaper(
        title=f"{declaration.project_name}绩效评价报告",
        project=declaration.project_name,
        unit=declaration.organisation.name,
        department=form.department or "",
        year=str(declaration.year),
        evaluator=who,
        method=f"{len(sheets)} 位专家按《{frame.title}》打分，{COMBINATION_NAMES[evaluation.combination]}",
        budget=f"{results.budget:,.2f}" if results.budget is not None else "—",
        executed=f"{results.executed:,.2f}",
        goal=form.annual_goal or "",
        points=[
            PointLine(
                point.head,
                point.name,
                point.weight,
                scores[point.name],
                remarks_on(sheets, point.name),
            )
            for point in frame.points
        ],
        total=total,
        grade=frame.grade_of(total),
        self_score=f"单位自评（复核后）{known[0]:.2f} 分。" if known else "",
        findings=findings.strip(),
        advice=advice.strip(),
        day=f"{day.year}年{day.month}月{day.day}日",
    )
