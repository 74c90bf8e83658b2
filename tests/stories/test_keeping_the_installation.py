"""Who keeps the installation sees on one page what is wrong with it; at any width, and by any reader."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from stories.walking import PASSWORD, assert_accessible, free_port, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("keeper")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A new installation with a superuser and no worker."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAOJI_")} | {
        "KAOJI_HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    kaoji, port = [sys.executable, "-m", "kaoji"], free_port()
    serve = [*kaoji, "serve", "--port", str(port), "--processes", "1", "--no-work"]
    log = tmp_path / "log.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(serve, env=environment, stdout=stream, stderr=stream)
        try:
            wait_for(f"http://127.0.0.1:{port}", process, log)
            named = ["--username", "root", "--email", "a@example.org", "--noinput"]
            asked = [*kaoji, "manage", "createsuperuser", *named]
            subprocess.run(asked, env=environment, check=True, capture_output=True)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def test_the_superuser_finds_what_is_wrong_and_what_would_help(site: str, page: Page):
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("账号").fill("root")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/todo/")

    page.locator(".menu summary").click()
    page.get_by_role("link", name="运行状况", exact=True).click()

    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="作业进程"))
    expect(row).to_contain_text("不正常")
    expect(row).to_contain_text("启动 kaoji work")
    assert_accessible(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="System health")).to_be_visible()
