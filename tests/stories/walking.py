"""What everybody who walks through the site in a browser does."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PASSWORD = "walk-through-0"
PICTURES = os.environ.get("KAOJI_PICTURES")


def sign_in(page: Page, address: str, username: str = "tianbao") -> None:
    """Sign in as one of the demo people, see what waits, open the list."""
    page.goto(f"{address}/account/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/todo/")
    page.goto(f"{address}/declarations/")


def choose_a_password(page: Page, demo: str, username: str, new: str) -> None:
    """Sign in for the first time: the password that somebody else set is changed before all else."""
    page.goto(f"{demo}/account/sign-in/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/account/security/")
    page.get_by_label("原密码").fill(PASSWORD)
    page.get_by_label("新密码").fill(new)
    page.get_by_role("button", name="更改密码").click()
    expect(page.get_by_text("密码已改")).to_be_visible()


def go_by_menu(page: Page, name: str) -> None:
    """A link under 更多."""
    page.locator(".menu summary").click()
    page.locator(".menu").get_by_role("link", name=name, exact=True).click()


def picture(page: Page, name: str) -> None:
    """Keep a picture for people to look at, when KAOJI_PICTURES names a folder."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.locator("#review").get_by_role("button", name=name, exact=True).first.click()
    sure = page.get_by_role("button", name=f"确认{name}", exact=True)
    expect(sure.or_(page.get_by_text("已记下"))).to_be_visible()
    if sure.is_visible():
        for box in page.locator(".checking input[type=checkbox]").all():
            box.check()
        sure.click()
    expect(page.get_by_text("已记下")).to_be_visible()
    back = page.get_by_role("link", name="看这份表", exact=True)
    if back.is_visible():
        back.click()


def assert_accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:120]) for item in violations] == []
    page.set_viewport_size({"width": 390, "height": 800})
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            with urllib.request.urlopen(f"{address}/account/sign-in/", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))
