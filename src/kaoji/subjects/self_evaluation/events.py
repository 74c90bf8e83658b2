"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.happened import Happened
from kaoji.platform.events.told import Told
from kaoji.subjects.review.events import STORIES as OF_REVIEW
from kaoji.subjects.self_evaluation.models import Recheck, RecheckSample, SelfEvaluation
from kaoji.subjects.self_evaluation.queries import refresh_standing

STORIES = {
    "evaluation.filed": "报送第 {number} 次自评：{total} 分，{grade}",
    "recheck.drawn": "抽取 {count} 份自评复核（种子 {seed}）",
    "recheck.made": "复核第 {number} 次自评：{before} 分改为 {total} 分，{grade}",
}
AUDITED = {
    "self_evaluations": Told(SelfEvaluation),
    "recheck_samples": Told(RecheckSample, shows_files=True),
    "rechecks": Told(Recheck, shows_files=True),
}


def keep_standing(happened: Happened) -> None:
    """Write anew how promises in force stand, after something of them changed."""
    for declaration in happened.declarations():
        if declaration.approved_revision is not None:
            refresh_standing(declaration)


# What changes how a promise in force stands: its moves and revisions, values, spending, what is scored.
CHANGES_STANDING = (
    *(name for name in OF_REVIEW if name.startswith("declaration.")),
    "declaration.revised",
    "measure.set",
    "actual.recorded",
    "actuals.taken",
    "spending.recorded",
    "spendings.imported",
    "spendings.reported",
    "evaluation.filed",
    "recheck.made",
)
REACTIONS = dict.fromkeys(CHANGES_STANDING, keep_standing)
