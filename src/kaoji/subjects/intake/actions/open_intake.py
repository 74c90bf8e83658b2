"""Hold an intake for an action: locked, fresh, still open; take a form out and put it back."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.core.speech import kept, say
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_as_data, form_from_data
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.intake.models import Confirmation, Intake

PENDING = [Confirmation.State.WAITING, Confirmation.State.SAVING]


class IntakeEnded(UnableToAct):
    """The intake was confirmed or discarded before."""


class BeingSaved(UnableToAct):
    """Somebody asked for it to be saved, and that is being done."""


class NoSuchForm(UnableToAct):
    """The intake has fewer forms."""


def hold_open(intake: Intake, acting_user: User, *, while_saving: bool = False) -> Intake:
    """The intake as the database has it now, locked until the transaction ends.

    Only the person who opened it may go on with it, or an administrator. Raises NotPermitted
    for others, IntakeEnded when it was confirmed or discarded in the meantime, and BeingSaved for
    all but the process that saves it: nobody changes the reading then, and it is not read again.
    """
    intakes = Intake.objects.select_for_update()
    if while_saving:
        intakes = intakes.defer("reading", "original", "rows")
    held = intakes.get(pk=intake.pk)
    if held.opened_by_id != acting_user.pk and not acting_user.is_superuser:
        raise NotPermitted(say("这次导入由别人经办；请联系经办人或管理员"))
    if held.state != Intake.State.OPEN:
        raise IntakeEnded(say("该导入已结束，不能再改"))
    if not while_saving and Confirmation.objects.filter(intake=held, state__in=PENDING):
        raise BeingSaved(say("正在保存这次导入；请等它完成"))
    return held


def form_of(held: Intake, number: int) -> FormReading:
    """One of its forms, counted from 0. Raises NoSuchForm."""
    forms = held.reading["forms"]
    if not 0 <= number < len(forms):
        raise NoSuchForm(say("没有第 {number} 份表", number=number + 1))
    return form_from_data(forms[number])


def put_form(held: Intake, number: int, form: FormReading) -> None:
    """Keep a changed form with the intake."""
    held.reading["forms"][number] = form_as_data(form, kept)
    held.save(update_fields=["reading"])
