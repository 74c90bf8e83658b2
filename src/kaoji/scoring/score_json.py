"""A score as JSON: the public contract `score/1`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from kaoji.core.speech import Sentence
from kaoji.scoring.adjustments import Cap
from kaoji.scoring.explained_score import Score
from kaoji.scoring.scorecard import Scorecard, ScoredRow
from kaoji.standards.scoring import ScoringPolicy

VERSION = "score/1"

Speak = Callable[[Sentence], str]


def scorecard_as_data(
    project_name: str | None, card: Scorecard, policy: ScoringPolicy, speak: Speak = str
) -> dict[str, Any]:
    """Everything that went into the score, and every step to it."""
    return {
        "project_name": project_name,
        "policy": {"id": policy.id, "source": policy.source, "status": policy.status},
        "indicators": [_row(row, speak) for row in card.rows],
        "execution": _score(card.execution, speak),
        "total": _number(card.total),
        "cap": _cap(card.cap, speak),
        "stated_total": _number(card.stated_total),
        "grade": card.grade,
        "light": card.light.value if card.light else None,
        "open_questions": [speak(question) for question in card.open_questions],
    }


def _cap(cap: Cap | None, speak: Speak) -> dict[str, str] | None:
    """What lowered the total: the share spent, the bound, the points before and the most there are."""
    if cap is None:
        return None
    return {
        "share": f"{cap.share:f}",
        "below": f"{cap.below:f}",
        "before": f"{cap.before:f}",
        "most": f"{cap.most:f}",
        "step": speak(cap.step),
    }


def _row(row: ScoredRow, speak: Speak) -> dict[str, Any]:
    return {
        "name": row.indicator.level3,
        "field": row.indicator.at("score"),
        "stated": _number(row.stated),
        **(_score(row.score, speak) or {"points": None, "earned": None}),
    }


def _score(score: Score | None, speak: Speak) -> dict[str, Any] | None:
    if score is None:
        return None
    return {
        "points": _number(score.points),
        "earned": _number(score.earned),
        "low": _number(score.low),
        "high": _number(score.high),
        "formula": score.formula.id if score.formula else None,
        "symbols": score.formula.symbols if score.formula else None,
        "basis": [str(citation) for citation in score.formula.basis] if score.formula else [],
        "inputs": [
            {"name": speak(item.name), "value": item.value, "source": speak(item.source)}
            for item in score.inputs
        ],
        "steps": [speak(step) for step in score.steps],
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
