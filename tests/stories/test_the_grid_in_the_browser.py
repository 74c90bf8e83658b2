"""The rows of the editor under people's hands: keys, ranges, pasting, taking back, corrections at a click."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from stories.test_editing_in_the_browser import column, open_editor
from stories.walking import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(page: Page, demo: str, number: int) -> None:
    sign_in(page, demo)
    open_editor(page, demo, number)
    page.on("dialog", lambda dialog: dialog.accept())


def cell(page: Page, name: str, row: int):
    return page.locator(f'[name="indicators.{name}"]').nth(row)


def paste(page: Page, text: str, html: str = "") -> None:
    page.evaluate(
        """([text, html]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            if (html) clipboardData.setData("text/html", html);
            const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(paste);
        }""",
        [text, html],
    )


def copied(page: Page) -> tuple[str, str]:
    text, html = page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            document.activeElement.dispatchEvent(
                new ClipboardEvent("copy", {clipboardData, bubbles: true, cancelable: true}));
            return [clipboardData.getData("text/plain"), clipboardData.getData("text/html")];
        }"""
    )
    return text, html


def test_keys_go_from_cell_to_cell_and_the_last_enter_makes_a_row(demo: str, page: Page):
    opened(page, demo, 6)
    count = len(column(page, "level3"))
    cell(page, "level3", 0).focus()

    page.keyboard.press("Tab")
    expect(cell(page, "target_raw", 0)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(cell(page, "class", 1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "level3", 0)).to_be_focused()
    page.keyboard.type("新写的名称")
    page.keyboard.press("Enter")
    expect(cell(page, "level3", 1)).to_be_focused()
    assert column(page, "level3")[0] == "新写的名称"
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")

    expect(cell(page, "weight", count)).to_be_focused()


def test_a_range_is_copied_filled_emptied_and_every_step_taken_back(demo: str, page: Page):
    opened(page, demo, 7)
    before = column(page, "target_raw")
    names = column(page, "level3")
    cell(page, "level3", 0).focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    text, html = copied(page)
    assert text == f"{names[0]}\t{before[0]}\r\n{names[1]}\t{before[1]}\r\n"
    assert html.count("<tr>") == 2

    page.keyboard.press("Delete")
    assert column(page, "target_raw")[:2] == ["", ""]
    cell(page, "target_raw", 0).focus()
    page.keyboard.type("≥ 5个")
    page.keyboard.press("Shift+Enter")
    cell(page, "target_raw", 0).focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    assert column(page, "target_raw")[:2] == ["≥ 5个", "≥ 5个"]
    for _ in range(3):
        page.keyboard.press("Control+z")

    assert column(page, "target_raw") == before
    assert column(page, "level3") == names
    page.keyboard.press("Control+y")
    assert column(page, "target_raw")[:2] == ["", ""]


SPLIT = (
    "一、产出指标\t1.数量指标\t指标1：救助人次\t≥\t90\t人次\t10\t区里统一要求\n"
    "\t\t指标2：走访户数\t≥\t30\t户\t10\t另见方案\n"
    "合计\t\t\t\t\t\t20\t\n"
)
WORD = (
    "<table><tr><td rowspan=2><p>产出</p></td><td rowspan=2>质量<br>指标</td><td><p>验收</p><p>合格率</p></td>"
    "<td>≥95%</td></tr><tr><td>修补\r\n率</td><td>≥90%</td></tr></table>"
)


@pytest.mark.parametrize(
    ("text", "html", "rows", "left_out"),
    [
        (
            SPLIT,
            "",
            [
                ("产出指标\t数量指标", "救助人次", "≥90人次", "10"),
                ("产出指标\t数量指标", "走访户数", "≥30户", "10"),
            ],
            "没有贴入：合计、第 8 列（区里统一要求……）。",
        ),
        (
            "x\ty\n",
            WORD,
            [
                ("产出指标\t质量指标", "验收\n合格率", "≥95%", ""),
                ("产出指标\t质量指标", "修补率", "≥90%", ""),
            ],
            "已贴入 2 行。",
        ),
        (
            "三级指标\t指标值\t备注\n甲\t≥ 1个\t说明\n",
            "",
            [("", "甲", "≥ 1个", "")],
            "已贴入 1 行。没有贴入：备注。",
        ),
        (
            "三级指标\t目标值\t年度目标值\n里程\t≥300公里\t≥100公里\n",
            "",
            [("", "里程", "≥100公里", "")],
            "没有贴入：目标值。",
        ),
        (
            "三级指标\t符号\t指标值\n救助人次\t≥\t≥90人次\n",
            "",
            [("", "救助人次", "≥90人次", "")],
            "已贴入 1 行。",
        ),
    ],
)
def test_a_block_is_taken_as_people_write_it(
    demo: str, page: Page, text: str, html: str, rows: list[tuple[str, ...]], left_out: str
):
    opened(page, demo, 10)
    before = column(page, "level3")
    blank = before.index("")
    cell(page, "level3", blank).focus()

    paste(page, text, html)

    columns = [
        column(page, name)[blank : blank + len(rows)]
        for name in ("class", "level3", "target_raw", "weight")
    ]
    assert list(zip(*columns, strict=True)) == rows
    expect(page.locator("#did")).to_contain_text(left_out)
    page.keyboard.press("Control+z")
    assert column(page, "level3") == before


def test_a_remark_never_lands_in_the_points(demo: str, page: Page):
    opened(page, demo, 10)
    before = column(page, "weight")
    cell(page, "weight", 0).focus()

    paste(page, "区里统一要求\n另见方案\n")

    assert column(page, "weight") == before
    expect(page.locator("#did")).to_contain_text("没有贴入")


def test_signs_of_an_input_method_are_its_own(demo: str, page: Page):
    opened(page, demo, 11)
    cell(page, "level3", 0).focus()
    method = page.context.new_cdp_session(page)

    method.send(
        "Input.imeSetComposition", {"text": "jiu", "selectionStart": 3, "selectionEnd": 3}
    )
    method.send("Input.insertText", {"text": "救助"})
    page.keyboard.press("ArrowLeft")

    expect(cell(page, "level3", 0)).to_be_focused()
    expect(cell(page, "level3", 0)).to_have_value("救助")


def test_a_correction_is_a_click_and_a_step_that_can_be_taken_back(demo: str, page: Page):
    opened(page, demo, 12)
    cell(page, "target_raw", 0).fill("及时")
    cell(page, "level3", 0).fill("补助发放及时率")
    page.keyboard.press("Enter")
    fix = page.locator("table.rows tbody tr").nth(0).get_by_role("button", name="改为 ≥95%")
    expect(fix).to_be_visible()
    violations = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:160]) for item in violations] == []
    picture(page, "editor-corrections")

    fix.click()

    assert column(page, "target_raw")[0] == "≥95%"
    expect(page.locator("#did")).to_contain_text("已改正 1 处")
    page.keyboard.press("Control+z")
    assert column(page, "target_raw")[0] == "及时"


