"""Every request has a number, in the log and on the page of an error; what people seek is not in the log."""

from __future__ import annotations

import json
import logging
import re
import sys

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from kaoji.platform.log_lines import JsonLines, TextLines, request_number
from kaoji.platform.middleware.access_log import AccessLogMiddleware
from support.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="kaoji.access")
    return caplog


def lines(told: pytest.LogCaptureFixture) -> list[str]:
    return [row.getMessage() for row in told.records if row.name == "kaoji.access"]


def test_a_line_says_who_asked_what_and_how_it_ended(told):
    client, user = Client(), person("填报")
    client.force_login(user)

    client.get("/todo/", {"q": "张三"}, REMOTE_ADDR="10.0.0.7")

    [line] = lines(told)
    assert re.fullmatch(rf"GET /todo/ 200 \d+ms \d+ 10\.0\.0\.7 {user.pk}", line)


def test_the_code_of_a_survey_is_left_out(told):
    Client().get("/s/a-secret-code/")

    assert [line.split()[1] for line in lines(told)] == ["/s/…/"]


CODE = "k3Jd82-secret_code"


@pytest.fixture(params=[TextLines, JsonLines])
def written(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture):
    """All that is logged, by us and by Django, as it is written down."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="kaoji.access")
    caplog.handler.setFormatter(request.param())
    return caplog


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        (f"/s/{CODE}", {}, 301),
        (f"/s/{CODE}/", {}, 404),
        (f"/s/{CODE}/nothing/", {}, 404),
        (f"/s/{CODE}/", {"HTTP_HOST": "elsewhere.example"}, 400),
        (f"/s/{CODE}/", {"HTTP_REFERER": f"https://testserver/s/{CODE}/"}, 404),
        (f"/jixiao/s/{CODE}", {}, 404),
    ],
)
def test_no_line_of_anybody_has_the_code_of_a_survey(written, path: str, more, status: int):
    assert Client().get(path, **more).status_code == status

    assert "/s/…" in written.text
    assert CODE not in written.text


def test_a_body_that_is_too_large_does_not_bring_the_code_into_the_log(written):
    answer = Client().post(f"/s/{CODE}/", b"x", "text/plain", CONTENT_LENGTH="900000000")

    assert answer.status_code == 413
    assert "/s/…/" in written.text
    assert CODE not in written.text


def test_a_forged_referer_of_a_form_does_not_bring_the_code_into_the_log(written):
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post(f"/s/{CODE}/", {}, secure=True,
                          HTTP_REFERER=f"https://elsewhere.example/s/{CODE}/")  # fmt: skip

    assert refused.status_code == 403
    assert "Referer" in written.text
    assert CODE not in written.text


def fail_with(words: str) -> None:
    raise ValueError(words)


def test_a_traceback_does_not_bring_the_code_into_the_log(written):
    try:
        fail_with(f"no such address: /s/{CODE}/")
    except ValueError:
        logging.getLogger("waitress").exception("Exception while serving %s", f"/s/{CODE}/")

    assert "no such address: /s/…/" in written.text
    assert CODE not in written.text


@pytest.mark.parametrize(
    "path",
    [
        '/x" 200 1ms 1 10.0.0.1 -%0A2026-11-28T14:50:01.123+08:00 INFO kaoji.access 1 GET /forged',
        "/x%0D%0A2026-11-28 forged",
        "/x%C2%852026-11-28%20forged",
        "/x%E2%80%A82026-11-28%20forged",
        "/x%1B%5B2K%1B%5B1Gforged",
        "/x%E2%80%AEforged",
    ],
)
def test_no_path_writes_a_line_of_its_own(written, path: str):
    Client().get(path)

    lines = written.text.rstrip("\n").splitlines()
    assert len(lines) == 2  # ours and Django's “Not Found”
    assert all("forged" in line for line in lines)
    assert all(sign.isprintable() for line in lines for sign in line)
    own = lines[0] if "kaoji.access" in lines[0] else lines[1]
    if own.startswith("{"):
        own = "2026 INFO kaoji.access 1 " + json.loads(own)["message"]
    assert len(own.split(" ")) == 11  # as many words as in any other line


def test_djangos_lines_about_a_request_have_its_number(written):
    number = Client().get("/no-such-page/").headers["X-Request-ID"]

    lines = written.text.splitlines()
    assert len(lines) == 2
    assert all(number in line for line in lines)


def test_a_traceback_pretends_no_line():
    try:
        fail_with("x\n2026-11-28T14:50:01.123+08:00 INFO kaoji.access 1 GET /forged")
    except ValueError:
        row = record("failed")
        row.exc_info = sys.exc_info()

    first, *others = TextLines().format(row).split("\n")

    assert first.endswith(" failed")
    assert all(line.startswith("    ") for line in others)
    assert "\n" not in JsonLines().format(row)


def test_each_request_gets_a_number_of_its_own_and_tells_it():
    client = Client()
    numbers = {client.get("/rules/").headers["X-Request-ID"] for _ in range(2)}

    assert len(numbers) == 2
    assert all(re.fullmatch(r"[0-9a-f]{16}", number) for number in numbers)


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [(1, "from-our-proxy-1", True), (0, "from-anybody-1", False), (1, "x\tINFO forged", False)],
)
def test_only_a_proxy_of_ours_may_give_the_number(settings, proxies, given, is_taken):
    settings.TRUSTED_PROXIES = proxies

    number = Client().get("/rules/", headers={"X-Request-ID": given}).headers["X-Request-ID"]

    assert (number == given) == is_taken


def test_the_page_of_an_error_has_the_number_that_the_log_has(monkeypatch, caplog):
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kaoji.subjects.home.pages.todo.render", fail)
    client = Client(raise_request_exception=False)
    client.force_login(person("填报"))

    answer = client.get("/todo/")

    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", answer.content.decode())
    assert any(row.exc_info for row in caplog.records)


def record(message: str, **more: object) -> logging.LogRecord:
    row = logging.LogRecord("kaoji.access", logging.INFO, __file__, 1, message, None, None)
    row.created = 1_795_848_601.5  # 2026-11-28 14:50:01.5 in Shanghai
    row.__dict__.update(more)
    return row


def test_a_line_of_text_has_time_gravity_source_number_and_message():
    held = request_number.set("8f1c2a9b")
    try:
        line = TextLines().format(record("GET /x\r\nINFO forged"))
    finally:
        request_number.reset(held)

    assert (
        line
        == "2026-11-28T14:50:01.500+08:00 INFO kaoji.access 8f1c2a9b GET /x\\r\\nINFO forged"
    )


def test_outside_of_requests_there_is_no_number():
    assert " - hello" in TextLines().format(record("hello"))
    assert json.loads(JsonLines().format(record("hello")))["request"] is None


def test_a_line_of_json_has_the_same_parts_and_those_of_the_request():
    line = JsonLines().format(record("GET 村", parts={"method": "GET", "status": 200}))

    assert json.loads(line) == {
        "time": "2026-11-28T14:50:01.500+08:00", "level": "INFO", "logger": "kaoji.access",
        "request": None, "message": "GET 村", "method": "GET", "status": 200,
    }  # fmt: skip
    assert "\n" not in line


def test_a_fault_brings_its_traceback_along():
    try:
        int("坏")
    except ValueError:
        row = record("Internal Server Error")
        row.exc_info = sys.exc_info()

    assert "ValueError: invalid literal" in json.loads(JsonLines().format(row))["traceback"]
    assert TextLines().format(row).endswith("'坏'")


def test_the_number_is_gone_when_the_answer_is():
    seen: list[str] = []

    def answer(request: HttpRequest):
        from django.http import HttpResponse

        seen.append(request_number.get())
        return HttpResponse("ok")

    AccessLogMiddleware(answer)(RequestFactory().get("/x"))

    assert len(seen[0]) == 16
    assert request_number.get() == ""
