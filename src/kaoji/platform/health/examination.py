"""Everything looked at, in the order in which one would: the ground first, then what stands on it."""

from __future__ import annotations

import platform
from datetime import datetime

from django.conf import settings

from kaoji import __version__
from kaoji.core.speech import say
from kaoji.platform.health.database import REACHED, look_at_database
from kaoji.platform.health.folder import look_at_folder
from kaoji.platform.health.line import Condition, Line, fine
from kaoji.platform.health.settings import look_at_keepers, look_at_settings
from kaoji.platform.health.surroundings import look_around
from kaoji.platform.health.work import look_at_work


def examine(now: datetime, *, ask_mail: bool) -> list[Line]:
    """All lines. What cannot be looked at because something under it is broken has no line."""
    lines = [_version(), *look_at_folder(settings.DATABASES["default"]), *look_at_database(now)]
    reached = any(line.name == REACHED and line.condition is Condition.OK for line in lines)
    if reached:
        lines += look_at_work(now)
    lines += look_at_settings()
    if reached:
        lines += look_at_keepers()
    return [*lines, *look_around(ask_mail=ask_mail)]


def _version() -> Line:
    python = platform.python_version()
    told = say("考绩 {version}，Python {python}", version=__version__, python=python)
    return fine("kaoji.version", say("程序版本"), told)
