"""Tell on the site, and by e-mail where it is set up, whose turn it is after a move."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from kaoji.core.speech import say
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.moves import STATE_NAMES, VERB_NAMES, State
from kaoji.workflow.roles import (
    MAY_FILE,
    MAY_REVIEW_FOR_BUDGET,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
    MAY_REVIEW_IN_UNIT,
)

# Whom a form waits for, by its state, and whom else a move concerns.
_WAITS_FOR = {
    State.PREPARED: (MAY_REVIEW_IN_UNIT,),
    State.SUBMITTED: (MAY_REVIEW_FOR_DEPARTMENT,),
    State.FORWARDED: (MAY_REVIEW_FOR_BUDGET, MAY_REVIEW_FOR_FINANCE),
    State.RETURNED: (MAY_FILE,),
}
_CONCERNS_THE_UNIT = frozenset({"approve", "reject", "publish", "withdraw"})


def tell_whose_turn_it_is(
    declaration: Declaration, *, verb: str, acting_user: User, now: datetime
) -> None:
    """Tell those who act next, and the unit what was decided. Call it inside the transaction."""
    rights = _WAITS_FOR.get(State(declaration.state), ())
    sentence = say("“{project}”{state}，请办理", project=declaration.project_name,
                   state=say(STATE_NAMES[State(declaration.state)]))  # fmt: skip
    if not rights and verb in _CONCERNS_THE_UNIT:
        rights = (MAY_FILE,)
        sentence = say("“{project}”：{verb}", project=declaration.project_name,
                       verb=say(VERB_NAMES[verb]))  # fmt: skip
    people = people_at(declaration.organisation, rights, now=now)
    tell(people - {acting_user}, sentence, declaration=declaration, now=now)
