"""Writing in the form: typing, pasting a block, moving rows, going away and coming back."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from stories.walking import PASSWORD, choose_a_password, picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BLOCK = (
    "产出指标\t数量指标\t救助人次\t≥ 4000人次\n"
    "\t\t走访户数\t≥ 300户\n"
    "\t质量指标\t“应救尽救”率\t及时\n"
    '效益指标\t社会效益指标\t"受益\n家庭"\t≥ 90%\n'
)


def open_editor(page: Page, demo: str, number: int) -> None:
    page.goto(f"{demo}/declarations/{number}/")
    page.get_by_role("link", name="继续填写", exact=True).click()
    expect(page.locator("#editor")).to_be_visible()
    page.wait_for_load_state("load")  # the page is there before its script


def column(page: Page, name: str) -> list[str]:
    fields = page.locator(f'[name="indicators.{name}"]')
    return [fields.nth(at).input_value() for at in range(fields.count())]


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def test_a_block_from_a_spreadsheet_is_pasted_checked_and_saved(demo: str, page: Page):
    sign_in(page, demo)
    open_editor(page, demo, 5)
    before = [name for name in column(page, "level3") if name]
    page.locator('[name="indicators.level3"]').nth(len(before)).focus()

    paste(page, BLOCK)

    assert column(page, "level3")[len(before) : len(before) + 4] == [
        "救助人次", "走访户数", "“应救尽救”率", "受益\n家庭",
    ]  # fmt: skip
    assert column(page, "class")[len(before) : len(before) + 4] == [
        "产出指标\t数量指标",
        "产出指标\t数量指标",
        "产出指标\t质量指标",
        "效益指标\t社会效益指标",
    ]
    vague = page.locator("table.rows tbody tr").nth(len(before) + 2)
    expect(vague.locator(".beside .note.warning").first).to_contain_text("及时")
    picture(page, "editor-pasted")
    violations = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:160]) for item in violations] == []

    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.get_by_text("已保存第 2 版")).to_be_visible()
    expect(page.locator("table.form")).to_contain_text("救助人次")


def pasted(page: Page, text: str) -> list[tuple[str, str, str]]:
    """Class, name and target of the rows that a block becomes, pasted into the first blank row."""
    blank = column(page, "level3").index("")
    page.locator('[name="indicators.level3"]').nth(blank).focus()
    paste(page, text)
    columns = (column(page, name)[blank:] for name in ("class", "level3", "target_raw"))
    return [row for row in zip(*columns, strict=True) if any(row)]


@pytest.mark.parametrize(
    ("block", "rows"),
    [
        (
            "序号\t一级指标\t二级指标\t三级指标\t指标值\n1\t产出指标\t质量指标\t合格率\t≥ 98%\n",
            [("产出指标\t质量指标", "合格率", "≥ 98%")],
        ),
        (
            "产出指标\t数量指标\t甲\t≥ 1个\n产出指标\t数量指标\t\t≥ 3个\n",
            [("产出指标\t数量指标", "甲", "≥ 1个"), ("产出指标\t数量指标", "", "≥ 3个")],
        ),
        (
            "产出指标\t数量指标\t甲\t≥ 1个\n效益指标\t\t丙\t≥ 3个\n产出指标\t数量指标\t丁\t≥ 4个\n",
            [
                ("产出指标\t数量指标", "甲", "≥ 1个"),
                ("效益指标\t", "丙", "≥ 3个"),
                ("产出指标\t数量指标", "丁", "≥ 4个"),
            ],
        ),
        ('管径\t5"\n长度\t≥ 3米\n', [("", "管径", '5"'), ("", "长度", "≥ 3米")]),
        ("甲\n乙\n", [("", "甲", ""), ("", "乙", "")]),
    ],
)
def test_a_block_is_understood_by_its_columns(
    demo: str, page: Page, block: str, rows: list[tuple[str, str, str]]
):
    sign_in(page, demo)
    open_editor(page, demo, 10)
    page.on("dialog", lambda dialog: dialog.accept())

    assert pasted(page, block) == rows


def test_of_a_block_what_has_no_place_is_named_and_left_out(demo: str, page: Page):
    sign_in(page, demo)
    open_editor(page, demo, 11)
    page.on("dialog", lambda dialog: dialog.accept())

    assert pasted(page, "甲\t≥ 1个\t10\t上级要求\n乙\t≥ 2个\t10\t上级要求\n") == [
        ("", "甲", "≥ 1个"),
        ("", "乙", "≥ 2个"),
    ]
    expect(page.locator("#did")).to_contain_text(
        "已贴入 2 行。没有贴入：第 4 列（上级要求……）。"
    )


def test_a_step_back_never_takes_later_typing_along(demo: str, page: Page):
    sign_in(page, demo)
    open_editor(page, demo, 12)
    page.on("dialog", lambda dialog: dialog.accept())
    names = column(page, "level3")
    move(page, 0, "下移")
    goal = page.get_by_label("年度总目标")
    before = goal.input_value()
    goal.press_sequentially("补")
    goal.blur()

    page.get_by_role("button", name="撤销一步", exact=True).click()

    assert goal.input_value() == before
    assert column(page, "level3")[:2] == [names[1], names[0]]
    page.get_by_role("button", name="撤销一步", exact=True).click()
    assert column(page, "level3") == names


def move(page: Page, row: int, name: str) -> None:
    line = page.locator("table.rows tbody tr").nth(row)
    line.hover()
    line.get_by_role("button", name=name).click()


def test_rows_are_moved_copied_removed_and_brought_back(demo: str, page: Page):
    sign_in(page, demo)
    open_editor(page, demo, 6)
    page.on("dialog", lambda dialog: dialog.accept())
    before = column(page, "level3")

    move(page, 0, "下移")
    assert column(page, "level3")[:2] == [before[1], before[0]]
    move(page, 0, "复制")
    assert column(page, "level3")[:3] == [before[1], before[1], before[0]]
    assert column(page, "origin")[:3] == ["1", "", "0"]
    move(page, 1, "删除")
    assert column(page, "level3")[:2] == [before[1], before[0]]
    for _ in range(3):
        page.get_by_role("button", name="撤销一步", exact=True).click()
    assert column(page, "level3") == before
    assert (
        page.locator('[name="indicators.level3"]')
        .nth(0)
        .evaluate("cell => { cell.focus(); return document.activeElement === cell; }")
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == before[1]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == before[0]


def test_what_was_typed_survives_a_closed_page(demo: str, page: Page):
    sign_in(page, demo)
    open_editor(page, demo, 7)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("年度总目标").fill("写到一半的目标")
    expect(page.locator("#kept")).to_contain_text("已暂存在本机")

    page.goto(f"{demo}/declarations/7/edit/")
    page.get_by_role("button", name="恢复").click()

    expect(page.get_by_label("年度总目标")).to_have_value("写到一半的目标")


def test_a_class_of_its_own_survives_a_step_back_and_a_closed_page(demo: str, page: Page):
    sign_in(page, demo)
    open_editor(page, demo, 13)
    page.on("dialog", lambda dialog: dialog.accept())
    own = ("效益指标\t", "丙", "≥ 3个")
    block = (
        "产出指标\t数量指标\t甲\t≥ 1个\n效益指标\t\t丙\t≥ 3个\n产出指标\t数量指标\t丁\t≥ 4个\n"
    )
    assert own in pasted(page, block)
    move(page, 0, "下移")
    page.get_by_role("button", name="撤销一步", exact=True).click()
    assert own[0] in column(page, "class")
    expect(page.locator("#kept")).to_contain_text("已暂存在本机")

    page.goto(f"{demo}/declarations/13/edit/")
    page.get_by_role("button", name="恢复").click()

    assert own[0] in column(page, "class")


def test_the_second_of_two_editors_sees_what_the_first_changed(demo: str, chromium: Browser):
    first, second = (chromium.new_context().new_page() for _ in range(2))
    for page in (first, second):
        sign_in(page, demo)
        open_editor(page, demo, 8)
    first.get_by_label("年度总目标").fill("第一人写的目标。")
    first.get_by_role("button", name="保存", exact=True).click()
    expect(first.get_by_text("已保存第 2 版")).to_be_visible()

    second.get_by_label("总目标", exact=True).fill("第二人写的总目标。")
    second.get_by_role("button", name="保存", exact=True).click()

    expect(second.get_by_role("heading", name="您填写期间别人改了这些")).to_be_visible()
    expect(second.locator("section ins").first).to_have_text("第一人写的目标。")
    expect(second.get_by_label("总目标", exact=True)).to_have_value("第二人写的总目标。")
    picture(second, "editor-stale")
    second.get_by_role("button", name="保存", exact=True).click()
    expect(second.get_by_text("已保存第 3 版")).to_be_visible()


def test_names_from_the_library_are_offered_while_typing(demo: str, page: Page):
    sign_in(page, demo)
    open_editor(page, demo, 7)
    before = len([name for name in column(page, "level3") if name])
    cell = page.locator('[name="indicators.level3"]').nth(before)
    cell.press_sequentially("居民满意")

    options = page.locator("#suggested [role=option]")
    expect(options.first).to_be_visible()
    picture(page, "suggestions")
    first = options.first.evaluate("option => option.dataset.name")
    cell.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    violations = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:120]) for item in violations] == []
    cell.press("Enter")

    assert column(page, "level3")[before] == first
    assert "满意度" in column(page, "class")[before]
    expect(page.locator('[name="indicators.target_raw"]').nth(before)).to_be_focused()
    expect(options).to_have_count(0)
    cell.focus()
    cell.press_sequentially("的")
    cell.press("Escape")
    expect(options).to_have_count(0)
    page.evaluate("localStorage.clear(); window.onbeforeunload = null")


def test_the_second_in_a_form_sees_who_is_there(demo: str, chromium: Browser):
    boss = chromium.new_context().new_page()
    sign_in(boss, demo, "guanli")
    boss.goto(f"{demo}/places/")
    boss.get_by_role("link", name="上海市松江区民政局").click()
    boss.get_by_text("任命", exact=True).first.click()
    boss.get_by_label("新账号").fill("bangshou")
    boss.get_by_label("姓名").fill("邦守（演示）")
    boss.get_by_label("初始密码").fill(PASSWORD)
    boss.get_by_role("button", name="任命").click()

    pages = [chromium.new_context().new_page() for _ in range(2)]
    choose_a_password(pages[1], demo, "bangshou", "walk-through-9")
    sign_in(pages[0], demo)
    for page in pages:
        open_editor(page, demo, 8)

    expect(pages[1].locator(".others")).to_contain_text("田宝（演示填报） 也正在填写")


def test_the_editor_on_a_narrow_page(demo: str, chromium: Browser):
    page = chromium.new_context(viewport={"width": 390, "height": 900}).new_page()
    sign_in(page, demo)
    open_editor(page, demo, 9)

    picture(page, "editor-390")

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    violations = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:160]) for item in violations] == []


def test_starting_on_a_narrow_page(demo: str, chromium: Browser):
    page = chromium.new_context(viewport={"width": 390, "height": 900}).new_page()
    sign_in(page, demo)
    page.goto(f"{demo}/declarations/new/?from=5")

    picture(page, "start-390")

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    violations = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:160]) for item in violations] == []


def test_on_a_phone_a_row_is_filled_by_touch_and_saving_does_not_lose_the_place(
    demo: str, chromium: Browser
):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    sign_in(page, demo)
    open_editor(page, demo, 16)
    seen = [text.strip() for text in page.locator("table.head th.caption").all_inner_texts()]
    assert len([text for text in seen if text == "其他资金"]) == 1
    assert "年度其他资金" in seen
    assert page.locator("td.text").first.get_attribute("data-label") == "总目标："

    page.get_by_role("button", name="加一行").first.tap()
    row = page.locator("table.rows tbody tr").last
    row.locator("select").select_option(label="数量指标")
    name, target, weight = row.locator("textarea").all()
    for cell, text in ((name, "新增床位数"), (target, "≥ 20张"), (weight, "5")):
        cell.tap()
        page.keyboard.type(text)
    assert weight.get_attribute("inputmode") == "decimal"
    page.get_by_role("button", name="保存并继续填写").tap()

    page.wait_for_load_state("load")
    expect(page.locator("#kept")).to_contain_text("已保存第")
    expect(page.locator(":focus")).to_have_value("5")
    expect(page.locator(":focus")).to_be_in_viewport()
