"""The whole expenditure of a place: the version in force, and what its projects add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, F, QuerySet, Sum

from kaoji.core.declaration import Declaration as Form
from kaoji.core.money import Money
from kaoji.platform.organisation.models import Organisation
from kaoji.scoring.explained_score import rounded
from kaoji.subjects.declarations.models import Revision
from kaoji.subjects.department_expenditure.models import WholePlan
from kaoji.subjects.self_evaluation.models import Standing

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
        rounded(Decimal(str(score))) if score is not None else None,
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


@dataclass(frozen=True)
class TaskBelow:
    """A project as a main task of the whole: what it is for, and its money by source, in yuan."""

    name: str
    content: str
    fiscal: Decimal
    other: Decimal


def tasks_below(place: Organisation, year: int) -> list[TaskBelow]:
    """The largest projects in force, each as its approved form says, and the others together."""
    largest = _in_force(place, year).order_by("-declaration__standing__budget")[:_MOST_READ]
    tasks = [_as_task(revision.form) for revision in largest]
    told, rest = tasks[:_MOST_TOLD], tasks[_MOST_TOLD:]
    if rest:
        told.append(
            TaskBelow(
                "其他项目",
                f"{len(rest)} 个项目",
                sum((task.fiscal for task in rest), _NOUGHT),
                sum((task.other for task in rest), _NOUGHT),
            )
        )
    return told


def forms_below(place: Organisation, year: int) -> list[Form]:
    """The approved forms of the place and all below, unit by unit, the largest budget first."""
    found = _in_force(place, year).order_by(
        "declaration__organisation__path", "-declaration__standing__budget"
    )
    return [revision.form for revision in found.iterator(chunk_size=200)]


def _in_force(place: Organisation, year: int) -> QuerySet[Revision]:
    return Revision.objects.filter(
        declaration__standing__in=_below(place, year),
        number=F("declaration__approved_revision"),
    )


# So many projects are named; the money of so many is added up by source.
_MOST_TOLD, _MOST_READ = 8, 1_000
_LONGEST_CONTENT = 60
_SENTENCE = re.compile(r"[。；;\n]")


def _as_task(form: Form) -> TaskBelow:
    """What of the year's money is not told to come from elsewhere is fiscal."""
    whole = form.funds.annual_total or form.funds.total or Money.zero()
    other = form.funds.annual_other or Money.zero()
    content = _SENTENCE.split((form.annual_goal or "").strip())[0][:_LONGEST_CONTENT]
    return TaskBelow(form.project_name or "", content, (whole - other).yuan, other.yuan)


def _below(place: Organisation, year: int) -> QuerySet[Standing]:
    return Standing.objects.filter(year=year, organisation__path__startswith=str(place.path))
