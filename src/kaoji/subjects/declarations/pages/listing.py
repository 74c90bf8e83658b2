"""The list of declarations: search, filter, sort, page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Page
from django.db.models import Count, F, FloatField, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, NullIf
from django.http import QueryDict
from django.utils.timezone import localdate

from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.paging import counted, until_something_happens
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.open_findings import with_open_findings
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.declarations.queries.searching import containing
from kaoji.subjects.declarations.queries.turns import turn_of
from kaoji.workflow.moves import STATE_NAMES, State
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_VIEW

PER_PAGE = 50
MOST_COUNTED = 1_000
_MOST_WORDS = 10
_NO_YEAR = 10_000

# What a column's heading sorts by.
SORTS = {
    "year": "year",
    "unit": "implementing_unit",
    "project": "project_name",
    "money": "annual_total",
    "indicators": "indicators",
    "measurable": "measurable_share",
    "doubts": "doubts",
    "errors": "open_errors",
    "warnings": "open_warnings",
}
_MAY_BE_BLANK = {"year", "annual_total", "measurable_share"}

# What is said twice of errors is what an index answers: nobody looks for waivers of what was not found.
MARKS = {
    "errors": Q(errors__gt=0, open_errors__gt=0),
    "doubts": Q(doubts__gt=0),
    "clean": Q(open_errors=0, open_warnings=0, doubts=0),
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
    more: bool
    states: dict[State, str]


def list_declarations(asked: QueryDict, person: User) -> Listing:
    """The list that a query string asks for; what it does not understand it leaves out.

    It holds only what the person may see, in its choices and its sums too.
    """
    everything = declarations_of(person)
    matching = _filtered(everything, asked, person)
    sort = asked.get("sort", "")
    matching, totals = _totals(matching, asked, person)
    rows = with_open_findings(matching, on=localdate())
    rows = _sorted(rows, sort).defer("search_text")
    paginator = counted(rows, PER_PAGE, totals["count"])
    places = places_of(person, MAY_VIEW)
    units = places.filter(kind__in=FILING)
    return Listing(
        paginator.get_page(asked.get("page")),
        totals["money"] or Decimal(0),
        totals["indicators"] or 0,
        _years_in(everything, person),
        sorted(set(units.values_list("name", flat=True))),
        sort,
        any(asked.get(name) for name in ("q", "year", "unit", "mark", "state")),
        bool(totals.get("more")),
        STATE_NAMES,
    )


def rows_of(asked: QueryDict, person: User) -> QuerySet[Declaration]:
    """All that a query string asks for, in its order, on however many pages."""
    matching = _filtered(declarations_of(person), asked, person)
    rows = with_open_findings(matching, on=localdate())
    rows = _sorted(rows, asked.get("sort", "")).select_related("organisation")
    return rows.defer("search_text")


def _years_in(declarations: QuerySet[Declaration], person: User) -> list[int]:
    """The years of which there is a form, the newest first: each is found from the one before by an index."""

    def found() -> dict[str, Any]:
        dated = declarations.exclude(year=None).order_by("-year").values_list("year", flat=True)
        years: list[int] = []
        while (
            year := dated.filter(year__lt=years[-1] if years else _NO_YEAR).first()
        ) is not None:
            years.append(year)
        return {"years": years}

    years: list[int] = until_something_happens(f"years:{person.pk}", found)["years"]
    return years


def _totals(
    matching: QuerySet[Declaration], asked: QueryDict, person: User
) -> tuple[QuerySet[Declaration], dict[str, Any]]:
    """Count and sums of all that matches, and the same rows as they are found again soonest.

    Of a whole list the sums are kept until something happens.
    """

    def added() -> dict[str, Any]:
        return matching.order_by().aggregate(
            count=Count("id"), money=Sum("annual_total"), indicators=Sum("indicators")
        )

    if asked.get("q"):  # what stands in very many forms is not counted to the end
        keys = list(matching.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
        if len(keys) > MOST_COUNTED:
            many = {"count": MOST_COUNTED, "money": None, "indicators": None, "more": True}
            return matching, many
        matching = Declaration.objects.filter(pk__in=keys)
    if any(asked.get(name) for name in ("q", "state", "mark")):
        return matching, added()
    return matching, until_something_happens(
        f"list:{person.pk}:{asked.get('year')}:{asked.get('unit')}", added
    )


def _filtered(
    declarations: QuerySet[Declaration], asked: QueryDict, person: User
) -> QuerySet[Declaration]:
    words = asked.get("q", "").split()[:_MOST_WORDS]
    declarations = containing(declarations, words)
    year, mark = asked.get("year", ""), asked.get("mark", "")
    if year.isdecimal() and len(year) == 4:
        declarations = declarations.filter(year=int(year))
    if asked.get("unit"):
        declarations = declarations.filter(organisation__name=asked["unit"])
    state = asked.get("state", "")
    if state == "mine":
        declarations = declarations.filter(turn_of(person))
    elif state in set(State):
        declarations = declarations.filter(state=state)
    if mark in MARKS:
        declarations = with_open_findings(declarations, on=localdate()).filter(MARKS[mark])
    return declarations


def _sorted(declarations: QuerySet[Declaration], sort: str) -> QuerySet[Declaration]:
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        return declarations
    down = sort.startswith("-")
    order: Any = F(column)
    if column == "measurable_share":
        order = Cast("measurable", FloatField()) / NullIf("indicators", Value(0))
    if column in _MAY_BE_BLANK:
        order = order.desc(nulls_last=True) if down else order.asc(nulls_last=True)
    else:
        order = order.desc() if down else order.asc()
    if sort == "-year":
        return declarations.order_by(order, "implementing_unit", "id")
    return declarations.order_by(order, "-id" if down else "id")
