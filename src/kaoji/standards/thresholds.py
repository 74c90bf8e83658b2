"""Numbers that rules compare with: each has a unit, a date and a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from kaoji.core.speech import Sentence, say
from kaoji.standards.files import read_yaml
from kaoji.standards.validity import Validity, in_force


@dataclass(frozen=True)
class Threshold:
    """One dated value; *status* says whether its source was seen."""

    name: str
    title: str
    unit: str
    value: Decimal
    status: str
    source: str


class NoThreshold(LookupError):
    """No value is on record for that day and region."""

    def __init__(self, title: str, day: date) -> None:
        self.sentence: Sentence = say(
            "没有收录 {year} 年的“{title}”", year=day.year, title=say(title)
        )
        super().__init__(str(self.sentence))


def threshold_in_force(name: str, *, on: date, region: str | None) -> Threshold:
    """The value that held on a day in a region. Raises NoThreshold when there was none."""
    found = in_force(_dated()[name], on=on, region=region)
    if found is None:
        raise NoThreshold(read_yaml("thresholds.yaml")[name]["title"], on)
    return found


def threshold_names() -> frozenset[str]:
    """Every number on record, by its name."""
    return frozenset(_dated())


@cache
def _dated() -> dict[str, tuple[tuple[Validity, Threshold], ...]]:
    return {
        name: tuple(
            (
                Validity.from_data(value),
                Threshold(
                    name,
                    entry["title"],
                    entry["unit"],
                    Decimal(str(value["value"])),
                    value["status"],
                    value["source"],
                ),
            )
            for value in entry["values"]
        )
        for name, entry in read_yaml("thresholds.yaml").items()
    }
