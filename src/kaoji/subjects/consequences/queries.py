"""What became of the same project a year ago, and what the policy proposes for its money now.

The proposal never decides: it stands beside the form with every rule that spoke.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaoji.rules.engine import region_of
from kaoji.rules.naming import bare_name
from kaoji.scoring.explained_score import rounded
from kaoji.standards.consequences import PROPOSAL_NAMES, Facts, Proposal, proposal_for
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.evaluation.models import EvaluationReport
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, overdue, with_state
from kaoji.subjects.results.queries.results import Result, results_of
from kaoji.subjects.self_evaluation.queries import score_in_force


@dataclass(frozen=True)
class LastYear:
    """The results of the year before: score and grade in force, execution in percent, what was found."""

    declaration: Declaration
    score: Decimal | None
    grade: str | None
    rate: Decimal | None
    rows: tuple[Result, ...]
    reports: tuple[EvaluationReport, ...]
    unfinished: tuple[Rectification, ...]
    proposal: Proposal

    @property
    def proposed(self) -> str | None:
        """What the proposal is called."""
        return PROPOSAL_NAMES[self.proposal.then] if self.proposal.then else None

    @property
    def reached(self) -> dict[str, str]:
        """By bare name of the indicator the value that was reached."""
        return {
            bare_name(row.indicator.level3): row.actual.value
            for row in self.rows
            if row.indicator.level3 and row.actual
        }

    def in_words(self) -> str:
        """The results as they are carried into next year's form."""
        parts = [f"{self.declaration.year} 年"]
        if self.score is not None:
            parts.append(f"自评（复核后）{self.score:.2f} 分，等级{self.grade}")
        if self.rate is not None:
            parts.append(f"预算执行率 {self.rate:.2f}%")
        missed = [row.indicator.level3 or "" for row in self.rows if row.is_missed]
        parts.append(
            f"未完成 {len(missed)} 项" + (f"（{'、'.join(missed)}）" if missed else "")
        )
        parts += [f"评价指出：{report.findings}" for report in self.reports]
        return "；".join(parts)


def results_for(earlier: Declaration, *, on: date) -> LastYear | None:
    """The results of a promise as they bear on the next year; None where nothing was in force."""
    if earlier.approved_revision is None or earlier.year is None:
        return None
    try:
        results = results_of(earlier, as_of=date(earlier.year, 12, 31))
    except NoScoringPolicy:
        return None
    score = score_in_force(earlier)
    reports = EvaluationReport.objects.filter(evaluation__declaration=earlier).defer("document")
    demands = Rectification.objects.filter(declaration=earlier)
    rate = rounded(results.rate) if results.rate is not None and results.months else None
    latest = reports.first()
    grade = latest.grade if latest else score[1] if score else None
    facts = Facts(grade, rate, bool(overdue(demands, on=on).exists()))
    return LastYear(
        earlier,
        score[0] if score else None,
        score[1] if score else None,
        rate,
        results.rows,
        tuple(reports),
        tuple(with_state(demands).exclude(state=State.CLOSED)),
        proposal_for(facts, on=on, region=region_of(results.form)),
    )
