"""How often each rule was right on labelled forms; measured by `python -m accuracy`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Accuracy:
    """What a rule found rightly, missed and reported wrongly, on real forms and mutants.

    *on_sample* counts its findings on the 17 sample forms, right or wrong.
    """

    right: int
    missed: int
    false_alarms: int
    undecided: int
    right_on_real_forms: int
    on_sample: int

    @property
    def precision(self) -> float | None:
        """Of what it reported, the share that was right; None when it reported nothing."""
        reported = self.right + self.false_alarms
        return self.right / reported if reported else None

    @property
    def recall(self) -> float | None:
        """Of what it should have reported, the share that it did; None when there was nothing."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else None


@cache
def accuracies() -> dict[str, Accuracy]:
    """The last measurement, by the id of the rule."""
    text = resources.files("kaoji.rules").joinpath("accuracy.json").read_text("utf-8")
    return {rule: Accuracy(**figures) for rule, figures in json.loads(text).items()}
