"""A job that does all there is to do is asked for once, and begins as soon as the soonest wish."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kaoji.platform.jobs.queue import ask_once
from kaoji.subjects.declarations.actions.learn_indicators import learn_what_waits
from support.queued import QUEUE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("first", "second", "jobs"), [(1, 60, 1), (60, 60, 1), (60, 1, 2)])
def test_who_wants_it_sooner_does_not_wait_for_one_that_begins_later(
    settings, first: int, second: int, jobs: int
):
    settings.TASKS = QUEUE
    with transaction.atomic():
        for seconds in (first, second):
            ask_once(learn_what_waits, within=timedelta(seconds=seconds))

    assert DBTaskResult.objects.count() == jobs
