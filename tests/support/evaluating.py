"""An evaluation by experts of a firm, up to its report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from kaoji.standards.evaluations import evaluation_frames
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.evaluation.actions.commission_evaluation import commission_evaluation
from kaoji.subjects.evaluation.actions.report_evaluation import report_evaluation
from kaoji.subjects.evaluation.actions.score_evaluation import score_evaluation
from kaoji.subjects.evaluation.models import Evaluation, EvaluationReport
from kaoji.workflow.places import PlaceKind
from support.people import NOON, person, place

DUE = date(2027, 1, 31)
POINTS = evaluation_frames()["project-2020"].points
FULL = {item.name: (item.weight, "") for item in POINTS}


def experts() -> list[User]:
    agency = place("某事务所", PlaceKind.AGENCY, place())
    return [person("第三方", f"expert{number}", place(), agency=agency) for number in (1, 2, 3)]


def commissioned(
    approved: Declaration,
    who: User,
    people: list[User],
    combination: str = "mean",
    level: str = "finance",
    **more: Any,
) -> Evaluation:
    return commission_evaluation(
        approved, level=level, frame="project-2020", combination=combination,
        experts=people, due_on=DUE, acting_user=who, now=NOON, **more,
    )  # fmt: skip


def scored(
    made: Evaluation,
    expert: User,
    changes: Mapping[str, tuple[Decimal, str]] | None = None,
    *,
    is_independent: bool = False,
) -> None:
    score_evaluation(
        made, scores={**FULL, **(changes or {})}, opinion="可", is_independent=is_independent,
        acting_user=expert, now=NOON,
    )  # fmt: skip


def given_to_a_firm(approved: Declaration, who: User) -> Evaluation:
    """To 某事务所 for 38,000 yuan, one expert of whom scores; not reported yet."""
    [expert, *_] = experts()
    made = commissioned(
        approved, who, [expert], agency=place("某事务所", PlaceKind.AGENCY, place()),
        contract=("松绩合〔2026〕3号", Decimal(38_000)),
    )  # fmt: skip
    scored(made, expert, is_independent=True)
    return made


def reported(approved: Declaration, finance: User) -> EvaluationReport:
    """Three experts, of whom the middle one counts for satisfaction: 97 points."""
    people = experts()
    made = commissioned(approved, finance, people, "trimmed")
    for number, expert in enumerate(people):
        scored(made, expert, {"满意度": (Decimal(9 - 2 * number), "样本偏少")})
    return report_evaluation(
        made, findings="样本偏少", advice="扩大样本", acting_user=finance, now=NOON
    )
