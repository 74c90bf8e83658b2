"""A step of a rectification: answer it, close it, send it back, give more time."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.rectification.models import Rectification, RectificationStep
from kaoji.subjects.rectification.queries import State, due_day, state_of
from kaoji.workflow.roles import MAY_FILE, MAY_FOLLOW

_EVENTS = {
    "answer": "rectification.answer",
    "accept": "rectification.accept",
    "return": "rectification.return",
    "extend": "rectification.extend",
}
_OPEN_FOR = {
    "answer": {State.OPEN},
    "accept": {State.ANSWERED},
    "return": {State.ANSWERED},
    "extend": {State.OPEN, State.ANSWERED},
}


def step_rectification(
    rectification: Rectification,
    kind: str,
    *,
    text: str,
    file: tuple[str, bytes] | None = None,
    due_on: date | None = None,
    acting_user: User,
    now: datetime,
) -> RectificationStep:
    """Answer, accept, return or extend. Raises UnableToAct where the step is not open."""
    if kind not in _OPEN_FOR:
        raise UnableToAct(say("没有“{kind}”这个步骤", kind=kind))
    require(acting_user, MAY_FILE if kind == "answer" else MAY_FOLLOW, rectification.place)
    if not text.strip():
        raise UnableToAct(say("请写明内容"))
    with transaction.atomic():
        held = (
            Rectification.objects.select_for_update(of=("self",))
            .select_related("place", "declaration")
            .get(pk=rectification.pk)
        )
        if state_of(held) not in _OPEN_FOR[kind]:
            raise UnableToAct(say("这件整改现在不能这样办；请看最近的一步"))
        if kind == "extend" and (due_on is None or due_on <= due_day(held)):
            raise UnableToAct(say("延期要写一个晚于 {day} 的日期", day=due_day(held)))
        step = RectificationStep.objects.create(
            rectification=held,
            kind=kind,
            text=text.strip(),
            document=kept_file(file, acting_user, now),
            due_on=due_on if kind == "extend" else None,
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            _EVENTS[kind],
            at=now,
            actor=acting_user,
            declaration=held.declaration,
            payload={
                "rectification": held.pk,
                "text": step.text[:60],
                "due_on": due_on.isoformat() if due_on else "",
            },
            rows=[step],
        )
        told = [MAY_FOLLOW] if kind == "answer" else [MAY_FILE]
        sentence = say(
            "整改“{finding}”：{step}", finding=held.finding[:40], step=step.text[:60]
        )
        people = people_at(held.place, told, now=now)
        tell(people - {acting_user}, sentence, declaration=held.declaration, now=now)
    return step
