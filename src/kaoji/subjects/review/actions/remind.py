"""Remind those who have something left to do that its window closes soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from kaoji.core.speech import Sentence, kept, restored, say
from kaoji.platform.notices.actions.notify import people_at, send_mails
from kaoji.platform.notices.models import Notice
from kaoji.platform.rooms import brought
from kaoji.standards.languages import speaker
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import STAGE_NAMES, Stage, State
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_DEPARTMENT, MAY_REVIEW_FOR_FINANCE

# What has to be done by the end of which stage, and by whom.
_DUE = {
    State.DRAFT: (Stage.DECLARE, MAY_FILE),
    State.ADJUSTING: (Stage.ADJUST, MAY_FILE),
    State.SUBMITTED: (Stage.DEPARTMENT_REVIEW, MAY_REVIEW_FOR_DEPARTMENT),
    State.FORWARDED: (Stage.FINANCE_REVIEW, MAY_REVIEW_FOR_FINANCE),
}


@dataclass(frozen=True)
class Reminded:
    """How many notices stand for today, how many of them went out by e-mail now, and which could not."""

    notices: int
    mailed: int = 0
    failed: tuple[str, ...] = ()


def remind(*, days: int, now: datetime) -> Reminded:
    """One notice for each person, year and stage whose window closes within *days* from today.

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


def _due(today: date) -> Iterator[tuple[Declaration, Stage, str]]:
    """The forms that have to be moved on, then what rooms bring: each with its stage, and the right to do it."""
    moving = Declaration.objects.filter(state__in=list(_DUE))
    for form in _light(moving):
        yield (form, *_DUE[State(form.state)])
    for stage, (right, left) in brought("due", "DUE").items():
        for form in _light(left(on=today)):
            yield form, Stage(stage), right


def _light(found: QuerySet[Declaration]) -> Iterator[Declaration]:
    return found.select_related("organisation").defer("search_text").iterator()


def _waiting(today: date, days: int, now: datetime) -> dict[tuple[User, str], Sentence]:
    """For each person and topic (year and stage) what is to be said."""
    due = list(_due(today))
    calendar = Calendar({form.year for form, _, _ in due})
    waiting: dict[tuple[User, int | None, Stage], int] = defaultdict(int)
    soonest: dict[tuple[User, int | None, Stage], str] = {}
    people: dict[tuple[int, str], set[User]] = {}
    for form, stage, right in due:
        window = calendar.windows_for(form.year, form.organisation).get(stage)
        if window is None or not today <= window[1] <= today + timedelta(days):
            continue
        at = form.organisation_id, right
        if at not in people:
            people[at] = people_at(form.organisation, [right], now=now)
        for person in people[at]:
            key = person, form.year, stage
            waiting[key] += 1
            last = window[1].isoformat()
            soonest[key] = min(soonest.get(key, last), last)
    return {
        (person, f"remind:{year}:{stage}"): say(
            "{year} 年{stage}于 {day} 截止，还有 {count} 份等您办理",
            year=year,
            stage=say(STAGE_NAMES[stage]),
            day=soonest[person, year, stage],
            count=count,
        )
        for (person, year, stage), count in waiting.items()
    }
