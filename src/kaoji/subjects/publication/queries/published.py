"""What everybody may see: published promises, and of those that finance has looked at what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, When
from django.utils import timezone

from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration, IndicatorRow
from kaoji.subjects.results.queries.results import Results
from kaoji.subjects.self_evaluation.queries import results_as_filed
from kaoji.subjects.surveys.models import SurveyAnswer

# Results are public once finance has looked at the self-evaluation of what is public.
_DONE = Q(settled__revision_number=F("public_revision"))


def published() -> QuerySet[Declaration]:
    """What the public sees today, whatever is being adjusted behind it; *is_final* where results may be seen."""
    return Declaration.objects.filter(
        publication=Declaration.Publication.PUBLIC, public_from__lte=timezone.localdate()
    ).annotate(is_final=Case(When(_DONE, then=True), default=False))


LAST_LOOK = Max(
    "settled__evaluation__rechecks__made_at",
    filter=Q(settled__evaluation__rechecks__level="finance"),
)
"""When finance last looked at the results of a year."""


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
        found = found.filter(_DONE, settled__grade=asked.grade)
    if asked.missed:
        found = found.filter(_DONE, settled__met__lt=F("settled__indicators"))
    return found


def newest_results(
    found: QuerySet[Declaration], *, most: int
) -> list[tuple[Declaration, datetime]]:
    """Those of which results may be seen, each with when finance last looked at them; the newest first."""
    done = found.filter(_DONE).annotate(looked_at=LAST_LOOK).exclude(looked_at=None)
    return [(item, item.looked_at) for item in done.order_by("-looked_at", "-pk")[:most]]


def sums_of(found: QuerySet[Declaration]) -> dict[str, Any]:
    """Of all that was found: how many, the money; of what is done the money spent, promises made and met, answers."""
    sums = found.order_by().aggregate(
        count=Count("pk"),
        money=Sum("public_total"),
        done=Count("pk", filter=_DONE),
        spent=Sum("settled__executed", filter=_DONE),
        promised=Sum("settled__indicators", filter=_DONE),
        met=Sum("settled__met", filter=_DONE),
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
    """The results of the year as finance looked at them, where everybody may see them; None before that."""
    if not getattr(declaration, "is_final", False):
        return None
    try:
        return results_as_filed(declaration, declaration.settled.evaluation)
    except NoScoringPolicy:
        return None


def by_month(results: Results) -> list[Decimal]:
    """What was spent in each month, in yuan."""
    spent = [Decimal(0)] * 12
    for item in results.months:
        spent[item.month.month - 1] += item.amount
    return spent
