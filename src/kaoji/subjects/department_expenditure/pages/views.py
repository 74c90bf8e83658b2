"""The whole expenditure of a place: promised, decided on, and evaluated, with its projects added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.declaration import Declaration as Form
from kaoji.core.declaration import Funds
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.speech import say
from kaoji.core.target import Target
from kaoji.documents.render.disclosure import Disclosure, render_disclosure
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.pdf import render_pdf
from kaoji.documents.render.sheet import Printable, UnableToWrite
from kaoji.documents.render.whole import whole_sheet
from kaoji.measuring.places import places_in
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.typed import number_in_form
from kaoji.scoring.admissible import TIERS, takes_number
from kaoji.subjects.declarations.pages.frozen import frozen_form
from kaoji.subjects.declarations.queries.reach import usual_year
from kaoji.subjects.department_expenditure.actions.decide_whole_plan import decide_whole_plan
from kaoji.subjects.department_expenditure.actions.evaluate_whole import Reached, evaluate_whole
from kaoji.subjects.department_expenditure.actions.file_whole_plan import Task, file_whole_plan
from kaoji.subjects.department_expenditure.models import WholeEvaluation, WholePlan
from kaoji.subjects.department_expenditure.queries import (
    categories_below,
    forms_below,
    money_below,
    plan_in_force,
    tasks_below,
)
from kaoji.workflow.following import VERDICT_NAMES
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_FINANCE, MAY_VIEW

_LAYOUT = "unit-self-evaluation-2020"
_ROWS, _MOST = 8, 40
_CLASSES = ("运行成本", "管理效率", "履职效能", "社会效应", "可持续发展能力", "服务对象满意度")
_FORMS: dict[str, tuple[str, Callable[[Iterable[Printable]], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx),
    "pdf": ("application/pdf", render_pdf),
}  # fmt: skip


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def wholes(request: HttpRequest) -> HttpResponse:
    """The places in the person's reach with what there is for a year."""
    person: Any = request.user
    year = number_in(request.GET.get("year")) or usual_year(person, today=timezone.localdate())
    places = places_of(person, MAY_VIEW).filter(kind__in=FILING)[:200]
    last: dict[int, WholePlan] = {}
    plans = WholePlan.objects.filter(place__in=[item.pk for item in places], year=year)
    for plan in plans.select_related("decision").prefetch_related("evaluations"):
        last.setdefault(plan.place_id, plan)
    rows = [(place, last.get(place.pk)) for place in places]
    return render(
        request, "department_expenditure/pages/wholes.html", {"rows": rows, "year": year}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def whole(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One place and year: its versions, the projects added up; file the next version."""
    place = _place(request, pk)
    if request.method != "POST":
        return _page(request, place, year)
    status = attempt(
        request,
        lambda person, now: file_whole_plan(
            place, _form(request, year), _tasks(request), acting_user=person, now=now
        ),
        confirmed=say("已报送，等财政审定"),
    )
    if status is not None:
        return _page(request, place, year, status=status)
    return redirect("whole", pk, year)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def decide(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Accept or return the newest version."""
    place = _place(request, pk)
    plan = get_object_or_404(
        WholePlan, place=place, year=year, number=number_in(request.POST.get("number"))
    )
    status = attempt(
        request,
        lambda person, now: decide_whole_plan(
            plan,
            verdict=request.POST.get("verdict", ""),
            remark=request.POST.get("remark", ""),
            acting_user=person,
            now=now,
        ),
    )
    if status is not None:
        return _page(request, place, year, status=status)
    return redirect("whole", pk, year)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def evaluate(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """File the self-evaluation."""
    place = _place(request, pk)
    plan = plan_in_force(place, year)

    def act(person: User, now: datetime) -> object:
        if plan is None:
            raise UnableToAct(say("{year} 年的部门整体目标还没有审定", year=year))
        reached = {
            key: Reached(
                request.POST.get(f"value.{at}", ""),
                request.POST.get(f"reason.{at}", ""),
                number_in_form(request.POST.get(f"score.{at}", "")),
            )
            for at, key in enumerate(places_in(plan.form))
        }
        return evaluate_whole(
            plan,
            reached=reached,
            goal_done=request.POST.get("goal_done", ""),
            acting_user=person,
            now=now,
        )

    status = attempt(request, act, confirmed=say("自评已报送"))
    if status is not None:
        return _page(request, place, year, status=status)
    return redirect("whole", pk, year)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def plan_document(
    request: HttpRequest, pk: int, year: int, number: int, form: str
) -> HttpResponse:
    """A version as the official form, main tasks included."""
    place = _place(request, pk)
    plan = get_object_or_404(WholePlan, place=place, year=year, number=number)
    media_type, write = _FORMS.get(form, _FORMS["docx"])
    try:
        written = write([whole_sheet(plan.form, plan.tasks)])
    except UnableToWrite as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("whole", pk, year)
    return as_file(written, f"{year}-{place.name}-部门整体目标{number}.{form}", media_type)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def disclosure(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """绩效目标设置情况 for the public budget, as Word."""
    place = _place(request, pk)
    forms = forms_below(place, year)
    if not forms:
        saying.tell(request, say("{year} 年还没有已批复的项目", year=year))
        return redirect("whole", pk, year)
    written = render_disclosure(Disclosure(place.name, year, forms))
    return as_file(written, f"{year}-{place.name}-绩效目标设置情况.docx", _FORMS["docx"][0])


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def evaluation_document(
    request: HttpRequest, pk: int, year: int, number: int, form: str
) -> HttpResponse:
    """A self-evaluation of the whole as it was filed."""
    place = _place(request, pk)
    plan = plan_in_force(place, year)
    held = get_object_or_404(WholeEvaluation, plan=plan, number=number)
    name = f"{year}-{place.name}-部门整体自评{number}.{form}"
    return frozen_form(
        request, held.content, form, name, layout=_LAYOUT, kind="self_evaluation"
    ) or redirect("whole", pk, year)


def _place(request: HttpRequest, pk: int) -> Organisation:
    person: Any = request.user
    return get_object_or_404(places_of(person, MAY_VIEW).filter(kind__in=FILING), pk=pk)


def _page(
    request: HttpRequest, place: Organisation, year: int, *, status: int = 200
) -> HttpResponse:
    plans = list(
        WholePlan.objects.filter(place=place, year=year).select_related("filed_by", "decision")
    )
    held = plan_in_force(place, year)
    newest = plans[0] if plans else None
    undecided = newest is not None and getattr(newest, "decision", None) is None
    context = {
        "place": place,
        "year": year,
        "plans": plans,
        "held": held,
        "money": money_below(place, year),
        "categories": list(categories_below(place, year)),
        "evaluations": held.evaluations.select_related("filed_by") if held else [],
        "rows": _evaluated(request, held) if held else [],
        "tiers": TIERS,
        "may_file": held is None and request.user.has_perm(MAY_FILE, place),
        "may_evaluate": held is not None and request.user.has_perm(MAY_FILE, place),
        "may_decide": undecided and request.user.has_perm(MAY_REVIEW_FOR_FINANCE, place),
        "newest": newest,
        "verdicts": VERDICT_NAMES.items(),
        "classes": _CLASSES,
        "drafted": _drafted(request, place, year, newest),
        "typed": request.POST,
    }
    return render(request, "department_expenditure/pages/whole.html", context, status=status)


def _evaluated(request: HttpRequest, plan: WholePlan) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "takes_number": takes_number(row.target),
            "value": request.POST.get(f"value.{at}", ""),
            "reason": request.POST.get(f"reason.{at}", ""),
            "score": request.POST.get(f"score.{at}", ""),
        }
        for at, row in enumerate(plan.form.indicators)
    ]


def _drafted(
    request: HttpRequest, place: Organisation, year: int, newest: WholePlan | None
) -> dict[str, Any]:
    """What the form to file shows: as typed, else the last version, else what the projects come to."""
    if request.method == "POST" and "goal" in request.POST:
        count = min(_MOST, number_in(request.POST.get("rows")) or _ROWS)
        names = ("level1", "level3", "target", "weight")
        tasks = ("task", "content", "fiscal", "other")
        return {
            "goal": request.POST["goal"],
            "tasks": _typed_rows(request, tasks, count),
            "rows": _typed_rows(request, names, count),
        }
    if newest is not None:
        form = newest.form
        return {
            "goal": form.annual_goal or "",
            "tasks": _padded(
                [
                    [item["name"], item["content"], item["fiscal"], item["other"]]
                    for item in newest.tasks
                ]
            ),
            "rows": _padded(
                [
                    [
                        row.level1 or "",
                        row.level3 or "",
                        row.target.text,
                        f"{row.weight or '':}",
                    ]
                    for row in form.indicators
                ]
            ),
        }
    below = [
        ["基本支出", "人员经费和公用经费", "", ""],
        *(
            [item.name, item.content, f"{item.fiscal:.2f}", f"{item.other:.2f}"]
            for item in tasks_below(place, year)
        ),
    ]
    return {"goal": "", "tasks": _padded(below), "rows": _padded([])}


def _padded(rows: list[list[str]]) -> list[list[str]]:
    return [*rows, *[["", "", "", ""]] * max(1, _ROWS - len(rows))]


def _typed_rows(request: HttpRequest, names: tuple[str, ...], count: int) -> list[list[str]]:
    return [[request.POST.get(f"{name}.{at}", "") for name in names] for at in range(count)]


def _form(request: HttpRequest, year: int) -> Form:
    count = min(_MOST, number_in(request.POST.get("rows")) or _ROWS)
    rows = _typed_rows(request, ("level1", "level3", "target", "weight"), count)
    indicators = tuple(
        Indicator(
            level1.strip() or None,
            f"{level1.strip()}指标" if level1.strip() else None,
            level3.strip() or None,
            Target.parse(target),
            number_in_form(weight),
        )
        for level1, level3, target, weight in rows
        if level3.strip() or target.strip()
    )
    tasks = _tasks(request)
    total = Money(sum((task.total for task in tasks), Decimal(0)))
    fiscal = Money(sum((task.fiscal for task in tasks), Decimal(0)))
    other = Money(sum((task.other for task in tasks), Decimal(0)))
    form = Form(year=year, annual_goal=request.POST.get("goal", "").strip() or None)
    return replace(
        form,
        indicators=indicators,
        funds=Funds(annual_total=total, annual_fiscal=fiscal, annual_other=other),
    )


def _tasks(request: HttpRequest) -> list[Task]:
    count = min(_MOST, number_in(request.POST.get("rows")) or _ROWS)
    found = []
    for name, content, fiscal, other in _typed_rows(
        request, ("task", "content", "fiscal", "other"), count
    ):
        if not name.strip():
            continue
        one = number_in_form(fiscal) or Decimal(0)
        two = number_in_form(other) or Decimal(0)
        found.append(Task(name.strip(), content.strip(), one + two, one, two))
    return found
