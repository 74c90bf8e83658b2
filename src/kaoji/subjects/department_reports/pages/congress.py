"""The papers for the people's congress: with the draft budget the targets, with the final accounts what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaoji.core.department_report import SELF_EVALUATION
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import Sentence, say
from kaoji.documents.reading import FormReading
from kaoji.documents.render.congress import Enclosure, render_congress_package
from kaoji.documents.render.department_report import render_department_report
from kaoji.documents.render.disclosure import Disclosure, render_disclosure
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.documents.render.whole import whole_sheet
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.files_out import as_file
from kaoji.subjects.department_expenditure.models import WholeEvaluation
from kaoji.subjects.department_expenditure.queries import forms_below, plan_in_force
from kaoji.subjects.department_reports.models import FiledReport
from kaoji.subjects.department_reports.pages.views import reporting_places, year_given
from kaoji.subjects.evaluation.models import EvaluationReport
from kaoji.workflow.roles import MAY_VIEW

OCCASIONS = {"budget": "部门预算草案", "accounts": "部门决算草案"}
_MOST_FORMS = 500
_WHOLE = "unit-self-evaluation-2020"


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def congress_package(request: HttpRequest, pk: int, year: int, occasion: str) -> HttpResponse:
    """A ZIP of everything that goes with the draft; a sentence where something has to be filed first."""
    if occasion not in OCCASIONS:
        raise Http404
    place = get_object_or_404(reporting_places(request), pk=pk)
    year = year_given(year)
    words = f"{year}年{OCCASIONS[occasion]}"
    try:
        enclosures = list((_targets if occasion == "budget" else _results)(place, year))
    except (UnableToAct, UnableToWrite) as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("department-reports")
    packed = render_congress_package(place.name, words, enclosures, day=timezone.localdate())
    return as_file(packed, f"{place.name}-随{words}报送人大.zip", "application/zip")


def _targets(place: Organisation, year: int) -> Iterator[Enclosure]:
    """The approved targets, and those of the whole."""
    forms = forms_below(place, year)
    if not forms:
        raise UnableToAct(say("{year} 年还没有已批复的项目", year=year))
    if len(forms) > _MOST_FORMS:
        raise UnableToAct(_too_many(len(forms)))
    yield Enclosure(
        "项目绩效目标.docx",
        f"项目支出绩效目标设置情况和申报表（{len(forms)}个项目）",
        render_disclosure(Disclosure(place.name, year, forms)),
    )
    plan = plan_in_force(place, year)
    if plan is not None:
        yield Enclosure(
            "部门整体支出绩效目标.docx",
            "部门整体支出绩效目标表",
            render_docx([whole_sheet(plan.form, plan.tasks)]),
        )


def _too_many(count: int) -> Sentence:
    return say(
        "共 {count} 份申报表，一次最多打包 {most} 份；请按部门分别打包",
        count=count,
        most=_MOST_FORMS,
    )


def _results(place: Organisation, year: int) -> Iterator[Enclosure]:
    """The report on self-evaluations as it was filed, that of the whole, the reports of evaluations."""
    filed = FiledReport.objects.filter(place=place, year=year, kind=SELF_EVALUATION)
    report = filed.order_by("-number").first()
    if report is None:
        raise UnableToAct(
            say(
                "“{place}”还没有报送 {year} 年的自评汇总报告，请先报送",
                place=place.name,
                year=year,
            )
        )
    day = timezone.localtime(report.filed_at)
    yield Enclosure(
        "绩效自评汇总报告.docx",
        "项目支出绩效自评汇总报告",
        render_department_report(report.report, day=f"{day.year}年{day.month}月{day.day}日"),
    )
    whole = WholeEvaluation.objects.filter(plan=plan_in_force(place, year)).first()
    if whole is not None:
        form, outcome = parse_with_outcome(whole.content)
        reading = FormReading(
            replace(form, layout=_WHOLE), kind="self_evaluation", outcome=outcome
        )
        yield Enclosure(
            "部门整体支出绩效自评表.docx", "部门整体支出绩效自评表", render_docx([reading])
        )
    evaluated = EvaluationReport.objects.filter(
        evaluation__declaration__year=year,
        evaluation__declaration__organisation__path__startswith=str(place.path),
    ).select_related("evaluation__declaration", "document")
    for made in evaluated.order_by("made_at", "pk"):
        name = made.evaluation.declaration.project_name
        yield Enclosure(
            f"{name}-绩效评价报告.docx",
            f"“{name}”绩效评价报告（{made.total}分，{made.grade}）",
            bytes(made.document.content),
        )
