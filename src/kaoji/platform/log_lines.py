"""How a line of the program's log looks: when, how grave, from where, for which request, what.

    2026-11-28T14:50:01.123+08:00 INFO kaoji.access 8f1c2a9b03d4e5f6 GET /declarations/ 200 …

With `KAOJI_LOG=json` each line is an object with the same parts, and those of a request beside them. What is
written while a request is answered carries its number, which the page of an error shows too.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

# The number of the request that this thread answers now; empty between requests.
request_number: ContextVar[str] = ContextVar("request_number", default="")

_ZONE = ZoneInfo("Asia/Shanghai")
_NONE = "-"


class _Lines(logging.Formatter):
    """What both ways of writing have in common."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's own name
        """The moment with milliseconds and zone, as ISO 8601 has it."""
        return datetime.fromtimestamp(record.created, _ZONE).isoformat(timespec="milliseconds")


class TextLines(_Lines):
    """A line for people and for `grep`; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it; line breaks within a message are escaped, so that nobody can pretend a line."""
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        number = request_number.get() or _NONE
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {number} {message}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(_Lines):
    """An object a line, for a program that collects logs; `request_…` are the parts of an access line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write it."""
        told: dict[str, Any] = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "request": request_number.get() or None,
            "message": record.getMessage(),
            **getattr(record, "parts", {}),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)
