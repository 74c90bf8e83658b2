"""Which server sends e-mail: none, or the one that a variable names.

>>> mail("smtps://kaoji:secret@mail.example")
Mail(host='mail.example', port=465, user='kaoji', password='secret', tls=True)
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from kaoji.core.speech import Sentence, say
from kaoji.core.wrong_setting import WrongSetting
from kaoji.platform.addresses import UnreadableAddress, parts_of

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
        parts, port = parts_of(url, _PORTS)
    except UnreadableAddress as wrong:
        raise UnknownMail(_told(wrong.sentence)) from None
    if not parts.hostname:
        raise UnknownMail(_told(say("没有写主机")))
    return Mail(
        parts.hostname,
        port or _PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtps",
    )


def _told(why: Sentence) -> Sentence:
    return say(
        "KAOJI_MAIL 不能用：{why}；请写 smtp://用户:口令@主机:端口 或 smtps://…",
        why=why,
    )
