"""How a line of the program's log looks: when, how grave, from where, for which request, what.

    2026-11-28T14:50:01.123+08:00 INFO kaoji.access 8f1c2a9b03d4e5f6 GET /declarations/ 200 …

With `KAOJI_LOG=json` each line is an object with the same parts, and those of a request beside them. What is
written while a request is answered, or about it afterwards, carries its number, which the page of an error shows too.

Whoever writes a line – we, Django, the web server – two things hold of all of them, because both are done here:
signs that break a line or turn it around are escaped, so that nobody pretends another; and the code of a survey,
which opens it, is left out of every address.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

# The number of the request that this thread answers now; empty between requests.
request_number: ContextVar[str] = ContextVar("request_number", default="")
# Under this name a request keeps its number for what is written when its answer is on its way.
NUMBER_OF_REQUEST = "kaoji_number"

_ZONE = ZoneInfo("Asia/Shanghai")
_NONE = "-"
# The address of a survey to answer (config/urls.py), as it is typed or percent-encoded.
_SURVEY = re.compile(r"((?:/|%2F)s(?:/|%2F))(?:(?!%2F)[^/\s?#\"'<>])+", re.IGNORECASE)
# Controls, what ends a line elsewhere, what turns the direction of writing around, and halves of signs.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def without_codes(text: str) -> str:
    """The text with the code of every survey's address left out.

    >>> without_codes("Not Found: /jixiao/s/k3Jd82/x, /static/s.css")
    'Not Found: /jixiao/s/…/x, /static/s.css'
    """
    return _SURVEY.sub(r"\1…", text)


def visible(text: str) -> str:
    r"""The text on one line, with what nobody sees written out.

    >>> visible("a\nb\x1b[1mc\u2028")
    'a\\nb\\u001b[1mc\\u2028'
    """
    return _UNSEEN.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04x}"), text)


def shown_path(path: str) -> str:
    r"""The path of a request as one word: encoded as it was asked for, without the code of a survey.

    >>> shown_path('/s/k3Jd82/'), shown_path('/x" 200\n路')
    ('/s/…/', '/x%22%20200%0A%E8%B7%AF')
    """
    return without_codes(quote(path, safe="/:@!$&'()*+,;=", errors="replace"))


class _Lines(logging.Formatter):
    """What both ways of writing have in common."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's own name
        """The moment with milliseconds and zone, as ISO 8601 has it."""
        return datetime.fromtimestamp(record.created, _ZONE).isoformat(timespec="milliseconds")

    def traceback_of(self, record: logging.LogRecord) -> str | None:
        """Where it failed, and, below, where the line was written from if it says so."""
        told = [self.formatException(record.exc_info)] if record.exc_info else []
        told += [self.formatStack(record.stack_info)] if record.stack_info else []
        return without_codes("\n".join(told)) if told else None


class TextLines(_Lines):
    """A line for people and for `grep`; a traceback follows on lines of its own, each of them indented."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it; no message and no traceback can pretend a line."""
        message = visible(without_codes(record.getMessage()))
        number = _number(record) or _NONE
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {number} {message}"
        traceback = self.traceback_of(record)
        if traceback is None:
            return line
        return "\n    ".join([line, *map(visible, traceback.split("\n"))])


class JsonLines(_Lines):
    """An object a line, for a program that collects logs; `request_…` are the parts of an access line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it."""
        told: dict[str, Any] = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "request": _number(record) or None,
            "message": without_codes(record.getMessage()),
            **getattr(record, "parts", {}),
        }
        traceback = self.traceback_of(record)
        if traceback is not None:
            told["traceback"] = traceback
        # What JSON itself leaves as it is stands within strings only, where the escape says the same.
        return visible(json.dumps(told, ensure_ascii=False, default=str))


def _number(record: logging.LogRecord) -> str:
    """The number of the request that is answered, or that the line is about."""
    about: str = getattr(getattr(record, "request", None), NUMBER_OF_REQUEST, "")
    return request_number.get() or about
