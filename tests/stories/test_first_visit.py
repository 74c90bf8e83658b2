"""A budget officer tries the demo: looks at a form, follows a finding, imports a document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kaoji.samples import SONGJIANG_2023
from stories.walking import PASSWORD, go_by_menu, picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def copy_of_the_sample(tmp_path: Path) -> Path:
    """The sample as another office might hand it in: one target changed, another year."""
    text = SONGJIANG_2023.read_text("utf-8").replace("=5个", "=6个").replace("2023", "2024")
    file = tmp_path / "copy-2024.txt"
    file.write_text(text, "gb18030")
    return file


def test_from_the_list_to_a_rule_and_from_a_file_to_the_list(
    demo: str, page: Page, copy_of_the_sample: Path
):
    sign_in(page, demo)
    expect(page.get_by_text("17 份申报表")).to_be_visible()
    picture(page, "list")

    page.get_by_role("link", name="辅助业务管理与支持").click()
    expect(page.get_by_role("heading", name="财政项目支出绩效目标申报表")).to_be_visible()
    finding = page.locator(".note", has_text="“计划完成数量”只是占位")
    expect(finding).to_be_visible()
    picture(page, "declaration")

    finding.get_by_role("link", name="KJ107").click()
    expect(page.get_by_role("heading", name="KJ107 以占位代替内容")).to_be_visible()
    picture(page, "rule")

    go_by_menu(page, "导入")
    page.get_by_label("文件").set_input_files(copy_of_the_sample)
    page.get_by_role("button", name="读取").click()
    expect(page.get_by_text("读到 17 份表，11 处存疑。")).to_be_visible()
    picture(page, "intake")

    page.get_by_role("link", name="辅助业务管理与支持").click()
    doubts = page.locator(".doubt-form")
    expect(doubts).to_have_count(3)
    picture(page, "doubts")
    first = doubts.filter(has_text="每月及时完成")
    first.get_by_label("改为").select_option("时效指标")
    first.get_by_role("button", name="更改").click()
    expect(doubts).to_have_count(2)
    expect(page.locator(".note.repair", has_text="tianbao")).to_be_visible()

    page.get_by_role("link", name="去保存").click()
    expect(page.get_by_text("读到 17 份表，10 处存疑。")).to_be_visible()
    page.get_by_role("button", name="保存所选").click()
    expect(page.get_by_text("已保存 17 份申报表")).to_be_visible()
    totals = page.locator(".totals")
    expect(totals).to_contain_text("34 份申报表")

    page.get_by_label("年度").select_option("2024")
    expect(totals).to_contain_text("17 份申报表")
    expect(page).to_have_url(re.compile("year=2024"))


def test_enter_changes_a_refusal_is_seen_and_a_mistake_is_taken_back(
    demo: str, page: Page, tmp_path: Path
):
    file = tmp_path / "words.txt"
    text = SONGJIANG_2023.read_text("utf-8").replace(
        "项目资金总额\t150,000", "项目资金总额\t十五万", 1
    )
    file.write_text(text, "utf-8")
    sign_in(page, demo)
    page.goto(f"{demo}/intake/")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="读取").click()
    page.get_by_role("link", name="残疾人福利").click()

    page.get_by_label("改为").fill("许多")
    page.keyboard.press("Enter")
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("“许多”不是金额")
    expect(refusal).to_be_in_viewport()
    expect(refusal).to_be_focused()

    page.get_by_label("改为").fill("15 万元")
    page.keyboard.press("Enter")
    expect(page.get_by_text("改为“150,000.00”")).not_to_have_count(0)
    expect(page.get_by_text("这份表没有存疑。")).to_be_visible()
    picture(page, "settled")
    _assert_accessible(page)

    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".doubt-form")).to_have_count(1)


def test_typing_in_the_search_field_changes_the_table_without_a_reload(demo: str, page: Page):
    sign_in(page, demo)
    page.evaluate("window.sameDocument = true")

    page.get_by_label("查找").press_sequentially("康复辅具")

    expect(page.locator("table.list tbody tr").first).to_contain_text("残疾人福利")
    assert page.evaluate("window.sameDocument") is True


PAGES = [
    "/declarations/",
    "/declarations/2/",
    "/declarations/15/",
    "/rules/",
    "/rules/KJ401/",
    "/intake/",
    "/exchange/",
]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_an_accessibility_violation(demo: str, page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{demo}/account/sign-in/")
    _assert_accessible(page)
    sign_in(page, demo)
    for path in PAGES:
        page.goto(f"{demo}{path}")
        picture(page, f"{path.strip('/').replace('/', '-')}-{width}")
        _assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_an_administrator_opens_a_webhook_and_sees_that_nobody_answers(
    demo: str, page: Page, width: int
):
    """At a port of this machine where nobody listens."""
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, demo, "guanli")
    page.goto(f"{demo}/webhooks/")
    page.get_by_label("送给哪个系统").fill(f"数据平台 {width}")
    page.get_by_label("接收地址").fill(f"http://127.0.0.1:1/{width}")
    page.get_by_label("公开").check()
    page.get_by_role("button", name="开设").click()
    if page.get_by_label("密码").count():
        page.get_by_label("密码").fill(PASSWORD)
        page.locator("main button.primary").click()

    expect(page.get_by_text("只在这里显示这一次")).to_be_visible()
    expect(page.locator("code.token", has_text="whsec_")).to_be_visible()
    page.get_by_role("button", name="送一条测试").click()
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    page.wait_for_timeout(2_000)
    page.reload()
    expect(page.get_by_text("连不上")).to_be_visible()
    picture(page, f"webhook-{width}")
    _assert_accessible(page)
    page.goto(f"{demo}/webhooks/")
    _assert_accessible(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"the page is {overflow} pixels too wide"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_an_import_are_accessible(
    demo: str, page: Page, tmp_path: Path, width: int
):
    file = tmp_path / "again.txt"
    file.write_text(SONGJIANG_2023.read_text("utf-8"), "utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, demo)
    page.goto(f"{demo}/intake/")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="读取").click()
    expect(page.get_by_role("button", name="保存所选")).to_be_visible(timeout=30_000)
    picture(page, f"intake-{width}")
    _assert_accessible(page)
    page.goto(f"{page.url}forms/2/")
    picture(page, f"intake-form-{width}")
    _assert_accessible(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"the page is {overflow} pixels too wide"


def _assert_accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [
        (item["id"], [node["html"][:120] for node in item["nodes"]][:3]) for item in violations
    ] == []


def test_everything_can_be_reached_by_keyboard(demo: str, page: Page):
    sign_in(page, demo)

    page.goto(f"{demo}/declarations/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "残疾人福利":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="残疾人福利")).to_be_visible()


def test_the_journey_works_without_javascript(demo: str, chromium: Browser, tmp_path: Path):
    file = tmp_path / "plain.txt"
    file.write_text(SONGJIANG_2023.read_text("utf-8").replace("2023", "2022"), "utf-8")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo)
    page.get_by_label("查找").fill("残疾人")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("link", name="残疾人福利").first).to_be_visible()

    page.goto(f"{demo}/intake/")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="读取").click()
    page.get_by_role("link", name="社会救助", exact=True).click()
    page.get_by_role("button", name="确认是").click()
    expect(page.get_by_text("这份表没有存疑。")).to_be_visible()
    page.get_by_role("link", name="去保存").click()
    page.get_by_role("button", name="放弃这次导入").click()

    expect(page.get_by_text("已放弃这次导入")).to_be_visible()
    context.close()


def test_the_site_speaks_english_by_switch(demo: str, page: Page):
    sign_in(page, demo)

    page.get_by_role("button", name="English").click()

    expect(page.locator(".nav").get_by_role("link", name="Project")).to_be_visible()
    picture(page, "list-english")
    _assert_accessible(page)
