"""Which events of a form not everybody is told who sees the form: each room says it of its own.

A room's `events.py` brings CONFIDED: by type of event a function of the person and the form, which gives whether an
event may be told to that person now; or NOBODY, where each by itself is no matter for the form's own history.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth.models import User

from kaoji.platform.events.models import Event
from kaoji.platform.rooms import brought

MayBeTold = Callable[[Event], bool]
Confiding = Callable[[User, Any], MayBeTold]


def NOBODY(person: User, declaration: Any) -> MayBeTold:  # noqa: N802 - a constant of this shape
    """It stands in the log alone."""
    return lambda event: False


@cache
def confided() -> dict[str, Confiding]:
    """By type of event who is told of it."""
    return brought("events", "CONFIDED")
