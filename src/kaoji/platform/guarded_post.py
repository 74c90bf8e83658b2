"""Post to an address that somebody else named, without being led to what only our own machines may reach.

    address → parts → name resolved → every address checked → connected to one of those → one answer, no redirect

The name is resolved once, and the connection goes to an address that was checked: whoever owns the name cannot
lead it elsewhere in between. What is not of the open internet is refused unless the installation lists its network;
without TLS nothing is sent but to those networks. A proxy of the environment is not asked, since it would resolve anew.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from kaoji.core.speech import Sentence, say
from kaoji.platform.addresses import UnreadableAddress, parts_of

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

# What of an answer is read: enough to see what the other side complains of.
_MOST_SIGNS, _MOST_BYTES = 200, 2_000
# How many numbers of one host are tried.
_MOST_NUMBERS = 3
_LONGEST_ADDRESS = 500
_PORTS = {"https": 443, "http": 80}
# Without blanks: a parser would drop line breaks silently, and sign another address than the one that is shown.
_PLAIN = re.compile(r"[\x21-\x7e]+", re.ASCII)
# Who asks: what stands before the host of an address is not repeated.
_WHO = re.compile(r"//[^/?#]*@")
_LONGEST_LOOK_UP = 5.0
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]+")
# Where the open internet has its addresses of version 6, and the part of it that only wraps one of version 4.
_OPEN_6, _WRAPPED_6 = IPv6Network("2000::/3"), IPv6Network("2002::/16")


class UnableToPost(Exception):
    """Nothing was answered; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class ForbiddenTarget(UnableToPost):
    """The address may not be asked at all; nothing was sent."""


@dataclass(frozen=True)
class Target:
    """Where to post: *path* with its query, as it stands in the request."""

    tls: bool
    host: str
    port: int
    path: str


@dataclass(frozen=True)
class Answer:
    """What came back: the first *signs* of it, and after how many seconds the other side wants to be asked again."""

    status: int
    signs: str
    retry_after: int | None


def target_of(address: str) -> Target:
    """The parts of https://host:port/path. Raises ForbiddenTarget for what is no such address.

    >>> target_of("https://data.example:8443/in?from=kaoji")
    Target(tls=True, host='data.example', port=8443, path='/in?from=kaoji')
    """
    if len(address) > _LONGEST_ADDRESS or not _PLAIN.fullmatch(address):
        raise ForbiddenTarget(
            say(
                "地址不超过 {most} 字，只用英文字母、数字和符号，没有空格；中文域名写成 xn--…，中文路径转写成 %E6…",
                most=_LONGEST_ADDRESS,
            )
        )
    try:
        parts, port = parts_of(address, tuple(_PORTS))
    except UnreadableAddress as unreadable:
        raise ForbiddenTarget(
            say(
                "地址“{address}”不能用：{why}",
                address=_WHO.sub("//…@", address),
                why=unreadable.sentence,
            )
        ) from unreadable
    if not parts.hostname or parts.username is not None or port == 0:
        raise ForbiddenTarget(
            say(
                "地址“{address}”要有主机名，不带用户名和口令",
                address=_WHO.sub("//…@", address),
            )
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", parts.hostname, port or _PORTS[parts.scheme], path)


def addresses_for(
    target: Target, *, allowed: Collection[Network], seconds: float = _LONGEST_LOOK_UP
) -> list[str]:
    """The numbers that the host's name stands for, each of them checked. Raises UnableToPost, ForbiddenTarget."""
    numbers = _looked_up(target, seconds)
    for number in numbers:
        _require_allowed(target, _plain(number), allowed)
    return numbers


def _looked_up(target: Target, seconds: float) -> list[str]:
    """The numbers of a name, each once. Nothing stops the look-up itself: it goes on by itself when it is too late."""
    found: list[str] = []

    def look_up() -> None:
        with suppress(OSError, UnicodeError):
            told = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(item[4][0]) for item in told))

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive() or not found:
        raise UnableToPost(say("查不到主机“{host}”的地址", host=target.host))
    return list(found)


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Collection[Network],
    seconds: float,
) -> Answer:
    """Send and wait at most so long for the answer, whatever it is. Raises UnableToPost, ForbiddenTarget.

    Looking the name up and connecting are part of it; several numbers share what is left of the time.
    """
    ends = time.monotonic() + seconds
    late = say("{seconds} 秒内没有答复", seconds=int(seconds))
    refused: UnableToPost = UnableToPost(late)
    numbers = addresses_for(target, allowed=allowed, seconds=seconds)[:_MOST_NUMBERS]
    for place, number in enumerate(numbers):
        left = ends - time.monotonic()
        if left <= 0:
            break
        connection = _Connection(target, number, left, left / (len(numbers) - place))
        try:
            return _posted(connection, target, body, headers)
        except _NotConnected as fault:
            refused = fault
        except _Late:
            raise UnableToPost(late) from None
    raise refused


