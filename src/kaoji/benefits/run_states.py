"""Where a run stands and where it may go: one table.

    draft ─freeze▶ frozen ─compute▶ computed ─check▶ checked ─confirm▶ confirmed ─approve▶ approved
      ─file▶ filed ─send▶ sent ─reconcile▶ reconciled ─close▶ closed
    approved ─close▶ closed, where nothing is left to be paid
    any state before filed ─cancel▶ cancelled       computed … approved ─recompute▶ frozen

An approved run goes back to *frozen* when what was granted is no longer what it was reckoned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kaoji.core.speech import Sentence, say


class RunState(StrEnum):
    """Where a run stands."""

    DRAFT = "draft"
    FROZEN = "frozen"
    COMPUTED = "computed"
    CHECKED = "checked"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    FILED = "filed"
    SENT = "sent"
    RECONCILED = "reconciled"
    CLOSED = "closed"
    CANCELLED = "cancelled"


RUN_STATE_NAMES = {
    RunState.DRAFT: "草稿",
    RunState.FROZEN: "已冻结",
    RunState.COMPUTED: "已计算",
    RunState.CHECKED: "已清查",
    RunState.CONFIRMED: "已确认",
    RunState.APPROVED: "已审批",
    RunState.FILED: "已制盘",
    RunState.SENT: "已报盘",
    RunState.RECONCILED: "已对账",
    RunState.CLOSED: "已关闭",
    RunState.CANCELLED: "已撤销",
}
RUN_VERB_NAMES = {
    "freeze": "冻结",
    "compute": "计算",
    "check": "清查",
    "confirm": "确认",
    "approve": "审批",
    "file": "制盘",
    "send": "报盘",
    "reconcile": "对账",
    "close": "关闭",
    "cancel": "撤销",
    "recompute": "重算",
}

_WAY = tuple(RunState)[:10]
_VERBS = tuple(RUN_VERB_NAMES)[:9]
_BEFORE_FILED = _WAY[:6]

MOVES: Mapping[tuple[RunState, str], RunState] = {
    **{
        (state, verb): after for state, verb, after in zip(_WAY, _VERBS, _WAY[1:], strict=False)
    },
    (RunState.APPROVED, "close"): RunState.CLOSED,
    **{(state, "cancel"): RunState.CANCELLED for state in _BEFORE_FILED},
    **{(state, "recompute"): RunState.FROZEN for state in _BEFORE_FILED[2:]},
}

# A programme may have one such run for a town, whatever its month: two would pay one arrear twice.
OPEN = frozenset(_WAY[:5])


class UnableToMoveRun(ValueError):
    """A run may not go there from where it stands."""

    def __init__(self, state: RunState, verb: str) -> None:
        may = "、".join(RUN_VERB_NAMES[known] for at, known in MOVES if at is state)
        self.sentence: Sentence = say(
            "批次{state}，不能{verb}；可以：{may}",
            state=say(RUN_STATE_NAMES[state]),
            verb=say(RUN_VERB_NAMES[verb]),
            may=may or "—",
        )
        super().__init__(str(self.sentence))


def moved(state: RunState, verb: str) -> RunState:
    """The state after a verb. Raises UnableToMoveRun."""
    if (state, verb) not in MOVES:
        raise UnableToMoveRun(state, verb)
    return MOVES[state, verb]
