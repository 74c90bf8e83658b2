"""From a list to the bank and back in a browser: each by who does it, with one thing to do on each page."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from stories.walking import PASSWORD, assert_accessible, picture
from support.paid import EVERYBODY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def desk(demo: str, chromium: Browser, who: str) -> Page:
    """Somebody signed in, at what waits for them."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{demo}/account/sign-in/")
    page.get_by_label("账号").fill(who)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/todo/")
    return page


def looked_at(page: Page, name: str) -> None:
    """Accessible, also on a phone, where nothing runs over the edge."""
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, f"{name}-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    picture(page, name)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    expect(page.locator("main")).to_be_visible()


def to_the_run(page: Page, demo: str) -> None:
    page.goto(f"{demo}/benefits/")
    page.get_by_role("link", name="老年综合津贴 2023-07", exact=True).click()


def test_a_run_goes_from_hand_to_hand(demo: str, chromium: Browser):
    clerk = desk(demo, chromium, "jingban")
    clerk.get_by_text("更多", exact=True).click()
    clerk.get_by_role("link", name="资金发放").click()
    looked_at(clerk, "benefits")
    clerk.get_by_role("link", name="老年综合津贴").click()
    clerk.get_by_label("截至").fill("2023-06-30")
    clerk.get_by_label("表格（Excel、WPS、CSV）").set_input_files(
        {"name": "名单.csv", "mimeType": "text/csv", "buffer": EVERYBODY}
    )
    press(clerk, "读取")
    clerk.get_by_role("button", name="接收这份名单").wait_for(timeout=60_000)
    looked_at(clerk, "benefits-list")
    press(clerk, "接收这份名单")
    looked_at(clerk, "benefits-programme")
    clerk.get_by_label("月份").fill("2023-07")
    clerk.get_by_label("发放日（不写按规定）").fill(date(2026, 12, 31).isoformat())
    clerk.get_by_label("改期理由（发放日与规定不同时必写）").fill("银行系统割接，年底补发")
    clerk.get_by_role("button", name="开批次").click()
    to_the_run(clerk, demo)
    press(clerk, "冻结")
    press(clerk, "计算并清查")
    looked_at(clerk, "benefits-run")

    town = desk(demo, chromium, "jiezhen")
    looked_at(town, "benefits-todo")
    for _ in range(2):
        town.goto(f"{demo}/benefits/")
        town.get_by_role("link", name="确认花名册").first.click()
        looked_at(town, "benefits-roster")
        town.get_by_role("button", name="确认 6 笔新增和变动").click()
        expect(town.get_by_text("花名册已确认")).to_be_visible()
    town.get_by_role("link", name="**").first.click()
    looked_at(town, "benefits-item")
    town.get_by_label("用途").fill("核对证件")
    press(town, "查看并留痕")
    expect(town.get_by_text("只显示这一次")).to_be_visible()

    checker = desk(demo, chromium, "qingcha")
    to_the_run(checker, demo)
    checker.get_by_role("link", name="疑点").first.click()
    looked_at(checker, "benefits-doubts")
    press(checker, "结束确认")

    approver = desk(demo, chromium, "shenpi1")
    approver.get_by_role("link", name="去审批").first.click()
    looked_at(approver, "benefits-approval")
    press(approver, "同意发放 2,265.00 元")

    cashier = desk(demo, chromium, "chuna")
    cashier.get_by_role("link", name="制作盘片").first.click()
    press(cashier, "制作盘片")
    with cashier.expect_download() as taken:
        cashier.get_by_role("button", name="取走，交银行").click()
    assert taken.value.suggested_filename.startswith("old_age_allowance-2023-07")
    cashier.reload()
    looked_at(cashier, "benefits-bank")
    cashier.get_by_label("银行的回盘文件").set_input_files(
        {"name": "r.txt", "mimeType": "text/plain", "buffer": b"1|2|3"}
    )
    press(cashier, "读入")
    expect(cashier.get_by_text("整份文件都没有记")).to_be_visible()
    looked_at(cashier, "benefits-bank-refused")
