"""A running demo and the distribution's Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PASSWORD = "walk-through-0"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`kaoji demo`, started as a person would start it; gives its address."""
    folder = tmp_path_factory.mktemp("demo")
    home = folder / "home"
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")}
    environment["KAOJI_KEEPS_SUMS"] = "0"
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    log = (folder / "log.txt").open("w+")
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kaoji",
            "demo",
            "--home",
            str(home),
            "--port",
            str(port),
            "--password",
            PASSWORD,
        ],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, folder / "log.txt")
        yield address
    finally:
        process.terminate()
        process.wait(10)
        log.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium, headless."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "browser tests need Chromium: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page at 1280 pixels; any error in the console, or a failed request, fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def sign_in(page: Page, address: str, username: str = "tianbao") -> None:
    """Sign in as one of the demo people, see what waits, open the list."""
    page.goto(address)
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/todo/")
    page.goto(f"{address}/declarations/")


def choose_a_password(page: Page, demo: str, username: str, new: str) -> None:
    """Sign in for the first time: the password that somebody else set is changed before all else."""
    page.goto(demo)
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/account/security/")
    page.get_by_label("原密码").fill(PASSWORD)
    page.get_by_label("新密码").fill(new)
    page.get_by_role("button", name="更改密码").click()
    expect(page.get_by_text("密码已改")).to_be_visible()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            with urllib.request.urlopen(f"{address}/account/sign-in/", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))
