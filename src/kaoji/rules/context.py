"""What a rule may ask beside the form itself: its neighbours, its past, what became of it.

Nothing here is guessed: what is not at hand is None, and a rule that needs it is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.ex_ante import Beginning
from kaoji.core.money import Money
from kaoji.core.outcome import Outcome
from kaoji.core.provenance import Repair


@dataclass(frozen=True)
class Past:
    """The same project a year earlier: what was declared, and what became of it."""

    form: Declaration
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Norm:
    """What others promise under one name: how many of them, in which unit, within which bounds.

    *low* and *high* are the values between which the middle nine tenths lie, *middle* the median.
    """

    name: str
    unit: str | None
    count: int
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True)
class Context:
    """All that may be known beside a form. None means: not at hand.

    *siblings* are the other forms of the same unit and year; *approved* is the version that
    was approved with the budget; *scores* are those that the formulas in force give, None where
    a formula leaves it to judgement, and *most_total* what the total may be at most for want of spending, None
    where the region caps nothing; *norms* are found by the bare name of an indicator;
    *unread* holds the paths of values that stand in the document but could not be read, *absent*
    those of fields for which the document prints no cell: nobody can be asked to fill them in.
    """

    repairs: tuple[Repair, ...] = ()
    unread: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    siblings: Sequence[Declaration] | None = None
    previous: Past | None = None
    approved: Declaration | None = None
    outcome: Outcome | None = None
    scores: tuple[Decimal | None, ...] | None = None
    most_total: Decimal | None = None
    norms: Mapping[str, Norm] | None = None
    department_budget: Money | None = None
    beginning: Beginning | None = None


# What must be at hand before a rule is asked.
CONDITIONS = (
    "siblings",
    "previous",
    "approved",
    "outcome",
    "scores",
    "norms",
    "department_budget",
    "beginning",
)
# What a rule can be handed beside thresholds.
HANDED = ("repairs", "unread", "absent", "most_total", *CONDITIONS)
