"""What an evaluation asks: the frame 决策 / 过程 / 产出 / 效益, its points and grades, as dated data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from kaoji.standards.files import names_in, read_yaml
from kaoji.standards.validity import Validity


@dataclass(frozen=True)
class EvaluationPoint:
    """One point of the frame, worth *weight* of a hundred; *holds* names the class of indicators behind it."""

    head: str
    name: str
    question: str
    weight: Decimal
    holds: str | None


@dataclass(frozen=True)
class EvaluationFrame:
    """A frame by its id. *grades* go from the best down."""

    id: str
    title: str
    source: str
    validity: Validity
    points: tuple[EvaluationPoint, ...]
    grades: tuple[tuple[str, Decimal], ...]

    @property
    def heads(self) -> list[tuple[str, list[EvaluationPoint]]]:
        """The points under their heads."""
        return [
            (name, list(group)) for name, group in groupby(self.points, lambda item: item.head)
        ]

    def grade_of(self, total: Decimal) -> str:
        """The first grade whose least score is reached."""
        return next((name for name, least in self.grades if total >= least), self.grades[-1][0])


@cache
def evaluation_frames() -> dict[str, EvaluationFrame]:
    """Every frame on record, by id."""
    found = map(_frame, map(read_yaml, names_in("evaluations")))
    return {item.id: item for item in found}


def _frame(data: dict[str, Any]) -> EvaluationFrame:
    return EvaluationFrame(
        data["id"],
        data["title"],
        data["source"],
        Validity.from_data(data),
        tuple(_points(data["heads"])),
        tuple((name, Decimal(least)) for name, least in data["grades"].items()),
    )


def _points(heads: list[dict[str, Any]]) -> Iterator[EvaluationPoint]:
    for head in heads:
        for point in head["points"]:
            yield EvaluationPoint(
                head["name"],
                point["name"],
                point["question"],
                Decimal(point["weight"]),
                point.get("class"),
            )
