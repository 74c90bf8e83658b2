"""Which formulas and bounds hold where and when: dated regional data, never constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.standards.files import read_yaml
from kaoji.standards.validity import Validity, in_force


@dataclass(frozen=True)
class LightBounds:
    """Where the warning lights change, in percent.

    Of monitoring, against what is due by the month: *yellow*, *green* and *blue* begin there, red is below.
    Of a self-evaluation: red where the indicators' share of their points is ahead of the spending's by more than
    *ahead_of_spending* of itself, yellow where more than *unspent* of the budget was not spent.
    """

    yellow: Decimal
    green: Decimal
    blue: Decimal
    ahead_of_spending: Decimal
    unspent: Decimal


@dataclass(frozen=True)
class ScoringPolicy:
    """How a region scores. *reverse* and *satisfaction* name formulas; *grades* best first;
    *usual_points* are those of each class of indicators where the form prints none; *tier_shares* are the
    least shares, in percent, from which a target in words is reached in full, and in part.

    *pass_floor* is the share of the target below which nothing is earned; *excess_ratio* the
    multiple of the target beyond which *excess_rate* of the points, or *excess_points*, is deducted; None: neither.
    *tier_bounds* are the least shares of the points, in percent, that a target reached in full, and in part,
    may be given; where they are the *tier_shares*, no tier begins with a leap. *execution_caps* are pairs
    (share of the budget, in percent; the most points of the whole form for a smaller one), the smallest first.
    *missing_class* says which class gets the points of one that a form does not have; else all share them.
    """

    id: str
    source: str
    status: str
    reverse: str
    satisfaction: str
    execution_points: Decimal
    grades: tuple[tuple[str, Decimal], ...]
    usual_points: Mapping[str, Decimal]
    tier_shares: tuple[Decimal, Decimal]
    lights: LightBounds
    pass_floor: Decimal | None
    excess_ratio: Decimal | None
    excess_rate: Decimal
    excess_points: Decimal
    tier_bounds: tuple[Decimal, Decimal]
    execution_caps: tuple[tuple[Decimal, Decimal], ...]
    missing_class: Mapping[str, str]


class NoScoringPolicy(LookupError):
    """No way of scoring is on record for that day."""

    def __init__(self, day: date) -> None:
        self.sentence: Sentence = say("没有收录 {year} 年的计分办法", year=day.year)
        super().__init__(str(self.sentence))


def scoring_policy(*, on: date, region: str | None) -> ScoringPolicy:
    """The policy that held on a day in a region. Raises NoScoringPolicy before the first one."""
    found = in_force(_dated(), on=on, region=region)
    if found is None:
        raise NoScoringPolicy(on)
    return found


@cache
def _dated() -> tuple[tuple[Validity, ScoringPolicy], ...]:
    return tuple(
        (Validity.from_data(data), _policy(data)) for data in read_yaml("scoring.yaml")
    )


def _policy(data: dict[str, Any]) -> ScoringPolicy:
    return ScoringPolicy(
        data["id"],
        data["source"],
        data["status"],
        data["reverse"],
        data["satisfaction"],
        Decimal(data["execution_points"]),
        tuple((name, Decimal(least)) for name, least in data["grades"].items()),
        {name: Decimal(points) for name, points in data["usual_points"].items()},
        _tiers(data["tier_shares"]),
        LightBounds(**{name: Decimal(bound) for name, bound in data["lights"].items()}),
        _number(data, "pass_floor"),
        _number(data, "excess_ratio"),
        _number(data, "excess_rate") or Decimal(0),
        _number(data, "excess_points") or Decimal(0),
        _tiers(data.get("tier_bounds", {"达成": 80, "部分达成": 60})),
        tuple(
            sorted(
                (Decimal(cap["below"]), Decimal(cap["most"]))
                for cap in data.get("execution_caps", ())
            )
        ),
        dict(data.get("missing_class", {})),
    )


def _tiers(shares: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """The least shares of the first and the second tier."""
    return Decimal(shares["达成"]), Decimal(shares["部分达成"])


def _number(data: dict[str, Any], name: str) -> Decimal | None:
    return Decimal(str(data[name])) if data.get(name) is not None else None
