"""Tell on the site, and by e-mail where it is set up, whose turn it is after a move."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from kaoji.core.speech import say
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.turns import rights_in
from kaoji.workflow.moves import STATE_NAMES, VERB_NAMES, State
from kaoji.workflow.roles import MAY_FILE

# In these states a form waits for somebody who did not bring it there.
_HANDED_ON = frozenset({State.PREPARED, State.SUBMITTED, State.FORWARDED, State.RETURNED})
_CONCERNS_THE_UNIT = frozenset({"approve", "reject", "publish", "withdraw"})


def tell_whose_turn_it_is(
    declaration: Declaration, *, verb: str, acting_user: User, now: datetime
) -> None:
    """Tell those who act next, and the unit what was decided. Call it inside the transaction."""
    state = State(declaration.state)
    rights = rights_in(state) if state in _HANDED_ON else []
    sentence = say("“{project}”{state}，请办理", project=declaration.project_name,
                   state=say(STATE_NAMES[state]))  # fmt: skip
    if not rights and verb in _CONCERNS_THE_UNIT:
        rights = [MAY_FILE]
        sentence = say("“{project}”：{verb}", project=declaration.project_name,
                       verb=say(VERB_NAMES[verb]))  # fmt: skip
    people = people_at(declaration.organisation, rights, now=now)
    tell(people - {acting_user}, sentence, declaration=declaration, now=now)
