"""The steps of performance management around one budget year: in which order, usually when, by which document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from kaoji.standards.citations import Citation
from kaoji.standards.files import read_yaml
from kaoji.standards.validity import Validity, in_force


@dataclass(frozen=True)
class Step:
    """One step. What its document says of its time stands in *words*; an office's own days come before it.

    *begins* is a number of years from the budget year, and a month; *until* a number of years, a month and a day;
    *within* how many days after the approval it has to be done. *status*: seen or unverified.
    """

    key: str
    name: str
    who: str
    begins: tuple[int, int]
    words: str
    citation: Citation
    status: str
    until: tuple[int, int, int] | None = None
    within: int | None = None

    def first_day(self, year: int) -> date:
        """From when on it usually runs, for the budget of a year."""
        offset, month = self.begins
        return date(year + offset, month, 1)

    def last_day(self, year: int) -> date | None:
        """The day that the document names for everybody, for the budget of a year; None where it names none."""
        if self.until is None:
            return None
        offset, month, day = self.until
        return date(year + offset, month, day)

    def day_after(self, approved_on: date) -> date | None:
        """The last day for what was approved on a day; None where the document counts from no approval."""
        return approved_on + timedelta(self.within) if self.within is not None else None


def steps_of(year: int, *, region: str | None = None) -> tuple[Step, ...]:
    """The steps around the budget of a year, the earliest first; a region's own hold before the national ones."""
    day = date(year, 1, 1)
    return in_force(_dated(), on=day, region=region) or _dated()[0][1]


def step_of(year: int, key: str, *, region: str | None = None) -> Step:
    """One of them; KeyError where there is none of that name."""
    for step in steps_of(year, region=region):
        if step.key == key:
            return step
    raise KeyError(key)


@cache
def _dated() -> tuple[tuple[Validity, tuple[Step, ...]], ...]:
    return tuple(
        (Validity.from_data(data), tuple(_step(told) for told in data["steps"]))
        for data in read_yaml("schedule.yaml")
    )


def _step(told: dict[str, Any]) -> Step:
    return Step(
        key=told["key"],
        name=told["name"],
        who=told["who"],
        begins=tuple(told["begins"]),
        words=told["words"],
        citation=Citation(told["document"], told.get("place", "")),
        status=told["status"],
        until=tuple(told["until"]) if "until" in told else None,
        within=told.get("within"),
    )
