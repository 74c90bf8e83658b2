"""Confirm an account that came after a run was frozen: until a second person has, the one before it is paid to."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.benefits.identity import veiled
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import hold_place, require_free
from kaoji.subjects.benefits.models import AccountConfirmation, PayeeAccount
from kaoji.workflow.roles import MAY_CHECK_BENEFITS

_LONGEST = 500


def confirm_account(
    account: PayeeAccount, *, reason: str, acting_user: User, now: datetime
) -> AccountConfirmation:
    """Stand for it, with the paper it rests on; never who received the list that brought it. Raises UnableToAct."""
    require(acting_user, MAY_CHECK_BENEFITS, account.person.place)
    if not reason.strip():
        raise UnableToAct(say("请写明核实的依据"))
    if account.list.made_by_id == acting_user.pk:
        raise UnableToAct(say("接收这份名单的人不能核实其中的账户，请换一人"))
    with transaction.atomic():
        hold_place(account.person.place)
        require_free(account.person.place, Duty.CHECK, acting_user)
        held = PayeeAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if AccountConfirmation.objects.filter(account=held).exists():
            raise UnableToAct(say("这个账户已经有人核实"))
        latest = held.person.accounts.last()
        if latest is not None and latest.pk != held.pk:
            raise UnableToAct(say("这个账户之后又有变更，请核实最新的账户"))
        confirmation = AccountConfirmation.objects.create(
            account=held,
            reason=veiled(reason.strip())[:_LONGEST],
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "benefits.account_confirmed",
            at=now,
            actor=acting_user,
            payload={
                "person": held.person_id,
                "who": held.person.name_masked,
                "account": str(held),
                "reason": confirmation.reason,
            },
            rows=[confirmation],
        )
    return confirmation
