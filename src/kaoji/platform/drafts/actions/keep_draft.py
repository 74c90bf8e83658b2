"""Keep what somebody has typed so far. A draft is no record, so without an event."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from kaoji.core.speech import say
from kaoji.platform.drafts.models import LONGEST_NAME, Draft
from kaoji.platform.refusals import UnableToAct

MOST_LETTERS, MOST_FORMS = 200_000, 300
# Longer than any form waits for its window.
KEPT_FOR = timedelta(days=90)

Content = list[list[str]]


class DraftIsNewer(UnableToAct):
    """Another page kept the form meanwhile; *held* is what it kept."""

    def __init__(self, held: Draft) -> None:
        self.held = held
        super().__init__(say("这份表在另一个窗口里也写过；请先选以哪边为准"))


def keep_draft(
    form: str, content: Content, *, seen: int, acting_user: User, now: datetime
) -> Draft:
    """Keep *content* for the person and form; *seen* is the version that the page knows of, 0 for none.

    Drafts that nobody touched for 90 days go, whosever they are. Raises DraftIsNewer, UnableToAct for what is too long.
    """
    if not form or len(form) > LONGEST_NAME:
        raise UnableToAct(say("没有名为“{form}”的表单", form=form[:40]))
    if len(json.dumps(content, ensure_ascii=False)) > MOST_LETTERS:
        raise UnableToAct(say("太长了，草稿存不下；请先提交，或分次填写"))
    try:
        with transaction.atomic():
            return _kept(form, content, seen, acting_user, now)
    except IntegrityError as race:
        held = Draft.objects.filter(person=acting_user, form=form).first()
        if held is None:
            raise
        raise DraftIsNewer(held) from race


def _kept(form: str, content: Content, seen: int, person: User, now: datetime) -> Draft:
    mine = Draft.objects.filter(person=person)
    held = mine.select_for_update().filter(form=form).first()
    if held is not None and held.version != seen:
        raise DraftIsNewer(held)
    old = Draft.objects.filter(kept_at__lt=now - KEPT_FOR)
    (old.exclude(pk=held.pk) if held else old).delete()
    if held is None:
        if mine.count() >= MOST_FORMS:
            raise UnableToAct(
                say("您的草稿已满 {count} 份；请先提交或丢弃一些", count=MOST_FORMS)
            )
        # A page whose draft was dropped goes on counting, so that the other page notices.
        return Draft.objects.create(
            person=person, form=form, content=content, version=seen + 1, kept_at=now
        )
    held.content, held.version, held.kept_at = content, held.version + 1, now
    held.save()
    return held
