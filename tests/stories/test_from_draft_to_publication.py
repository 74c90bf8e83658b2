"""Unit, department, bureau and public: a form's whole way, an expired window, a new place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from stories.walking import (
    assert_accessible,
    choose_a_password,
    go_by_menu,
    picture,
    press,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROJECT = "养老服务"


def opened_as(demo: str, chromium: Browser, who: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, demo, who)
    page.goto(f"{demo}/declarations/?q={PROJECT}&year=2023")
    page.get_by_role("link", name=PROJECT).click()
    return page


def give(reviewer: Page, place: str, text: str) -> None:
    reviewer.locator(".comment").get_by_label("对").select_option(label=place)
    reviewer.locator(".comment").get_by_label("意见").fill(text)
    press(reviewer, "提出意见")


def write_in(unit: Page, cell: str, text: str) -> None:
    """Change one cell in the editor and save."""
    unit.locator(".status a.primary").click()
    expect(unit.locator("#editor")).to_be_visible()
    unit.wait_for_load_state("load")
    unit.locator(f'[name="cell.{cell}"]').fill(text)
    unit.get_by_role("button", name="保存").first.click()
    expect(unit.locator("#review-title")).to_be_visible()


def test_from_draft_to_publication_and_an_adjustment(demo: str, chromium: Browser):
    unit = opened_as(demo, chromium, "tianbao")
    expect(unit.locator("#review-title")).to_contain_text("草稿")
    expect(unit.locator("#review")).to_contain_text("处错误没有改正或豁免")

    reviewer = opened_as(demo, chromium, "shenhe")
    waive_errors(reviewer, demo)
    unit.reload()
    press(unit, "提交")

    # The department finds the form in its list of what waits, and returns it with two opinions.
    reviewer.goto(f"{demo}/todo/")
    picture(reviewer, "todo")
    assert_accessible(reviewer)
    reviewer.get_by_role("link", name=PROJECT, exact=True).first.click()
    give(reviewer, "年度总目标", "请写明惠及人数")
    give(reviewer, "项目名称", "请与预算项目名称核对")
    expect(reviewer.locator(".note.opinion").first).to_be_visible()
    picture(reviewer, "review-opinion")
    assert_accessible(reviewer)
    reviewer.locator(".moves").get_by_label("理由").fill("见意见")
    press(reviewer, "退回")

    # The unit answers, one by changing the form.
    unit.reload()
    expect(unit.locator("#review")).to_contain_text("2 条意见没有答复")
    goal = "按政策发放各类救助补贴，惠及困难群众 4000 人。"
    write_in(unit, "annual_goal", goal)
    for answer in ("已写明惠及 4000 人", "名称与预算一致"):
        form = unit.locator(".opinions li", has_not=unit.locator(".answer-text")).first
        form.get_by_label("答复").fill(answer)
        form.get_by_role("button", name="答复").click()
        expect(unit.locator(".answer-text").filter(has_text=answer)).to_be_visible()
    waive_errors(reviewer, demo)
    unit.reload()
    press(unit, "提交")

    # The department closes them, grades the form, passes it on.
    reviewer.reload()
    press(reviewer, "关闭")
    press(reviewer, "关闭")
    reviewer.get_by_role("link", name="审核表").click()
    reviewer.get_by_label("良", exact=True).check()
    reviewer.get_by_label("总体意见").fill("可行")
    picture(reviewer, "review-sheet")
    assert_accessible(reviewer)
    reviewer.get_by_role("button", name="存审核表").click()
    expect(reviewer.get_by_text("审核表已存，评为“良”")).to_be_visible()
    press(reviewer, "同意并报财政")

    # The bureau approves, the form is public the same day, and a letter goes out.
    bureau = opened_as(demo, chromium, "caizheng")
    bureau.locator(".moves").get_by_label("同时自此日公开（可空）").fill("2026-01-01")
    press(bureau, "批复")
    expect(bureau.locator("#review-title")).to_contain_text("已公开")
    go_by_menu(bureau, "批复文件")
    bureau.get_by_role("link", name="上海市松江区民政局").click()
    bureau.get_by_label("文号").fill("松财绩〔2026〕{number}号")
    assert_accessible(bureau)
    bureau.get_by_role("button", name="发出批复").click()
    expect(bureau.get_by_role("link", name="松财绩〔2026〕1号")).to_be_visible()
    picture(bureau, "letters")

    visitor = chromium.new_context(viewport={"width": 390, "height": 900}).new_page()
    visitor.goto(f"{demo}/public/")
    visitor.get_by_role("link", name=PROJECT).click()
    expect(visitor.get_by_role("heading", name="官方文件")).to_be_visible()
    picture(visitor, "public-390")
    assert_accessible(visitor)

    # In the year the unit adjusts; the public goes on seeing what is in force.
    unit.goto(f"{demo}/declarations/?q={PROJECT}&year=2023")
    unit.get_by_role("link", name=PROJECT).click()
    unit.locator(".moves").get_by_label("理由").fill("上级追加任务")
    press(unit, "调整")
    more = "按政策发放各类救助补贴，惠及困难群众 5000 人。"
    write_in(unit, "annual_goal", more)
    expect(unit.locator("#review")).to_contain_text("现在有效的仍是批复的第 2 版")
    picture(unit, "adjusting")
    waive_errors(reviewer, demo)
    unit.reload()
    press(unit, "提交")
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("4000 人")
    reviewer.reload()
    press(reviewer, "同意并报财政")
    bureau.goto(unit.url.partition("#")[0])
    press(bureau, "批复")
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("5000 人")

    # What became of it: money by month, a value with its evidence.
    unit.reload()
    unit.get_by_role("link", name="完成情况").click()
    unit.get_by_label("月份").fill("2023-06")
    unit.get_by_label("当月执行数（元）").fill("2,000,000")
    unit.get_by_role("button", name="填执行数").click()
    expect(unit.get_by_text("已执行 2,000,000.00")).to_be_visible()
    row = unit.locator("table.list tbody tr", has=unit.locator("details")).first
    row.get_by_text("填完成值", exact=True).first.click()
    first = row.locator("[name=value]")
    if first.evaluate("field => field.tagName") == "INPUT":
        first.fill("20000人次")
    row.locator("[name=evidence]").set_input_files(
        {"name": "台账.csv", "mimeType": "text/csv", "buffer": "月份,户数\n6,4000\n".encode()}
    )
    row.get_by_role("button", name="填完成值").click()
    expect(unit.get_by_text("完成值已填")).to_be_visible()
    expect(unit.get_by_role("link", name="台账.csv")).to_be_visible()
    picture(unit, "results")
    assert_accessible(unit)


def waive_errors(reviewer: Page, demo: str) -> None:
    """A changed form may have findings that were not waived yet."""
    reviewer.goto(f"{demo}/declarations/?q={PROJECT}&year=2023")
    reviewer.get_by_role("link", name=PROJECT).click()
    expect(reviewer.locator("#review-title")).to_be_visible()
    waivable = reviewer.locator(".note.error details.waive")
    # The count of a page that is just being loaded is nought: each waiver is waited for.
    for left in reversed(range(waivable.count())):
        note = reviewer.locator(".note.error").first
        note.get_by_text("豁免", exact=True).click()
        note.get_by_label("理由").fill("历史数据，单位已核对")
        note.get_by_label("有效至").fill("2099-12-31")
        note.get_by_role("button", name="豁免这一项").click()
        expect(waivable).to_have_count(left)


def test_after_the_window_only_an_extension_lets_a_unit_submit(demo: str, chromium: Browser):
    bureau = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(bureau, demo, "caizheng")
    bureau.goto(f"{demo}/windows/")
    bureau.get_by_label("年度").fill("2031")
    bureau.get_by_label("开始").fill("2026-01-01")
    bureau.get_by_label("截止").fill("2026-01-31")
    bureau.get_by_role("button", name="设定").click()
    expect(bureau.get_by_text("已截止")).to_be_visible()
    picture(bureau, "windows")
    assert_accessible(bureau)

    unit = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(unit, demo, "tianbao")
    unit.goto(f"{demo}/declarations/new/")
    unit.get_by_label("年度").fill("2031")
    unit.get_by_label("实施单位").select_option(label="上海市松江区民政局")
    unit.get_by_label("项目名称").fill("过期的项目")
    unit.get_by_role("button", name="建立并填写").click()
    unit.goto(unit.url.replace("edit/", ""))
    expect(unit.locator("#review")).to_contain_text("2031 年申报已于 2026-01-31 截止")
    expect(unit.get_by_role("button", name="提交")).to_have_count(0)

    bureau.locator("tr", has_text="2031").get_by_role("link", name="准予延期").click()
    bureau.get_by_label("机构").select_option(label="上海市松江区民政局")
    bureau.get_by_label("延至").fill("2099-12-31")
    bureau.get_by_label("理由").fill("系统停电")
    bureau.get_by_role("button", name="准予延期").click()
    expect(bureau.get_by_text("延至 2099-12-31：系统停电")).to_be_visible()

    unit.reload()
    expect(unit.locator("#review")).not_to_contain_text("截止")
    expect(unit.locator("#review")).to_contain_text("处错误没有改正")


def test_the_organisation_is_kept_by_its_administrator(demo: str, chromium: Browser):
    boss = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(boss, demo, "guanli")
    boss.goto(f"{demo}/places/")
    picture(boss, "places")
    assert_accessible(boss)
    boss.get_by_role("link", name="登记机构").click()
    boss.get_by_label("名称").fill("演示福利院")
    boss.get_by_label("种类").select_option(label="预算单位")
    boss.get_by_label("上级").select_option(label="上海市松江区民政局")
    assert_accessible(boss)
    boss.get_by_role("button", name="登记", exact=True).click()
    expect(boss.get_by_role("heading", name="演示福利院")).to_be_visible()
    boss.get_by_text("任命", exact=True).first.click()
    boss.get_by_label("新账号").fill("fuli")
    boss.get_by_label("姓名").fill("傅里（演示）")
    boss.get_by_label("初始密码").fill("walk-through-0")
    boss.get_by_role("button", name="任命").click()
    expect(boss.get_by_text("已任命 fuli")).to_be_visible()
    picture(boss, "place")
    assert_accessible(boss)

    newcomer = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    choose_a_password(newcomer, demo, "fuli", "walk-through-9")
    newcomer.goto(f"{demo}/declarations/")
    expect(newcomer.get_by_text("0 份申报表")).to_be_visible()
    answer = newcomer.goto(f"{demo}/declarations/3/")
    assert answer is not None
    assert answer.status == 404


def test_a_forbidden_move_by_url_is_refused_in_words(demo: str, chromium: Browser):
    page = chromium.new_context().new_page()
    sign_in(page, demo, "shenhe")
    page.goto(f"{demo}/declarations/3/")
    token = page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value")

    status, said = page.evaluate(
        """async token => {
            const body = new URLSearchParams({csrfmiddlewaretoken: token, revision: "1"});
            const url = "/declarations/3/move/approve/";
            const answer = await fetch(url, {method: "POST", body});
            return [answer.status, await answer.text()];
        }""",
        token,
    )

    assert status == 409
    assert "现在是“草稿”，不能批复" in said
    page.goto(f"{demo}/declarations/3/")
    expect(page.locator("#review-title")).to_contain_text("草稿")
