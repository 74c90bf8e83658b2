"""The list of declarations: search, filter, sort, page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, NullIf
from django.http import QueryDict

from kaoji.records.models import Declaration, IndicatorRow
from kaoji.records.reach import declarations_of
from kaoji.records.turns import turn_of
from kaoji.workflow.moves import STATE_NAMES, State

PER_PAGE = 50
_MOST_WORDS = 10

# What a column's heading sorts by.
SORTS = {
    "year": "year",
    "unit": "implementing_unit",
    "project": "project_name",
    "money": "annual_total",
    "indicators": "indicators",
    "measurable": "measurable_share",
    "doubts": "doubts",
    "errors": "errors",
    "warnings": "warnings",
}

MARKS = {
    "errors": Q(errors__gt=0),
    "doubts": Q(doubts__gt=0),
    "clean": Q(errors=0, warnings=0, doubts=0),
}


@dataclass(frozen=True)
class Listing:
    """One page of the list, the totals of all that matches, and the choices for filters."""

    page: Page[Declaration]
    money: Decimal
    indicators: int
    years: list[int]
    units: list[str]
    sort: str
    filtered: bool
    states: dict[State, str]


def list_declarations(asked: QueryDict, person: User) -> Listing:
    """The list that a query string asks for; what it does not understand it leaves out.

    It holds only what the person may see, in its choices and its sums too.
    """
    everything = declarations_of(person)
    matching = _filtered(everything, asked, person)
    sort = asked.get("sort", "")
    totals = matching.aggregate(money=Sum("annual_total"), indicators=Sum("indicators"))
    page = Paginator(_sorted(matching, sort), PER_PAGE).get_page(asked.get("page"))
    years = everything.exclude(year=None).values_list("year", flat=True).distinct()
    units = everything.values("implementing_unit").annotate(count=Count("id"))
    return Listing(
        page,
        totals["money"] or Decimal(0),
        totals["indicators"] or 0,
        sorted({year for year in years if year is not None}, reverse=True),
        sorted(entry["implementing_unit"] for entry in units),
        sort,
        any(asked.get(name) for name in ("q", "year", "unit", "mark", "state")),
        STATE_NAMES,
    )


def _filtered(
    declarations: QuerySet[Declaration], asked: QueryDict, person: User
) -> QuerySet[Declaration]:
    words = asked.get("q", "").split()[:_MOST_WORDS]
    for word in words:
        rows = IndicatorRow.objects.filter(
            revision__declaration=OuterRef("pk"),
            revision__number=OuterRef("revision_count"),
            level3__icontains=word,
        )
        declarations = declarations.filter(
            Q(project_name__icontains=word)
            | Q(implementing_unit__icontains=word)
            | Exists(rows)
        )
    year, mark = asked.get("year", ""), asked.get("mark", "")
    if year.isdecimal() and len(year) == 4:
        declarations = declarations.filter(year=int(year))
    if asked.get("unit"):
        declarations = declarations.filter(implementing_unit=asked["unit"])
    state = asked.get("state", "")
    if state == "mine":
        declarations = declarations.filter(turn_of(person))
    elif state in set(State):
        declarations = declarations.filter(state=state)
    if mark in MARKS:
        declarations = declarations.filter(MARKS[mark])
    return declarations


def _sorted(declarations: QuerySet[Declaration], sort: str) -> QuerySet[Declaration]:
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        return declarations
    if column == "measurable_share":
        share = Cast("measurable", FloatField()) / NullIf("indicators", Value(0))
        declarations = declarations.annotate(measurable_share=share)
    order = (
        F(column).desc(nulls_last=True)
        if sort.startswith("-")
        else F(column).asc(nulls_last=True)
    )
    return declarations.order_by(order, "id")
