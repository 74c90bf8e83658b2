"""What became of a promise: a self-evaluation (自评表) or a monitoring report (监控表).

Both repeat the declared indicators and add columns of their own; an outcome holds these
columns, one entry for each indicator of the declaration it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.money import Money


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget table; amounts in yuan, *rate* in percent as printed."""

    initial: Money | None = None
    adjusted: Money | None = None
    executed: Money | None = None
    forecast: Money | None = None
    points: Decimal | None = None
    rate: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None

    @property
    def plan(self) -> Money | None:
        """The year's budget: as it was adjusted, else as it was first given."""
        return self.initial if self.adjusted is None else self.adjusted

    @property
    def spending(self) -> tuple[Money, Money] | None:
        """The year's budget and what was executed of it; None unless both are said."""
        plan = self.plan
        return None if plan is None or self.executed is None else (plan, self.executed)


@dataclass(frozen=True)
class IndicatorOutcome:
    """What a form says of one indicator beside its target. Blank cells are None.

    *causes* are the kinds of causes of a deviation that are ticked, in the order of the form;
    *reason* explains them, *remedy* (备注) says what will be done about it. *likelihood* is that of
    reaching the target by the year's end.
    """

    actual_raw: str | None = None
    forecast_raw: str | None = None
    points: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    likelihood: str | None = None
    causes: tuple[str, ...] = ()
    remedy: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The outcome of one declaration; *budget* by the name of its line, `total` first.

    *kind* is `self_evaluation` or `monitoring`.
    """

    kind: str
    budget: dict[str, BudgetLine]
    goal_done: str | None = None
    indicators: tuple[IndicatorOutcome, ...] = ()
    total_score: Decimal | None = None
    as_of: str | None = None
