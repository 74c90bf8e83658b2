"""Settings out of environment variables: a value that does not fit is refused in a sentence that names it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping

from kaoji.core.speech import say
from kaoji.core.wrong_setting import WrongSetting
from kaoji.documents.data_package.descriptor import Licence
from kaoji.platform.guarded_post import Network, network


def listed(name: str, otherwise: str) -> list[str]:
    """Words separated by commas; blanks around them do not count."""
    words = os.environ.get(name) or otherwise
    return [word.strip() for word in words.split(",") if word.strip()]


def whole_number(name: str, otherwise: int, *, least: int = 0, most: int) -> int:
    """A whole number within bounds. Raises WrongSetting."""
    text = os.environ.get(name, "").strip()
    if not text:
        return otherwise
    if (
        not (text.isascii() and text.isdigit() and len(text) < 10)
        or not least <= int(text) <= most
    ):
        raise WrongSetting(
            say("{name}：“{text}”应为 {least} 到 {most} 的整数",
                name=name, text=text, least=least, most=most)
        )  # fmt: skip
    return int(text)


_YES, _NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def switch(name: str, *, otherwise: bool = False) -> bool:
    """On or off. Raises WrongSetting for a word that says neither."""
    text = os.environ.get(name)
    if text is None:
        return otherwise
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise WrongSetting(say("{name}：“{text}”应为 1 或 0", name=name, text=text))
    return word in _YES


_PREFIX = re.compile(r"(/[A-Za-z0-9_-]+)+", re.ASCII)


def path_prefix(name: str) -> str:
    """A path below which everything stands, as /jixiao; empty without one. Raises WrongSetting."""
    text = os.environ.get(name, "").strip().rstrip("/")
    if text and not _PREFIX.fullmatch(text):
        raise WrongSetting(
            say("{name}：“{text}”应写成 /jixiao 的样子：斜杠开头，只用字母、数字、- 和 _", name=name,
                text=text)
        )  # fmt: skip
    return text


def among(name: str, known: Collection[str]) -> frozenset[str]:
    """Words separated by commas, each of them known. Raises WrongSetting for another."""
    words = listed(name, "")
    for word in words:
        if word not in known:
            raise _none_of(known, name, word)
    return frozenset(words)


def networks(name: str) -> tuple[Network, ...]:
    """Networks separated by commas, as 10.3.0.0/16. Raises WrongSetting."""
    return tuple(_network(name, text) for text in listed(name, ""))


def _network(name: str, text: str) -> Network:
    try:
        return network(text)
    except ValueError:
        raise WrongSetting(
            say(
                "{name}：“{text}”应写成网段，例如 10.3.0.0/16；主机位要是 0",
                name=name,
                text=text,
            )
        ) from None


def choice(name: str, choices: Mapping[str, str]) -> str:
    """What one of several words stands for; the first where none is given. Raises WrongSetting."""
    text = os.environ.get(name, "").strip() or next(iter(choices))
    if text not in choices:
        raise _none_of(choices, name, text)
    return choices[text]


def _none_of(known: Collection[str], name: str, text: str) -> WrongSetting:
    return WrongSetting(
        say(
            "{name}：“{text}”应为 {known} 之一",
            name=name,
            text=text,
            known="、".join(known),
        )
    )


_LICENCE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,500}", re.ASCII)


def licence(name: str) -> Licence | None:
    """A licence by its short name, and the address of its text if there is one. Raises WrongSetting."""
    text = os.environ.get(name, "").strip()
    if not text:
        return None
    short, _, address = text.partition(" ")
    address = address.strip()
    if not _LICENCE_NAME.fullmatch(short) or (address and not _WEB_ADDRESS.fullmatch(address)):
        raise WrongSetting(
            say("{name}：“{text}”应写成许可的简称，可加全文地址，例如 CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/",
                name=name, text=text)
        )  # fmt: skip
    return Licence(short, address)
