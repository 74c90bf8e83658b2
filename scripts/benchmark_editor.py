"""How fast the editor answers with 500 rows: CPU time of the page for each key, from the key to the painted frame.

Run: python scripts/benchmark_editor.py ADDRESS PASSWORD (of a running `kaoji demo`; it starts one draft there).
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from time import time

from playwright.sync_api import Browser, Page, sync_playwright

ROWS, KEYS = 500, 40
FLAGS = ["--no-sandbox", "--disable-gpu"]
PASTE = """text => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(paste);
    document.body.offsetHeight;
}"""


def main() -> None:
    """Open the editor, paste the rows, press the keys."""
    address, password = sys.argv[1:3]
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("dialog", lambda dialog: dialog.accept())
        _open_a_draft(page, address, password)
        page.locator('[name="indicators.level3"]').nth(0).focus()
        block = "".join(f"产出指标\t数量指标\t第{at}项\t≥ {at}个\t1\n" for at in range(ROWS))
        _tell("paste 500 rows", _cost(browser, page, 1, lambda _: page.evaluate(PASTE, block)))
        page.wait_for_timeout(8000)  # the rules have looked at it
        cell = page.locator('[name="indicators.target_raw"]').nth(100)
        for name, press in (
            ("arrow down", lambda _: page.keyboard.press("ArrowDown")),
            ("type a sign", lambda at: page.keyboard.press("0123456789"[at % 10])),
            ("undo, redo", lambda at: page.keyboard.press(f"Control+{'zy'[at % 2]}")),
        ):
            cell.focus()
            page.keyboard.press("Enter")
            _tell(name, _cost(browser, page, KEYS, press))
        browser.close()


def _open_a_draft(page: Page, address: str, password: str) -> None:
    page.goto(f"{address}/account/sign-in/")
    page.get_by_label("账号").fill("tianbao")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/todo/")
    page.goto(f"{address}/declarations/new/?from=10")
    page.get_by_label("项目名称").fill(f"五百行 {time():.0f}")
    page.locator("main form button").last.click()
    page.locator("#editor").wait_for()
    page.wait_for_load_state("load")


def _cost(browser: Browser, page: Page, times: int, act: Callable[[int], object]) -> float:
    """Milliseconds of the page's main thread for each act, everything that it set off included.

    The thread's own time, so that what else the machine does counts for nothing.
    """
    browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline"])
    for at in range(times):
        act(at)
        page.wait_for_timeout(60)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (item["pid"], item["tid"])
        for item in events
        if item["name"] == "thread_name" and item["args"]["name"] == "CrRendererMain"
    }
    tasks = (item for item in events if item["name"] == "RunTask" and "tdur" in item)
    busy = sum(item["tdur"] for item in tasks if (item["pid"], item["tid"]) in main)
    return float(busy) / 1000 / times


def _tell(what: str, milliseconds: float) -> None:
    print(f"{what}: {milliseconds:.0f} ms CPU")


if __name__ == "__main__":
    main()
