"""What everybody may see: published promises, and of those that finance has looked at what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from kaoji.core.money import YUAN_PER_UNIT
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration, IndicatorRow
from kaoji.subjects.results.queries.results import Results, results_of
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.surveys.models import SurveyAnswer

_DONE = Q(standing__isnull=False, is_final=True)


def published() -> QuerySet[Declaration]:
    """What the public sees today, whatever is being adjusted behind it; *is_final* where results may be seen.

    Results are public once finance has looked at the self-evaluation, and while what is public is in force.
    """
    looked_at = SelfEvaluation.objects.filter(
        declaration=OuterRef("pk"), rechecks__level="finance"
    )
    return Declaration.objects.filter(
        publication=Declaration.Publication.PUBLIC, public_from__lte=timezone.localdate()
    ).annotate(
        is_final=Exists(
            looked_at.filter(declaration__approved_revision=OuterRef("public_revision"))
        )
    )


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words of a project, unit or indicator; a year, a unit, a grade, only what was missed."""

    words: str = ""
    year: int | None = None
    unit: str = ""
    grade: str = ""
    missed: bool = False

    @property
    def is_all(self) -> bool:
        """Is nothing left out?"""
        return self == Asked()


def found_by(asked: Asked) -> QuerySet[Declaration]:
    """The published promises that somebody asks for."""
    found = published()
    if asked.words:
        promised = IndicatorRow.objects.filter(
            revision__declaration=OuterRef("pk"),
            revision__number=OuterRef("public_revision"),
            level3__icontains=asked.words,
        )
        named = Q(public_name__icontains=asked.words) | Q(
            implementing_unit__icontains=asked.words
        )
        found = found.filter(named | Exists(promised))
    if asked.year is not None:
        found = found.filter(year=asked.year)
    if asked.unit:
        found = found.filter(implementing_unit=asked.unit)
    if asked.grade:
        found = found.filter(_DONE, standing__grade=asked.grade)
    if asked.missed:
        found = found.filter(_DONE, standing__met__lt=F("standing__indicators"))
    return found


def sums_of(found: QuerySet[Declaration]) -> dict[str, Any]:
    """Of all that was found: how many, the money; of what is done the money spent, promises made and met, answers."""
    sums = found.order_by().aggregate(
        count=Count("pk"),
        money=Sum("public_total"),
        done=Count("pk", filter=_DONE),
        spent=Sum("standing__executed", filter=_DONE),
        promised=Sum("standing__indicators", filter=_DONE),
        met=Sum("standing__met", filter=_DONE),
    )
    answers = SurveyAnswer.objects.filter(
        survey__declaration__in=found.filter(_DONE).order_by().values("pk")
    )
    return {**sums, "answers": answers.count() if sums["done"] else 0}


def choices() -> dict[str, Any]:
    """The years and units of which something is public."""
    held = published().order_by()
    return {
        "years": sorted(
            set(held.exclude(year=None).values_list("year", flat=True)), reverse=True
        ),
        "units": sorted(set(held.values_list("implementing_unit", flat=True))),
    }


def results_for_all(declaration: Declaration) -> Results | None:
    """The results of the year, where everybody may see them; None before that."""
    if not getattr(declaration, "is_final", False) or declaration.year is None:
        return None
    try:
        return results_of(declaration, as_of=date(declaration.year, 12, 31))
    except NoScoringPolicy:
        return None


def by_month(results: Results) -> list[Decimal]:
    """What was spent in each month, in 万元."""
    spent = [Decimal(0)] * 12
    for item in results.months:
        spent[item.month.month - 1] += item.amount / YUAN_PER_UNIT["万元"]
    return spent