def test_a_correction_is_not_written_over_a_newer_text(demo: str, page: Page):
    opened(page, demo, 12)
    cell(page, "target_raw", 0).fill("及时")
    cell(page, "level3", 0).fill("补助发放及时率")
    page.keyboard.press("Enter")
    fix = page.locator("table.rows tbody tr").nth(0).get_by_role("button", name="改为 ≥95%")
    expect(fix).to_be_visible()

    # Typed and clicked before the rules were asked anew.
    fix.evaluate(
        """(button) => {
            const target = document.querySelector('[name="indicators.target_raw"]');
            target.value = "每月20日前";
            target.dispatchEvent(new Event("input", {bubbles: true}));
            button.click();
        }"""
    )

    assert column(page, "target_raw")[0] == "每月20日前"
    expect(page.locator("#did")).to_contain_text("这一格已经改过")


def test_last_years_value_stands_beside_the_name_it_was_promised_for(demo: str, page: Page):
    sign_in(page, demo)
    # A project of its own: another story may bring next year's forms of all the others.
    for year in ("2023", "2024"):
        page.goto(f"{demo}/declarations/new/?from=6")
        page.get_by_label("年度").fill(year)
        page.get_by_label("项目名称").fill("志愿服务（新设）")
        page.get_by_role("button", name="建立并填写").click()
    beside = page.locator("table.rows tbody tr").nth(0).locator(".usual")
    expect(beside).to_contain_text("上年")
    picture(page, "editor-beside")

    cell(page, "level3", 0).fill("另一项工作完成率")
    expect(beside).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+z")

    expect(beside).to_be_visible()


def test_ctrl_s_saves_and_stays(demo: str, page: Page):
    opened(page, demo, 13)
    cell(page, "weight", 0).fill("10")
    expect(page.locator("tfoot output")).to_have_text("10")

    page.keyboard.press("Control+s")

    expect(page.get_by_role("alert")).to_contain_text("已保存第 2 版")
    expect(page.locator("#editor")).to_be_visible()
    expect(cell(page, "weight", 0)).to_be_focused()
