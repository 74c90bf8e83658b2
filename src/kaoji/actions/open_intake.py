"""Hold an intake for an action: locked, fresh, and still open."""

from __future__ import annotations

from kaoji.actions.permission import UnableToAct
from kaoji.core.speech import say
from kaoji.records.models import Intake


class IntakeEnded(UnableToAct):
    """The intake was confirmed or discarded before."""


def hold_open(intake: Intake) -> Intake:
    """The intake as the database has it now, locked until the transaction ends.

    Raises IntakeEnded when somebody confirmed or discarded it in the meantime.
    """
    held = Intake.objects.select_for_update().get(pk=intake.pk)
    if held.state != Intake.State.OPEN:
        raise IntakeEnded(say("该导入已结束，不能再改"))
    return held
