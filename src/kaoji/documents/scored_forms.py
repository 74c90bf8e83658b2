"""Score forms as they were read, and write the scores down: one way for the command line and the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kaoji.documents.checking import policy_for
from kaoji.documents.reading import FormReading
from kaoji.scoring.score_json import VERSION, Speak, scorecard_as_data
from kaoji.scoring.scorecard import Scorecard, score_form
from kaoji.standards.scoring import ScoringPolicy


@dataclass(frozen=True)
class ScoredForm:
    """A self-evaluation, its score, and the policy by which it was reckoned."""

    reading: FormReading
    card: Scorecard
    policy: ScoringPolicy


def score_readings(
    forms: Iterable[FormReading], *, year: int | None = None, region: str | None = None
) -> Iterator[ScoredForm]:
    """Score every self-evaluation by the policy of its year and region, or of those given.

    Other forms, and those of years without a policy, are left out.
    """
    for reading in forms:
        if reading.outcome is None or reading.outcome.kind != "self_evaluation":
            continue
        policy = policy_for(reading.form, year=year, region=region)
        if policy is not None:
            yield ScoredForm(reading, score_form(reading.form, reading.outcome, policy), policy)


def scored_as_data(scored: Iterable[ScoredForm], speak: Speak = str) -> dict[str, Any]:
    """The contract `score/1`."""
    forms = [
        scorecard_as_data(item.reading.form.project_name, item.card, item.policy, speak)
        for item in scored
    ]
    return {"kaoji": VERSION, "forms": forms}
