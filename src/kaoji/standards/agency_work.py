"""What a third party declares before it judges, and by what its work is judged afterwards: dated data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from kaoji.standards.files import read_yaml
from kaoji.standards.validity import Validity, in_force


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet, worth *points* of a hundred."""

    head: str
    name: str
    points: Decimal
    asks: str


@dataclass(frozen=True)
class AgencyWork:
    """The statement of independence, and the sheet; with where each was seen."""

    id: str
    statement: str
    statement_source: str
    criteria: tuple[Criterion, ...]
    source: str


def agency_work(*, on: date, region: str | None = None) -> AgencyWork:
    """What holds on a day; before the first one, that."""
    return in_force(_dated(), on=on, region=region) or _dated()[0][1]


def agency_work_called(name: str) -> AgencyWork:
    """By its id, as an assessment names it; KeyError where there is none."""
    return {work.id: work for _validity, work in _dated()}[name]


@cache
def _dated() -> tuple[tuple[Validity, AgencyWork], ...]:
    return tuple(
        (
            Validity.from_data(data),
            AgencyWork(
                data["id"],
                data["statement"],
                data["statement_source"],
                tuple(
                    Criterion(told["head"], told["name"], Decimal(told["points"]), told["asks"])
                    for told in data["criteria"]
                ),
                data["source"],
            ),
        )
        for data in read_yaml("agency_work.yaml")
    )
