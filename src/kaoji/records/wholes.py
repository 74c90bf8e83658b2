"""The whole expenditure of a place: the version in force, and what its projects add up to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, QuerySet, Sum

from kaoji.records.models import Organisation, Standing, WholePlan

_NOUGHT = Decimal(0)


@dataclass(frozen=True)
class MoneyBelow:
    """Budget and execution of the projects in force, in yuan; *rate* in percent."""

    projects: int
    budget: Decimal
    executed: Decimal
    indicators: int
    met: int
    score: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """What was spent of the budget, in percent."""
        return self.executed / self.budget * 100 if self.budget else None


@dataclass(frozen=True)
class CategoryBelow:
    """The projects of one category: their number, budget, execution."""

    category: str
    projects: int
    budget: Decimal
    executed: Decimal


def plan_in_force(place: Organisation, year: int) -> WholePlan | None:
    """The version that finance accepted; None before."""
    return WholePlan.objects.filter(
        place=place, year=year, decision__verdict="accepted"
    ).first()


def money_below(place: Organisation, year: int) -> MoneyBelow:
    """What the projects in force of the place and all below come to."""
    told = _below(place, year).aggregate(
        projects=Count("pk"),
        budget=Sum("budget"),
        executed=Sum("executed"),
        indicators=Sum("indicators"),
        met=Sum("met"),
        score=Avg("score"),
    )
    score = told["score"]
    return MoneyBelow(
        told["projects"],
        told["budget"] or _NOUGHT,
        told["executed"] or _NOUGHT,
        told["indicators"] or 0,
        told["met"] or 0,
        Decimal(str(round(score, 2))) if score is not None else None,
    )


def categories_below(place: Organisation, year: int) -> Iterator[CategoryBelow]:
    """By category of project, the largest budget first."""
    found = _below(place, year).order_by().values("category")
    told = found.annotate(
        projects=Count("pk"), money=Sum("budget"), spent=Sum("executed")
    ).order_by("-money")
    for row in told:
        yield CategoryBelow(
            row["category"] or "未分类", row["projects"], row["money"], row["spent"]
        )


def _below(place: Organisation, year: int) -> QuerySet[Standing]:
    return Standing.objects.filter(year=year, organisation__path__startswith=str(place.path))
