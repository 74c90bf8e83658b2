"""What a review of targets asks: the heads and points of the review sheet, as dated data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from kaoji.standards.files import names_in, read_yaml
from kaoji.standards.validity import Validity


@dataclass(frozen=True)
class ReviewPoint:
    """One question of a review. *weight* is in points of 100, None in a review by words.

    *rules* are the ids, or families, of the rules whose findings help to answer it.
    """

    head: str
    name: str
    question: str
    weight: Decimal | None
    rules: tuple[str, ...]

    def is_helped_by(self, rule_id: str) -> bool:
        """Does that rule's finding belong here?"""
        return rule_id.startswith(self.rules)


@dataclass(frozen=True)
class Grade:
    """One grade, the points from which it begins, and the moves that it leaves open."""

    name: str
    least: Decimal
    opens: frozenset[str]


@dataclass(frozen=True)
class ReviewTemplate:
    """A review sheet: for which projects it is made, whether it is scored, what it asks.

    *grades* go from the best down; what follows from each is data of the region.
    """

    id: str
    title: str
    made_for: str
    scored: bool
    validity: Validity
    points: tuple[ReviewPoint, ...]
    grades: tuple[Grade, ...]

    def grade_for(self, score: Decimal) -> Grade:
        """The grade that a score of 100 points means."""
        return next((item for item in self.grades if score >= item.least), self.grades[-1])

    def grade_named(self, name: str) -> Grade | None:
        """The grade that is called so; None for another word."""
        return next((item for item in self.grades if item.name == name), None)

    @property
    def kind(self) -> str:
        """`general` or `key`: the first word of its id."""
        return self.id.partition("-")[0]


@cache
def review_templates() -> tuple[ReviewTemplate, ...]:
    """Every review sheet on record."""
    return tuple(map(_template, map(read_yaml, names_in("reviews"))))


def template_named(template_id: str) -> ReviewTemplate:
    """The sheet with an id. Raises KeyError."""
    return {item.id: item for item in review_templates()}[template_id]


def review_template(kind: str) -> ReviewTemplate:
    """The newest sheet of a kind, `general` or `key`. Raises KeyError for another word."""
    found = [item for item in review_templates() if item.kind == kind]
    if not found:
        raise KeyError(kind)
    return max(found, key=lambda item: item.validity.precedence)


def _template(data: dict[str, Any]) -> ReviewTemplate:
    return ReviewTemplate(
        data["id"],
        data["title"],
        data["for"],
        data["scored"],
        Validity.from_data(data),
        tuple(_points(data["heads"])),
        tuple(
            Grade(item["name"], Decimal(item["least"]), frozenset(item["opens"]))
            for item in data["grades"]
        ),
    )


def _points(heads: list[dict[str, Any]]) -> Iterator[ReviewPoint]:
    for head in heads:
        for point in head["points"]:
            weight = Decimal(point["weight"]) if "weight" in point else None
            yield ReviewPoint(
                head["name"], point["name"], point["question"], weight, tuple(point["rules"])
            )
