"""How a promise stands, and what finance settled of it: narrow rows for dashboards and the public to add up."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from kaoji.scoring.lights import worst
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.queries.results import (
    Known,
    Results,
    known_of,
    money_light,
    results_on,
    rows_on,
)
from kaoji.subjects.self_evaluation.models import Recheck, SelfEvaluation, Settled, Standing
from kaoji.subjects.spending.queries import counted_spendings

_LETTERS = {"red": "r", "yellow": "y", "green": "g", "blue": "b"}
_NONE = "-"


def refresh_standing(declaration: Declaration) -> None:
    """Write both rows anew from what is on record; take out the one that nothing speaks for."""
    for table, columns in (
        (Standing, standing_now(declaration)),
        (Settled, settled_now(declaration)),
    ):
        if columns is None:
            table.objects.filter(pk=declaration.pk).delete()
        else:
            table.objects.update_or_create(declaration=declaration, defaults=columns)


def standing_now(declaration: Declaration) -> dict[str, object] | None:
    """The columns of the row as of now; None where nothing is in force, or no policy scores it."""
    if declaration.approved_revision is None or declaration.year is None:
        return None
    try:
        known = known_of(declaration)
    except NoScoringPolicy:
        return None
    return _columns(known, declaration.year)


def settled_now(declaration: Declaration) -> dict[str, object] | None:
    """The columns of what finance last looked at; None before it looked, or where no policy scores the year."""
    last = Recheck.objects.filter(evaluation__declaration=declaration, level="finance")
    recheck = last.select_related("evaluation").order_by("-id").first()
    if recheck is None or declaration.year is None:
        return None
    evaluation = recheck.evaluation
    try:
        results = results_as_filed(declaration, evaluation)
    except NoScoringPolicy:
        return None
    return {
        "evaluation": evaluation,
        "revision_number": evaluation.revision_number,
        "budget": results.budget or Decimal(0),
        "executed": results.executed,
        "indicators": len(results.rows),
        "met": sum(row.is_met for row in results.rows),
        "score": recheck.total,
        "grade": recheck.grade,
    }


def results_as_filed(declaration: Declaration, evaluation: SelfEvaluation) -> Results:
    """The results of the year as they were known when the self-evaluation was filed.

    Raises NoScoringPolicy before the first one.
    """
    known = known_of(
        declaration, number=evaluation.revision_number, known_at=evaluation.filed_at
    )
    return results_on(known, as_of=date(known.form.year or date.max.year, 12, 31))


def not_self_evaluated(*, on: date) -> QuerySet[Declaration]:
    """The promises in force of years that have ended on a day, of which no self-evaluation was filed."""
    return Declaration.objects.filter(
        approved_revision__isnull=False, year__lt=on.year, self_evaluations=None
    )


def score_in_force(declaration: Declaration) -> tuple[Decimal, str] | None:
    """The score and grade that count: of the last re-check, else of the last self-evaluation."""
    evaluation = declaration.self_evaluations.order_by("-number").first()
    if evaluation is None:
        return None
    recheck = Recheck.objects.filter(evaluation=evaluation).order_by("-id").first()
    counts = recheck or evaluation
    return counts.total, counts.grade


def _columns(known: Known, year: int) -> dict[str, object]:
    ends = [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]
    spent = [
        sum((item.amount for item in counted_spendings(known.spendings, end)), Decimal(0))
        for end in ends
    ]
    rows = rows_on(known, ends[-1])
    score = score_in_force(known.declaration)
    declaration = known.declaration
    return {
        "year": year,
        "organisation": declaration.organisation,
        "category": known.form.project_category or "",
        "budget": known.budget or Decimal(0),
        "executed": spent[-1],
        "indicators": len(rows),
        "measurable": sum(row.indicator.target.measurable for row in rows),
        "measured": sum(row.actual is not None for row in rows),
        "met": sum(row.is_met for row in rows),
        "lights": "".join(_lights(known, ends, spent)),
        "spent": [f"{amount:.2f}" for amount in spent],
        "score": score[0] if score else None,
        "grade": score[1] if score else "",
        "is_public": declaration.publication == Declaration.Publication.PUBLIC,
    }


def _lights(known: Known, ends: list[date], spent: list[Decimal]) -> Iterator[str]:
    for end, executed in zip(ends, spent, strict=True):
        lights = [row.light for row in rows_on(known, end) if row.light]
        if known.spendings:
            money = money_light(known, executed, end)
            lights += [money] if money else []
        yield _LETTERS[worst(lights)] if lights else _NONE
