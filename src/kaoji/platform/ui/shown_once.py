"""What is shown once, on the page after the one where it came to be: until then it lies in the session, sealed.

The sessions stand in the database and in its backups, where no key of anybody is to be read.
"""

from __future__ import annotations

from django.http import HttpRequest

from kaoji.platform.sealing import BrokenSeal, opened, sealed

_PURPOSE = "shown-once."


def keep_to_show(request: HttpRequest, name: str, text: str) -> None:
    """For the next page that asks for *name* in this session."""
    request.session[name] = sealed(text.encode(), purpose=_PURPOSE + name)


def shown_once(request: HttpRequest, name: str) -> str:
    """What was kept, for a page that somebody reads, and never again; empty where there is nothing.

    A HEAD shows nothing, and takes nothing away.
    """
    if request.method != "GET":
        return ""
    held = request.session.pop(name, "")
    try:
        return opened(held, purpose=_PURPOSE + name).decode() if held else ""
    except BrokenSeal:
        return ""
