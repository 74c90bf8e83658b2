"""The third party of an evaluation: what was agreed, who declared to be independent, how it worked; all of them in a list."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import Avg, Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kaoji.platform.ui.typed import number_in_form
from kaoji.standards.agency_work import agency_work, agency_work_called
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.evaluation.models import Evaluation
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def agencies(request: HttpRequest) -> HttpResponse:
    """Each third party with what it was given in the person's reach, for how much, and how it worked."""
    person: Any = request.user
    seen = Evaluation.objects.filter(
        declaration__in=declarations_of(person), agency__isnull=False
    )
    rows = (
        seen.order_by()
        .values("agency__name")
        .annotate(
            count=Count("pk"),
            reported=Count("report"),
            fees=Sum("contract__fee"),
            assessed=Count("assessment"),
            average=Avg("assessment__total"),
        )
        .order_by("agency__name")
    )
    return render(request, "evaluation/pages/agencies.html", {"rows": rows})


def third_party_of(person: User, held: Evaluation) -> dict[str, Any]:
    """For the page of an evaluation; nothing where no third party has it."""
    if held.agency is None:
        return {}
    made = getattr(held, "assessment", None)
    sheet = agency_work_called(made.sheet) if made else agency_work(on=localdate())
    has_declared = held.statements.filter(expert=person).exists()
    typed = []
    for number, criterion in enumerate(sheet.criteria):
        kept = made.scores.get(criterion.name, {}) if made else {}
        typed.append((criterion, kept, number))
    return {
        "contract": getattr(held, "contract", None),
        "statements": held.statements.select_related("expert").order_by("pk"),
        "statement": None if has_declared else sheet.statement,
        "assessment": made,
        "sheet": sheet,
        "lines": typed,
        "may_assess": made is None
        and hasattr(held, "report")
        and person.has_perm(MAY_FILE, held.declaration),
    }


def contract_in(request: HttpRequest) -> tuple[str, Decimal] | None:
    """Number and fee as typed; None where no fee was."""
    fee = number_in_form(request.POST.get("fee", ""))
    return None if fee is None else (request.POST.get("contract", ""), fee)


def points_in(request: HttpRequest) -> dict[str, tuple[Decimal, str]]:
    """What was typed for each criterion of the sheet, with the reason."""
    found = {}
    for number, criterion in enumerate(agency_work(on=localdate()).criteria):
        points = number_in_form(request.POST.get(f"points.{number}", ""))
        if points is not None:
            found[criterion.name] = points, request.POST.get(f"why.{number}", "")
    return found