def _posted(
    connection: _Connection, target: Target, body: bytes, headers: Mapping[str, str]
) -> Answer:
    # Each single wait has its limit; whoever sends one sign at a time is cut off by the clock.
    clock = threading.Timer(connection.seconds, connection.cut_off)
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        response = connection.getresponse()
        signs = _beginning(response)
        again = response.headers.get("Retry-After", "")
    except (OSError, HTTPException) as fault:
        if connection.was_cut_off or isinstance(fault, TimeoutError):
            raise _Late from None
        raise _told(fault) from None
    finally:
        clock.cancel()
        connection.close()
    return Answer(response.status, _first_signs(signs), _seconds(again, datetime.now(UTC)))


def _beginning(response: HTTPResponse) -> bytes:
    """What of an answer is kept. Read as it comes: how long a piece of it says to be is not believed."""
    found = b""
    while len(found) < _MOST_BYTES and (piece := response.read1(_MOST_BYTES - len(found))):
        found += piece
    return found[:_MOST_BYTES]


class _Late(Exception):
    """The time is up."""


class _NotConnected(UnableToPost):
    """Nobody listens at this number; another one of the same host may answer."""


class _Connection(HTTPConnection):
    """A connection to one checked number, under the host's name."""

    def __init__(
        self, target: Target, number: str, seconds: float, seconds_to_connect: float
    ) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.seconds_to_connect = seconds_to_connect
        # http.client leaves the usual port of http out of `Host`, but not that of https.
        self.default_port = _PORTS["https" if target.tls else "http"]
        self.tls, self.number, self.seconds = target.tls, number, seconds
        self.was_cut_off = False

    def connect(self) -> None:
        """Connect; with TLS the certificate must be that of the host's name."""
        try:
            self.sock = socket.create_connection(
                (self.number, self.port), self.seconds_to_connect
            )
        except OSError as fault:
            told = say("连不上：{why}", why=fault.strerror or type(fault).__name__)
            raise _NotConnected(told) from None
        if self.was_cut_off:
            raise TimeoutError
        self.sock.settimeout(self.seconds)
        if self.tls:
            context = ssl.create_default_context()
            self.sock = guarded = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            guarded.do_handshake()

    def cut_off(self) -> None:
        """The time is up: whoever waits for the socket wakes."""
        self.was_cut_off = True
        # Not connected yet, which has a limit of its own, or ended already.
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _told(fault: OSError | HTTPException) -> UnableToPost:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return UnableToPost(
            say(
                "对方的证书不能信任（{why}）；自己的根证书请放进系统，或用 SSL_CERT_FILE 指明",
                why=fault.verify_message,
            )
        )
    if isinstance(fault, OSError):
        return UnableToPost(say("连接断了：{why}", why=fault.strerror or type(fault).__name__))
    return UnableToPost(say("对方答复的不是 HTTP（{why}）", why=type(fault).__name__))


def _require_allowed(target: Target, number: Address, allowed: Collection[Network]) -> None:
    """Raise ForbiddenTarget for a number that is not to be asked."""
    if any(number in network for network in allowed):
        return
    if not _is_open(number):
        raise ForbiddenTarget(
            say(
                "“{host}”在本机或内部网络，不能推送；确要推送，请系统管理员把它的网段写进 KAOJI_WEBHOOK_NETWORKS",
                host=target.host,
            )
        )
    if not target.tls:
        raise ForbiddenTarget(
            say("“{host}”在互联网上，要用 https://，否则内容会被别人看到", host=target.host)
        )


def _is_open(number: Address) -> bool:
    """Is it of the open internet?"""
    if number.is_multicast or not number.is_global:
        return False
    if isinstance(number, IPv4Address):
        return True
    return number in _OPEN_6 and number not in _WRAPPED_6


def _plain(number: str) -> Address:
    """The number; one of version 4 that is written as one of version 6 is what it stands for."""
    found = ip_address(number.partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found


def network(text: str) -> Network:
    """10.0.0.0/8, or one machine. Raises ValueError.

    >>> network("10.3.0.0/16")
    IPv4Network('10.3.0.0/16')
    """
    return ip_network(text)


def _first_signs(content: bytes) -> str:
    told = _CONTROLS.sub(" ", content.decode("utf-8", "replace"))
    return " ".join(told.split())[:_MOST_SIGNS]


def _seconds(text: str, now: datetime) -> int | None:
    """What Retry-After says: a number of seconds, or a moment.

    >>> _seconds("Sat, 28 Nov 2026 08:02:00 GMT", datetime(2026, 11, 28, 8, tzinfo=UTC))
    120
    """
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) < 7 else None
    try:
        moment = parsedate_to_datetime(plain)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0, int((moment - now).total_seconds()))
