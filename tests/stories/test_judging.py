"""A reviewer lets a finding stand, an administrator sets a rule otherwise, both by hand in a browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from stories.walking import go_by_menu, picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "shenhe": [
        "/declarations/4/",
        "/declarations/4/compare/",
        "/library/?q=满意",
        "/library/1/",
    ],
    "guanli": ["/rules/", "/rules/KJ316/"],
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("who", PAGES)
def test_the_pages_for_judging_are_accessible_and_fit(
    demo: str, page: Page, who: str, width: int
):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, demo, who)
    for path in PAGES[who]:
        page.goto(f"{demo}{path}")
        picture(page, f"judging-{path.strip('/').replace('/', '-').replace('?', '-')}-{width}")
        violations = Axe().run(page).response["violations"]
        assert [(item["id"], item["nodes"][0]["html"][:120]) for item in violations] == [], path
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{path} is {overflow} pixels too wide"


def test_a_finding_is_waived_beside_its_row_and_counts_again(demo: str, page: Page):
    sign_in(page, demo, "shenhe")
    page.goto(f"{demo}/declarations/?q=基础设施维护&year=2023")
    page.get_by_role("link", name="基础设施维护").click()
    note = page.locator(".note", has=page.get_by_role("link", name="KJ404"))
    note.get_by_text("豁免", exact=True).click()
    note.get_by_label("理由").fill("名称沿用上级文件")
    note.get_by_label("有效至").fill("2099-12-31")
    note.get_by_role("button", name="豁免这一项").click()

    expect(page.get_by_text("已豁免 KJ404", exact=True)).to_be_visible()
    waived = page.locator(".note.waived")
    expect(waived).to_contain_text("豁免至 2099-12-31：名称沿用上级文件")

    waived.get_by_role("button", name="终止豁免").click()

    expect(page.locator(".note.waived")).to_have_count(0)


def test_the_library_is_searched_while_typing(demo: str, page: Page):
    sign_in(page, demo)
    go_by_menu(page, "指标库")

    page.get_by_label("查找").press_sequentially("出勤率")

    expect(page.locator("#results tbody tr").first).to_contain_text("出勤率")
    page.locator("#results tbody a").first.click()
    expect(page.get_by_role("heading", name="用在哪里")).to_be_visible()
