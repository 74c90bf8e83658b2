"""What an evaluation has so far: the sheets that count, and the report as a document shows it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.contrib.auth.models import User

from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL
from kaoji.subjects.evaluation.models import Evaluation, ExpertSheet


def may_see_scores(person: User, evaluation: Evaluation) -> bool:
    """The sheets of others: before there is a report they are for who judges it, so that no expert follows another."""
    return hasattr(evaluation, "report") or person.has_perm(
        RIGHTS_OF_LEVEL[evaluation.level], evaluation.declaration
    )


def latest_sheets(evaluation: Evaluation) -> list[ExpertSheet]:
    """Of each expert the last sheet, in the order of the experts' keys."""
    last: dict[int, ExpertSheet] = {}
    for sheet in evaluation.sheets.select_related("expert").order_by("id"):
        last[sheet.expert_id] = sheet
    return [last[key] for key in sorted(last)]


def scores_of(sheet: ExpertSheet) -> dict[str, Decimal]:
    """By point the expert's score."""
    return {name: Decimal(told["score"]) for name, told in sheet.scores.items()}


def remarks_on(sheets: Sequence[ExpertSheet], point: str) -> list[str]:
    """What the experts remarked on a point."""
    told = [sheet.scores.get(point, {}).get("remark", "") for sheet in sheets]
    return [remark for remark in told if remark]
