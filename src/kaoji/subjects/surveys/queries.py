"""What came in by a survey's open link: whether somebody looked at it, and whether it came in a burst."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from kaoji.subjects.surveys.models import Survey, SurveyAnswer

# So many questionnaires within a minute are no accident.
_BURST, _SPAN = 15, timedelta(minutes=1)


@dataclass(frozen=True)
class OpenAnswers:
    """*count* came by the link, *unseen* of them nobody has looked at; *burst* is the fullest minute, if it is full."""

    count: int
    unseen: int
    last: int
    burst: int
    burst_at: datetime | None


def open_answers(survey: Survey) -> OpenAnswers:
    """What came by the open link."""
    came = list(
        survey.given.filter(channel=SurveyAnswer.Channel.LINK)
        .order_by("made_at", "pk")
        .values_list("pk", "made_at")
    )
    look = survey.looks.order_by("-pk").first()
    seen = look.last_answer if look else 0
    burst, at = _fullest([moment for _, moment in came])
    return OpenAnswers(
        len(came),
        sum(key > seen for key, _ in came),
        max((key for key, _ in came), default=0),
        burst if burst >= _BURST else 0,
        at if burst >= _BURST else None,
    )


def _fullest(moments: list[datetime]) -> tuple[int, datetime | None]:
    """How many fall into the fullest minute, and when it began."""
    window: deque[datetime] = deque()
    most: tuple[int, datetime | None] = (0, None)
    for moment in moments:
        window.append(moment)
        while moment - window[0] > _SPAN:
            window.popleft()
        if len(window) > most[0]:
            most = (len(window), window[0])
    return most
