"""The scores of a promise: what the unit filed, and what re-checks made of it."""

from __future__ import annotations

from typing import Any

from kaoji.subjects.declarations.api.expand import Reader
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.self_evaluation.models import Recheck, SelfEvaluation


def _scores(row: Declaration, reader: Reader) -> list[dict[str, Any]]:
    """The latest first; who has none of them filed nothing yet."""
    filed = row.self_evaluations.prefetch_related("rechecks").order_by("-number")
    return [_score(item) for item in filed]


def _score(filed: SelfEvaluation) -> dict[str, Any]:
    return {
        "number": filed.number,
        "revision": filed.revision_number,
        "filed_at": filed.filed_at,
        "total": f"{filed.total:.2f}",
        "grade": filed.grade,
        "sha256": filed.sha256,
        "rechecks": [_recheck(item) for item in filed.rechecks.all()],
    }


def _recheck(made: Recheck) -> dict[str, Any]:
    return {
        "level": made.level,
        "made_at": made.made_at,
        "total_before": f"{made.total_before:.2f}",
        "total": f"{made.total:.2f}",
        "grade": made.grade,
    }


EXPANDED = {"scores": _scores}
