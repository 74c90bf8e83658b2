"""Remind those who have something left to do that its last day is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import Sentence, kept, restored, say
from kaoji.platform.notices.actions.notify import people_at, send_mails
from kaoji.platform.notices.deadlines import Deadline
from kaoji.platform.notices.models import Notice
from kaoji.platform.rooms import brought
from kaoji.standards.languages import speaker
from kaoji.standards.schedule import step_of


@dataclass(frozen=True)
class Reminded:
    """How many notices stand for today, how many of them went out by e-mail now, and which could not."""

    notices: int
    mailed: int = 0
    failed: tuple[str, ...] = ()


def remind(*, days: int, now: datetime) -> Reminded:
    """One notice for each person, year and step whose last day is within *days* from today.

    However often it runs on a day, nobody is told twice; e-mail that failed is tried again by the
    next run. It is sent here and now, so that whoever runs this hears of a failure.
    """
    today = localdate(now)
    waiting = _waiting(today, days, now)
    with transaction.atomic():
        known = set(
            Notice.objects.filter(topic__in=[topic for _, topic in waiting], made_at__date=today)
            .values_list("person_id", "topic")
        )  # fmt: skip
        Notice.objects.bulk_create(
            Notice(person=person, sentence=kept(sentence), topic=topic, made_at=now)
            for (person, topic), sentence in waiting.items()
            if (person.pk, topic) not in known
        )
    mailed, failed = _send_open(today, now) if settings.EMAIL_HOST else (0, [])
    return Reminded(len(waiting), mailed, tuple(failed))


def _send_open(today: date, now: datetime) -> tuple[int, list[str]]:
    """Send today's reminders that have not gone out; how many did, and to whom it failed."""
    still = Notice.objects.filter(made_at__date=today, mailed_at=None).exclude(topic="")
    mailed, failed = 0, []
    for notice in still.exclude(person__email="").select_related("person"):
        text = speaker("zh")(restored(notice.sentence))
        try:
            send_mails(text, [notice.person.email])
        except (OSError, SMTPException) as error:
            failed.append(f"{notice.person.email} ({error})")
        else:
            Notice.objects.filter(pk=notice.pk).update(mailed_at=now)
            mailed += 1
    return mailed, failed


def _deadlines(today: date, last: date) -> Iterator[Deadline]:
    """What is left to do from today to a day, in every room."""
    for found in brought("due", "DEADLINES").values():
        yield from (item for item in found(today, last, today) if item.left)


def _waiting(today: date, days: int, now: datetime) -> dict[tuple[User, str], Sentence]:
    """For each person and topic (year and step) what is to be said."""
    left: Counter[tuple[User, str]] = Counter()
    soonest: dict[tuple[User, str], Deadline] = {}
    people: dict[tuple[int, str], set[User]] = {}
    for item in _deadlines(today, today + timedelta(days)):
        at = item.place.pk, item.right
        if at not in people:
            people[at] = people_at(item.place, [item.right], now=now)
        for person in people[at].intersection(item.only or people[at]):
            key = person, f"remind:{item.year}:{item.step}"
            left[key] += item.left
            if key not in soonest or item.day < soonest[key].day:
                soonest[key] = item
    return {key: _reminder(item, left[key]) for key, item in soonest.items()}


def _reminder(item: Deadline, count: int) -> Sentence:
    name = step_of(item.year, item.step).name
    return say(
        "{year} 年{stage}于 {day} 截止，还有 {count} 份等您办理",
        year=item.year,
        stage=say(name),
        day=item.day.isoformat(),
        count=count,
    )
