"""What a reviewer typed is there again after the page was closed; two pages never write over each other."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from stories.walking import press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opinion(page: Page, address: str):
    page.goto(address)
    return page.locator("form.comment textarea")


def a_form_to_review(context: BrowserContext, demo: str) -> str:
    """A draft of the demo, handed in, unless it is already; its address."""
    page = context.new_page()
    sign_in(page, demo)
    page.goto(f"{demo}/declarations/17/")
    if page.locator("#review").get_by_role("button", name="提交", exact=True).count():
        press(page, "提交")
    return f"{demo}/declarations/17/"


def test_an_opinion_is_offered_again_and_two_pages_are_told(demo: str, chromium):
    address = a_form_to_review(chromium.new_context(), demo)
    context = chromium.new_context()
    page, other = context.new_page(), context.new_page()
    sign_in(page, demo, "shenhe")

    opinion(page, address).fill("请写明受益人数")
    expect(page.get_by_text("草稿已存")).to_be_visible()
    other_field = opinion(other, address)
    expect(other.get_by_text("写过 7 字，还没有提交")).to_be_visible()
    other.get_by_role("button", name="恢复").click()
    expect(other_field).to_have_value("请写明受益人数")
    other_field.press_sequentially("和标准")
    expect(other.get_by_text("草稿已存")).to_be_visible()

    page.locator("form.comment textarea").press_sequentially("！")

    expect(page.get_by_text("在另一个窗口里也写过")).to_be_visible()
    page.get_by_role("button", name="用那边的").click()
    expect(page.locator("form.comment textarea")).to_have_value("请写明受益人数和标准")
    page.get_by_role("button", name="提出意见").click()
    expect(opinion(other, address)).to_have_value("")
    expect(other.get_by_text("还没有提交")).to_have_count(0)


def test_who_sends_a_form_back_over_an_unsent_opinion_is_told(demo: str, chromium):
    a_form_to_review(chromium.new_context(), demo)
    page = chromium.new_context().new_page()
    sign_in(page, demo, "shenhe")
    page.goto(f"{demo}/declarations/17/")
    page.locator("form.comment textarea").fill("请写明受益人数")
    # At once, before the draft is kept by itself.
    form = page.locator("form[action$='/move/return/']")
    form.locator("[name=reason]").fill("目标不清")
    form.get_by_role("button", name="退回").click()

    expect(page.get_by_text("您写的意见还没有提出")).to_be_visible()
    page.get_by_label("连同退回一并提出").check()
    page.get_by_role("button", name="确认退回").click()

    page.goto(f"{demo}/declarations/17/")
    expect(page.locator("ol.opinions")).to_contain_text("请写明受益人数")
