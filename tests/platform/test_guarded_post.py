"""Posting to an address that somebody else named: what is never asked, and what comes back from whom."""

from __future__ import annotations

import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from kaoji.platform.guarded_post import (
    Answer,
    ForbiddenTarget,
    UnableToPost,
    addresses_for,
    network,
    post,
    target_of,
)

OWN_MACHINE = [network("127.0.0.0/8")]


def resolving(monkeypatch: pytest.MonkeyPatch, **hosts: list[str]) -> None:
    """Names that stand for these numbers, as a name server would say."""

    def look_up(host: str, port: int, **_: object) -> list[object]:
        return [
            (0, 0, 0, "", (number, port))
            for number in hosts[host.replace(".", "_").replace("-", "_")]
        ]

    monkeypatch.setattr("kaoji.platform.guarded_post.socket.getaddrinfo", look_up)


@contextmanager
def answering(*parts: bytes, slowly: float = 0) -> Iterator[str]:
    """A machine that takes one request and answers with *parts*, one after another; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        conversation, _ = listener.accept()
        with conversation:
            conversation.recv(65_536)
            for part in parts:
                try:
                    conversation.sendall(part)
                except OSError:
                    return
                time.sleep(slowly)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/in"
    finally:
        listener.close()


def sent_to(address: str, *, seconds: float = 5) -> Answer:
    return post(target_of(address), b"{}", {}, allowed=OWN_MACHINE, seconds=seconds)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://224.0.1.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.1.2.3]/",
        "https://[::7f00:1]/",
        "https://[fc00::1]/",
        "https://[fe80::1]/",
        "https://[ff0e::1]/",
        "https://[2002:7f00:1::]/",
        "https://[64:ff9b::7f00:1]/",
        "https://localhost/",
    ],
)
def test_nothing_of_the_own_machine_or_a_private_network_is_asked(address: str):
    with pytest.raises(ForbiddenTarget, match="KAOJI_WEBHOOK_NETWORKS"):
        addresses_for(target_of(address), allowed=[])


def test_a_name_is_refused_for_any_of_its_numbers(monkeypatch: pytest.MonkeyPatch):
    resolving(monkeypatch, data_example=["93.184.216.34", "10.1.2.3"])

    with pytest.raises(ForbiddenTarget):
        addresses_for(target_of("https://data.example/"), allowed=[])


def test_a_network_that_the_installation_lists_is_asked(monkeypatch: pytest.MonkeyPatch):
    resolving(monkeypatch, data_example=["10.1.2.3"], other_example=["10.2.0.1"])
    allowed = [network("10.1.0.0/16")]

    assert addresses_for(target_of("http://data.example/"), allowed=allowed) == ["10.1.2.3"]
    with pytest.raises(ForbiddenTarget):
        addresses_for(target_of("http://other.example/"), allowed=allowed)


def test_a_number_written_in_the_other_version_is_of_the_same_network(
    monkeypatch: pytest.MonkeyPatch,
):
    resolving(monkeypatch, data_example=["::ffff:10.1.2.3"])

    assert addresses_for(target_of("http://data.example/"), allowed=[network("10.0.0.0/8")])


def test_the_open_internet_is_asked_with_tls_only(monkeypatch: pytest.MonkeyPatch):
    resolving(monkeypatch, data_example=["93.184.216.34", "2606:2800:220:1::1"])

    assert len(addresses_for(target_of("https://data.example/"), allowed=[])) == 2
    with pytest.raises(ForbiddenTarget, match="要用 https"):
        addresses_for(target_of("http://data.example/"), allowed=[])


def test_the_connection_goes_to_the_number_that_was_checked(monkeypatch: pytest.MonkeyPatch):
    """A name server that answers otherwise the second time is not asked a second time."""
    with answering(b"HTTP/1.1 204 No Content\r\n\r\n") as address:
        port = int(address.split(":")[2].split("/")[0])
        asked = []

        def look_up(host: str, port: int, **_: object) -> list[object]:
            asked.append(host)
            return [(0, 0, 0, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

        monkeypatch.setattr("kaoji.platform.guarded_post.socket.getaddrinfo", look_up)

        connects: list[object] = []
        create = socket.create_connection

        def connect(to: tuple[str, int], *more: float) -> socket.socket:
            connects.append(to[0])
            # What the library itself looks up would show here.
            monkeypatch.undo()
            return create(to, *more)

        monkeypatch.setattr("kaoji.platform.guarded_post.socket.create_connection", connect)
        answer = sent_to(f"http://data.example:{port}/in")

    assert answer.status == 204
    assert (asked, connects) == (["data.example"], ["127.0.0.1"])


@pytest.mark.parametrize(
    "address",
    [
        "",
        "data.example/in",
        "ftp://data.example/",
        "file:///etc/passwd",
        "https://",
        "https:///in",
        "https://user:word@data.example/",
        "https://data.example:0/",
        "https://data.example:99999/",
        "https://data.example/a b",
        "https://data.exa\nmple/",
        "https://data.example/in#part",
        "https://数据.example/",
        "https://data.example/" + "a" * 500,
    ],
)
def test_what_is_no_address_is_refused_in_words(address: str):
    with pytest.raises(ForbiddenTarget, match="地址"):
        target_of(address)


def test_a_redirect_is_an_answer_and_not_followed():
    head = b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    with answering(head) as address:
        assert sent_to(address).status == 302


def test_of_an_answer_the_first_signs_are_kept_without_what_moves_a_terminal():
    body = b"no such\x1b[31m form\n\xff" + b"x" * 5_000
    head = b"HTTP/1.1 500 Oops\r\nRetry-After: 120\r\nContent-Length: %d\r\n\r\n" % len(body)
    with answering(head + body) as address:
        answer = sent_to(address)

    assert (answer.status, answer.retry_after) == (500, 120)
    assert answer.signs.startswith("no such [31m form x")
    assert len(answer.signs) == 200


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (lambda: answering(*[b"H"] * 50, slowly=0.2), "1 秒内没有答复"),
        (lambda: answering(slowly=3), "连接断了|没有答复"),
        (lambda: answering(b"SSH-2.0-OpenSSH_9.2\r\n"), "不是 HTTP"),
        (lambda: answering(), "不是 HTTP|连接断了"),
    ],
)
def test_whoever_answers_nothing_slowly_or_nonsense_is_told_of(
    given: Callable[..., object], told: str
):
    began = time.monotonic()
    with given() as address, pytest.raises(UnableToPost, match=told):  # type: ignore[attr-defined]
        sent_to(address, seconds=1)

    assert time.monotonic() - began < 3


def test_nobody_listening_and_no_such_host_are_told_of():
    with pytest.raises(UnableToPost, match="连不上"):
        sent_to("http://127.0.0.1:1/")
    with pytest.raises(UnableToPost, match="查不到主机"):
        sent_to("https://nobody.invalid/")


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("size", [b"-1", b"-5", b"-7d0"])
def test_a_piece_that_says_to_be_shorter_than_nothing_is_not_read_without_end(size: bytes):
    flood = [b"A" * 1_000_000] * 60
    began = time.monotonic()
    tracemalloc.start()
    try:
        with answering(_CHUNKED + size + b"\r\n", *flood) as address:
            answer = sent_to(address)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (answer.status, len(answer.signs)) == (200, 200)
    assert most < 10_000_000
    assert time.monotonic() - began < 3


def test_an_answer_in_pieces_is_read():
    with answering(_CHUNKED + b"3\r\nabc\r\n", b"2\r\nde\r\n0\r\n\r\n") as address:
        assert sent_to(address).signs == "abcde"


def test_looking_up_is_part_of_the_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "kaoji.platform.guarded_post.socket.getaddrinfo", lambda *_, **__: time.sleep(4) or []
    )
    began = time.monotonic()

    with pytest.raises(UnableToPost):
        sent_to("http://data.example/in", seconds=1)
    assert time.monotonic() - began < 2


def test_silent_numbers_of_one_host_share_the_time(monkeypatch: pytest.MonkeyPatch):
    resolving(monkeypatch, data_example=[f"127.0.0.{number}" for number in (1, 2, 3)])
    tried = []

    def never(to: tuple[str, int], seconds: float) -> socket.socket:
        tried.append(to[0])
        time.sleep(seconds)
        raise TimeoutError

    monkeypatch.setattr("kaoji.platform.guarded_post.socket.create_connection", never)
    began = time.monotonic()

    with pytest.raises(UnableToPost):
        sent_to("http://data.example/in", seconds=1)
    assert len(tried) == 3
    assert time.monotonic() - began < 1.5


def test_a_day_and_hour_to_ask_again_is_read():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    head = f"HTTP/1.1 503 Busy\r\nRetry-After: {later}\r\nContent-Length: 0\r\n\r\n"
    with answering(head.encode()) as address:
        assert 590 <= (sent_to(address).retry_after or 0) <= 600


@pytest.mark.parametrize(
    "address", ["https://user:word@data.example/", "https://user:word@data.example:99999/"]
)
def test_a_password_in_an_address_is_not_repeated(address: str):
    with pytest.raises(ForbiddenTarget) as refused:
        target_of(address)

    assert "word" not in str(refused.value)
