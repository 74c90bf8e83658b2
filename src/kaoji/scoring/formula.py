"""How a formula is made of a function: `@formula("SF1", …)` above it, an essay before it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.target import Target
from kaoji.scoring.explained_score import Formula, Score, ScoringInput
from kaoji.standards.citations import Citation

_EXAMPLES = re.compile(r"^```score\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(
    r"(?P<target>.+?) → (?P<actual>.+?) \((?P<points>[\d.]+)分\) = "
    r"(?:(?P<earned>[\d.]+)|(?P<low>[\d.]+) ≤ 得分 [<≤] (?P<high>[\d.]+))$"
)


@dataclass(frozen=True)
class WorkedExample:
    """One line of an essay: target → actual (points) = score, or the bounds of a judgement."""

    line: str
    measure: ScoringInput
    earned: Decimal | None
    low: Decimal | None
    high: Decimal | None


def formula(
    formula_id: str, title: str, symbols: str, *, basis: tuple[Citation, ...]
) -> Callable[[Callable[[ScoringInput], Score]], Formula]:
    """Make a formula of the function below."""

    def made_of(compute: Callable[[ScoringInput], Score]) -> Formula:
        essay = sys.modules[compute.__module__].__doc__ or ""
        return Formula(formula_id, title, symbols, basis, compute, essay)

    return made_of


def examples_of(essay: str) -> list[WorkedExample]:
    """The worked examples of a formula's essay. Raises ValueError for a line that is none."""
    lines = [line for found in _EXAMPLES.finditer(essay) for line in found["text"].splitlines()]
    return [_example(line) for line in lines if line.strip()]


def _example(line: str) -> WorkedExample:
    found = _EXAMPLE.match(line.strip())
    if not found:
        raise ValueError(line)
    actual = Target.parse(found["actual"])
    measure = ScoringInput(
        Decimal(found["points"]),
        Target.parse(found["target"]).value,
        actual.value,
        None if actual.value is not None else found["actual"],
    )
    earned, low, high = (
        Decimal(found[name]) if found[name] else None for name in ("earned", "low", "high")
    )
    return WorkedExample(line, measure, earned, low, high)
