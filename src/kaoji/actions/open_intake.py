"""Hold an intake for an action: locked, fresh, and still open."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.actions.permission import NotPermitted, UnableToAct
from kaoji.core.speech import say
from kaoji.records.models import Intake


class IntakeEnded(UnableToAct):
    """The intake was confirmed or discarded before."""


def hold_open(intake: Intake, acting_user: User) -> Intake:
    """The intake as the database has it now, locked until the transaction ends.

    Only the person who opened it may go on with it, or an administrator. Raises NotPermitted
    for others and IntakeEnded when it was confirmed or discarded in the meantime.
    """
    held = Intake.objects.select_for_update().get(pk=intake.pk)
    if held.opened_by_id != acting_user.pk and not acting_user.is_superuser:
        raise NotPermitted(say("这次导入由别人经办；请联系经办人或管理员"))
    if held.state != Intake.State.OPEN:
        raise IntakeEnded(say("该导入已结束，不能再改"))
    return held
