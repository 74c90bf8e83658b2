"""What has to be done somewhere by a day: what rooms bring in `due.DEADLINES`, for the schedule and for reminders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from kaoji.core.speech import Sentence
from kaoji.platform.organisation.models import Organisation


@dataclass(frozen=True)
class Deadline:
    """*left* pieces of work in a place, to be done by a day by whoever holds *right* there, or of them by *only* these people.

    *step* is the key of the step in the schedule, *year* the budget year, *address* the page where it is done.
    Nothing *left* is a deadline too: that it was met.
    """

    step: str
    year: int
    day: date
    title: Sentence
    place: Organisation
    right: str
    left: int
    address: str
    only: tuple[User, ...] = ()


# From one day to another, both included, as it stands today.
Deadlines = Callable[[date, date, date], Iterator[Deadline]]
