"""Which server sends e-mail: none, or the one that a variable names.

>>> mail("smtps://kaoji:secret@mail.example")
Mail(host='mail.example', port=465, user='kaoji', password='secret', tls=True)
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kaoji.core.speech import Sentence, say
from kaoji.core.wrong_setting import WrongSetting

_PORTS = {"smtp": 25, "smtps": 465}


class UnknownMail(WrongSetting):
    """The address names no server that can send e-mail."""


@dataclass(frozen=True)
class Mail:
    """A server for e-mail; without a host nothing is sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False


def mail(url: str | None) -> Mail:
    """The server at *url*; none without one. Raises UnknownMail."""
    if not url:
        return Mail()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise UnknownMail(_told(str(wrong))) from wrong
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UnknownMail(_told(parts.scheme))
    return Mail(
        parts.hostname,
        port or _PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtps",
    )


def _told(what: str) -> Sentence:
    return say(
        "KAOJI_MAIL：“{what}”不是邮件服务器的写法；请写 smtp://用户:口令@主机:端口 或 smtps://…",
        what=what,
    )
