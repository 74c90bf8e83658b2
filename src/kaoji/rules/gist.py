r"""What a reader is told first: every error, one remark a row, ten a form; the rest is counted.

>>> from kaoji.core import notation
>>> from kaoji.rules.engine import check
>>> form = notation.parse("项目: 农村道路养护\n产出指标 / 质量指标 / 加强路面管理: 较高")
>>> told, left = gist(check(form).findings)
>>> len(told) <= 10, left >= 1
(True, True)
"""

from __future__ import annotations

from collections.abc import Sequence

from kaoji.core.finding import Outcome, Severity
from kaoji.core.indicator import Indicator
from kaoji.rules.engine import RuleFinding

MOST_AT_FIRST = 10
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def gist(
    findings: Sequence[RuleFinding], most: int = MOST_AT_FIRST
) -> tuple[list[RuleFinding], int]:
    """The remarks to show first, in the order of the report, and how many are left."""
    kept: list[RuleFinding] = []
    rows: set[int] = set()
    for item in sorted(findings, key=_weight):
        about = item.finding.about
        row = about.position if isinstance(about, Indicator) else None
        is_error = item.outcome is Outcome.FOUND and item.severity is Severity.ERROR
        if is_error or (len(kept) < most and row not in rows):
            kept.append(item)
            if row is not None:
                rows.add(row)
    chosen = {id(item) for item in kept}
    shown = [item for item in findings if id(item) in chosen]
    return shown, len(findings) - len(shown)


def _weight(item: RuleFinding) -> tuple[bool, int, bool]:
    """Found before undecided, the graver first; of equals first what only a comparison with another form shows."""
    undecided = item.outcome is Outcome.UNDECIDED
    return undecided, _WEIGHT[item.severity], not item.rule.conditions
