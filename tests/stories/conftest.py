"""A running demo and the distribution's Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from stories.walking import PASSWORD, free_port, wait_for

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`kaoji demo`, started as a person would start it; gives its address."""
    folder = tmp_path_factory.mktemp("demo")
    home = folder / "home"
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")}
    environment["KAOJI_KEEPS_SUMS"] = "0"
    # Webhooks of a test go nowhere else.
    environment["KAOJI_WEBHOOK_NETWORKS"] = "127.0.0.0/8"
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
        wait_for(address, process, folder / "log.txt")
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
