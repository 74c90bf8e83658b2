"""Save many forms of an intake in a process of its own, while whoever asked sees how far it is.

A few forms are saved while the person waits (confirm_intake); many would hold the page for minutes. What
is recorded, and with whose rights, is the same: the person's who asked, as they are when each form is
saved. A job that was killed goes on behind what stands; one that dies over and over is given up, and
that is told.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kaoji.core.speech import Sentence, kept, say
from kaoji.documents.reading_json import form_from_data
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.intake.actions.confirm_intake import (
    Aside,
    UnableToConfirm,
    chosen_of,
    confirm_intake,
)
from kaoji.subjects.intake.actions.open_intake import PENDING, BeingSaved, hold_open
from kaoji.subjects.intake.models import Confirmation, Intake

# More forms than this are saved aside.
MANY = 20
_MOST_TRIES = 2


def confirm_aside(
    intake: Intake, *, form_numbers: Collection[int], acting_user: User, now: datetime
) -> Confirmation:
    """Ask for these forms to be saved; asked twice, it is done once.

    What speaks against them already is said now. Raises UnableToConfirm, UnableToRecord,
    IntakeEnded, and BeingSaved while others of its forms are being saved.
    """
    readings = [form_from_data(form) for form in intake.reading["forms"]]
    chosen = chosen_of(readings, form_numbers, acting_user)
    with transaction.atomic():
        held = hold_open(intake, acting_user, while_saving=True)
        earlier = Confirmation.objects.filter(intake=held).first()
        if earlier is not None and earlier.is_pending:
            if earlier.form_numbers == chosen:
                return earlier
            raise BeingSaved(
                say("正在保存这次导入的 {count} 份表；请等它完成", count=earlier.count)
            )
        if held.reading != intake.reading:
            raise UnableToConfirm(say("这次导入刚被别人改过；请刷新后再保存"))
        Confirmation.objects.filter(intake=held).delete()
        asked = Confirmation.objects.create(
            intake=held, form_numbers=chosen, asked_at=now, asked_by=acting_user
        )
        save_confirmed.enqueue(asked.pk)
    asked.refresh_from_db()
    return asked


def seen(confirmation: Confirmation) -> None:
    """Whoever asked has seen what came of it."""
    Confirmation.objects.filter(pk=confirmation.pk).exclude(state__in=PENDING).delete()


@task
def save_confirmed(pk: int) -> None:
    """Save what was asked for. What was saved, refused or seen is left as it is."""
    asked = Confirmation.objects.filter(pk=pk, state__in=PENDING).first()
    if asked is None:
        return
    if asked.tries >= _MOST_TRIES:
        _refuse(pk, say("保存时几次中断，已停下；已保存的都在，请分几次保存其余的表"))
        return
    this = Confirmation.objects.filter(pk=pk)
    this.update(state=Confirmation.State.SAVING, tries=asked.tries + 1)
    try:
        confirm_intake(
            asked.intake,
            form_numbers=asked.form_numbers,
            acting_user=asked.asked_by,
            now=timezone.now(),
            aside=Aside(asked.saved, lambda done, saved: this.update(done=done, saved=saved)),
        )
    except UnableToAct as refusal:
        _refuse(pk, refusal.sentence)
    except Exception:
        _refuse(pk, say("保存时出错，已停下；已保存的都在，请再保存其余的表"))
        raise
    else:
        this.update(state=Confirmation.State.SAVED)


def _refuse(pk: int, sentence: Sentence) -> None:
    Confirmation.objects.filter(pk=pk).update(
        state=Confirmation.State.REFUSED, refusal=kept(sentence)
    )
