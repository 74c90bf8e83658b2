"""Taking back what one has just done: moves between reviewers, for a while, as long as nobody went on from there.

What only hands a form on or back inside the administration may be taken back for half an hour by whoever did it. What
tells somebody outside, or puts something in force (批复, 不予通过, 公开, 撤下), is a decision that was made known: it is
shown once more before it is made, and undone only by the move that the rules name for it. A submission has its own move,
`recall`, which needs no clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kaoji.core.speech import Sentence, say
from kaoji.workflow.moves import VERB_NAMES

# Practice, not law: long enough to see a slip, too short to build upon.
OPEN_FOR = timedelta(minutes=30)
TAKEN_BACK = frozenset({"endorse", "forward", "return"})


def why_not_taken_back(
    verb: str, *, made_at: datetime, now: datetime, is_own: bool, is_last: bool
) -> Sentence | None:
    """Why the move cannot be taken back any more; None where it can.

    *is_own* tells whether who asks made it, *is_last* whether nothing happened to the form since.
    """
    name = say(VERB_NAMES[verb])
    if verb not in TAKEN_BACK:
        return say("“{verb}”不能收回", verb=name)
    if not is_own:
        return say("只有办理的人可以收回")
    if not is_last:
        return say("这份表之后已有人办理，不能再收回“{verb}”", verb=name)
    if now - made_at > OPEN_FOR:
        minutes = int(OPEN_FOR.total_seconds()) // 60
        return say("“{verb}”已过 {minutes} 分钟，不能再收回", verb=name, minutes=minutes)
    return None
