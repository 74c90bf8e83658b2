"""A unit submits, a department returns with an opinion, the unit answers, the bureau approves."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from stories.conftest import sign_in
from stories.test_first_visit import picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROJECT = "社会救助类补贴"


def opened_as(demo: str, chromium: Browser, who: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, demo, who)
    page.goto(f"{demo}/declarations/?q={PROJECT}&year=2023")
    page.get_by_role("link", name=PROJECT).click()
    return page


def press(page: Page, name: str) -> None:
    page.locator("#review").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text("已记下")).to_be_visible()


def test_from_draft_to_publication(demo: str, chromium: Browser, tmp_path: Path):
    unit = opened_as(demo, chromium, "tianbao")
    expect(unit.locator("#review-title")).to_contain_text("草稿")
    expect(unit.locator("#review")).to_contain_text("处错误没有改正或豁免")

    reviewer = opened_as(demo, chromium, "shenhe")
    while reviewer.locator(".note.error details.waive").count():
        note = reviewer.locator(".note.error").first
        note.get_by_text("豁免", exact=True).click()
        note.get_by_label("理由").fill("历史数据，单位已核对")
        note.get_by_label("有效至").fill("2099-12-31")
        note.get_by_role("button", name="豁免这一项").click()

    unit.reload()
    press(unit, "提交")

    reviewer.reload()
    reviewer.locator(".comment").get_by_label("对").select_option(label="年度总目标")
    reviewer.locator(".comment").get_by_label("意见").fill("请写明惠及人数")
    press(reviewer, "提出意见")
    expect(reviewer.locator(".note.opinion")).to_contain_text("请写明惠及人数")
    picture(reviewer, "review-opinion")
    violations = Axe().run(reviewer).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:120]) for item in violations] == []
    reviewer.locator(".moves").get_by_label("理由").fill("见意见")
    press(reviewer, "退回")

    unit.reload()
    expect(unit.locator("#review")).to_contain_text("1 条意见没有答复")
    unit.locator(".opinions").get_by_label("答复").fill("惠及 4 千人，已在执行方案写明")
    unit.locator(".opinions").get_by_role("button", name="答复").click()
    press(unit, "提交")

    reviewer.reload()
    press(reviewer, "关闭")
    press(reviewer, "同意并报财政")

    bureau = opened_as(demo, chromium, "caizheng")
    press(bureau, "批复")
    press(bureau, "公开")
    expect(bureau.locator("#review-title")).to_contain_text("已公开")
    expect(bureau.locator(".history")).to_contain_text("批复了第 1 版")
    picture(bureau, "review-published")

    visitor = chromium.new_context(viewport={"width": 390, "height": 900}).new_page()
    visitor.goto(f"{demo}/public/")
    visitor.get_by_role("link", name=PROJECT).click()
    expect(visitor.get_by_role("heading", name="简单说")).to_be_visible()
    picture(visitor, "public-390")
    violations = Axe().run(visitor).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:120]) for item in violations] == []
    overflow = visitor.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0

    bureau.goto(f"{demo}/declarations/?state=published&year=2023")
    expect(bureau.get_by_role("link", name=PROJECT)).to_be_visible()


def test_a_forbidden_move_by_url_is_refused_in_words(demo: str, page: Page):
    sign_in(page, demo, "shenhe")
    page.goto(f"{demo}/declarations/3/")
    token = page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value")

    page.evaluate(
        """async token => {
            const body = new URLSearchParams({csrfmiddlewaretoken: token, revision: "1"});
            await fetch("/declarations/3/move/approve/", {method: "POST", body, redirect: "manual"});
        }""",
        token,
    )
    page.goto(f"{demo}/declarations/3/")

    expect(page.get_by_text("现在是“草稿”，不能批复")).to_be_visible()
    expect(page.locator("#review-title")).to_contain_text("草稿")
