"""An outcome with the scores that were computed for it, ready to be printed or recomputed."""

from __future__ import annotations

from dataclasses import replace

from kaoji.core.outcome import Outcome
from kaoji.scoring.explained_score import rounded
from kaoji.scoring.scorecard import Scorecard


def with_scores(outcome: Outcome, card: Scorecard, goal_done: str) -> Outcome:
    """The outcome as a self-evaluation states it: every score, the rate, the total."""
    line = outcome.budget["total"]
    spent = card.execution
    rate = None
    if line.spending is not None and line.spending[0].yuan:
        budget, executed = line.spending
        rate = rounded(executed.yuan / budget.yuan * 100)
    rows = tuple(
        replace(item, score=row.earned)
        for item, row in zip(outcome.indicators, card.rows, strict=True)
    )
    total = replace(line, rate=rate, score=spent.earned if spent else None)
    return replace(
        outcome,
        goal_done=goal_done,
        budget={**outcome.budget, "total": total},
        indicators=rows,
        total_score=card.total,
    )
