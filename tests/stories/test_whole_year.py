"""A year of one promise: approved, spent, recorded, monitored, put right, scored, re-checked, rolled over."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from stories.walking import assert_accessible, picture, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROJECT = "宣传与推广"
SPENDING = f"项目名称,支付日期,支付金额\n{PROJECT},2023-03-10,100000\n{PROJECT},2023-11-10,300000\n合计,,400000\n"
RECORDS = """种类,日期,事项,地点,期限,合格
发布,2023-03-05,报刊征订,区民政局,2023-03-10,是
发布,2023-06-05,报刊征订,区民政局,2023-06-10,是
发布,2023-10-05,报刊征订,区民政局,2023-10-10,是
"""

KNOWN = (
    ["2023-11-20,5,知道,多印册子"] + ["2023-11-21,4,知道,"] * 22 + ["2023-11-22,3,不知道,"] * 2
)
PAPERS = "日期,q1,q2,q3\n" + "\n".join(KNOWN)


class Office:
    """Somebody at a desk, with the promise at hand."""

    def __init__(self, demo: str, chromium: Browser, who: str) -> None:
        self.demo = demo
        self.page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
        sign_in(self.page, demo, who)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.demo}{path}")
        return self.page

    def find(self, name: str = PROJECT, year: int = 2023) -> Page:
        self.open(f"/declarations/?q={name}&year={year}")
        self.page.get_by_role("link", name=name, exact=True).click()
        return self.page

    def results(self) -> Page:
        self.find()
        self.page.get_by_role("link", name="完成情况").click()
        return self.page


def sheet(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def approve(unit: Office, department: Office, bureau: Office) -> None:
    page = department.find()
    while page.locator(".note.error details.waive").count():
        note = page.locator(".note.error").first
        note.get_by_text("豁免", exact=True).click()
        note.get_by_label("理由").fill("沿用原表")
        note.get_by_label("有效至").fill("2099-12-31")
        note.get_by_role("button", name="豁免这一项").click()
    press(unit.find(), "提交")
    press(department.find(), "同意并报财政")
    press(bureau.find(), "批复")


def measure(page: Page, name: str, title: str, way: str = "服务记录", **asked: str) -> None:
    """Say how an indicator is measured."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("方式").select_option(label=way)
    page.get_by_role("button", name="用这种方式").click()
    page.get_by_label("名称").fill(title)
    for label, choice in asked.items():
        field = page.get_by_label(label, exact=True)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=choice)
        else:
            field.fill(choice)
    page.get_by_role("button", name="定下").click()
    expect(page.get_by_text("已记下")).to_be_visible()


def fill_in(page: Page, name: str, value: str, *, score: str = "", reason: str = "") -> None:
    """Type an actual value at its row."""
    row = page.locator("tr", has=page.get_by_role("link", name=name, exact=True))
    field = row.locator("[name=value]")
    if not field.is_visible():  # it stays open where something was refused
        row.get_by_text("填完成值", exact=True).first.click()
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label=value)
        row.locator("[name=score]").fill(score)
    else:
        field.fill(value)
    row.locator("[name=as_of]").fill("2023-12-31")
    row.locator("[name=reason]").fill(reason)
    row.get_by_role("button", name="填完成值").click()


def hand_in(page: Page, file: dict[str, Any], button: str = "导入") -> None:
    """Hand a sheet in and wait until what was read of it is shown."""
    page.locator("[name=sheet]").set_input_files(file)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="核对")).to_be_visible()


def settle_unit(page: Page) -> None:
    """The sheet does not say in what it counts: each time somebody has to."""
    expect(page.get_by_text("表上没有写金额单位")).to_be_visible()
    page.get_by_label("金额单位").select_option("元")
    page.get_by_role("button", name="按此重新核对").click()


def ask_people(unit: Office) -> None:
    """A survey with choices and free text; the papers come in by a sheet; what is known is counted."""
    page = unit.results()
    page.get_by_role("link", name="问卷", exact=True).click()
    page.get_by_label("标题").fill("民政政策知晓度问卷")
    page.get_by_label("调查对象").fill("社区居民")
    page.get_by_label("题目").fill(
        "总的来说，您对民政宣传满意吗？\n您知道民政服务热线吗？[知道|不知道]\n您有什么建议？[文字]"
    )
    page.get_by_label("开始").fill("2023-11-01")
    page.get_by_label("截止").fill("2023-11-30")
    page.get_by_label("最低样本量").fill("20")
    assert_accessible(page)
    page.get_by_role("button", name="开设").click()
    hand_in(page, sheet("答卷.csv", PAPERS.replace(",3,", ",8,")))
    expect(page.get_by_text("请选 1 到 5").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("navigation").get_by_role("link", name="返回").click()
    hand_in(page, sheet("答卷.csv", PAPERS))
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("记下 25 份答卷")).to_be_visible()
    expect(page.get_by_text("多印册子")).to_be_visible()
    picture(page, "year-survey")
    assert_accessible(page)
    link = page.get_by_role("link", name="/s/").get_attribute("href")
    reader = unit.page.context.browser.new_context(viewport={"width": 390, "height": 800})
    public = reader.new_page()
    public.goto(str(link))
    expect(public.get_by_text("至 2023-11-30 作答")).to_be_visible()
    assert_accessible(public)
    reader.close()
    measure(
        unit.results(), "公众政策知晓度", "知晓度问卷", way="问卷调查",
        题目="q2", 统计="选某一项的比例", 选项="知道",
    )  # fmt: skip
    expect(page.locator(".answer")).to_contain_text("92%")
    expect(page.get_by_text("95% 置信区间")).to_be_visible()


def evaluate(bureau: Office, unit: Office, experts: list[Office]) -> None:
    """Experts score, the bureau reports, the unit objects and is answered."""
    page = bureau.results()
    page.get_by_role("link", name="绩效评价").click()
    for expert in ("詹嘉", "庄稼"):
        page.get_by_label(expert).check()
    page.get_by_label("完成期限").fill("2099-12-31")
    assert_accessible(page)
    page.get_by_role("button", name="组织评价").click()
    expect(page.get_by_text("专家已收到通知")).to_be_visible()
    for expert in experts:
        desk = expert.open("/following/evaluations/")
        desk.get_by_role("link", name=PROJECT).first.click()
        for question in desk.locator(".question").all():
            points = question.locator(".facts").first.inner_text().split(" ")[0]
            question.get_by_label("得分").fill(points)
        last = desk.locator(".question").last
        last.get_by_label("得分").fill("8")
        desk.get_by_role("button", name="存评分").click()
        expect(desk.get_by_text("请写理由").first).to_be_visible()
        last.get_by_label("扣分理由").fill("样本偏少")
        desk.get_by_role("button", name="存评分").click()
        expect(desk.get_by_text("评分已存")).to_be_visible()
        picture(desk, "year-expert")
        assert_accessible(desk)
    page.get_by_role("listitem").get_by_role("link", name="财政部门").first.click()
    page.get_by_label("存在问题").fill("知晓度样本偏少")
    page.get_by_label("有关建议").fill("下年扩大样本")
    page.get_by_role("button", name="出具报告").click()
    expect(page.get_by_text("98.00 · 优").first).to_be_visible()
    desk = unit.open("/following/evaluations/")
    desk.get_by_role("link", name=PROJECT).first.click()
    desk.get_by_label("反馈", exact=True).select_option(label="有异议")
    desk.get_by_label("内容").fill("另有网上答卷未计入")
    desk.get_by_role("button", name="报送反馈").click()
    expect(desk.get_by_text("另有网上答卷未计入")).to_be_visible()
    page.reload()
    page.get_by_label("反馈", exact=True).select_option(label="答复")
    page.get_by_label("内容").fill("网上答卷不属抽样，结论不变")
    page.get_by_role("button", name="报送反馈").click()
    expect(page.get_by_text("结论不变")).to_be_visible()
    page.get_by_label("文号").fill("松财绩〔2024〕1号")
    page.get_by_label("整改要求").fill("下年问卷不少于 100 份")
    page.get_by_label("整改期限").fill("2099-12-31")
    page.get_by_role("button", name="发出反馈书").click()
    expect(page.get_by_text("单位已收到整改通知")).to_be_visible()
    picture(page, "year-evaluated")
    assert_accessible(page)
    # The unit finds the day in the schedule of the year, answers, and the demand is closed.
    desk = unit.open("/schedule/?year=2023")
    row = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader", name="整改"))
    expect(row).to_contain_text("2099-12-31 还有 1 份")
    picture(desk, "year-schedule")
    assert_accessible(desk)
    row.get_by_role("link", name="知晓度样本偏少").click()
    expect(desk.get_by_text("下年问卷不少于 100 份")).to_be_visible()


def test_a_promise_through_its_year(demo: str, chromium: Browser):
    unit, department = Office(demo, chromium, "tianbao"), Office(demo, chromium, "shenhe")
    bureau = Office(demo, chromium, "caizheng")
    approve(unit, department, bureau)

    # Money comes from the treasury's sheet; a second time it is refused.
    page = unit.open("/results/spendings/")
    page.get_by_label("年度").fill("2023")
    hand_in(page, sheet("国库.csv", SPENDING), "读取")
    settle_unit(page)
    picture(page, "year-spendings-shown")
    assert_accessible(page)
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入").first).to_be_visible()
    page.get_by_label("年度").fill("2023")
    hand_in(page, sheet("国库.csv", SPENDING), "读取")
    settle_unit(page)
    expect(page.get_by_text("都已经在记录里，没有新的").first).to_be_visible()
    page.goto(f"{demo}/results/spendings/")
    picture(page, "year-spendings")
    assert_accessible(page)

    # Records: one by hand on a phone, the others from a sheet.
    page = unit.results()
    page.get_by_role("link", name="服务记录").click()
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_label("种类").first.select_option(label="发布")
    page.get_by_label("日期").fill("2023-05-06")
    page.get_by_label("事项").fill("政策宣传专版")
    page.get_by_label("人数", exact=True).fill("-3")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("是负数").first).to_be_visible()
    page.get_by_label("人数", exact=True).fill("2000")
    picture(page, "year-record-390")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("政策宣传专版")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    hand_in(page, sheet("征订.csv", RECORDS))
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("报刊征订").first).to_be_visible()
    assert_accessible(page)

    # How the subscription is measured; what the evidence says, and from which rows.
    measure(
        unit.results(), "报刊杂志征订及时性", "报刊征订台账",
        记录种类="发布", 事项含有="报刊征订", 统计="按期率",
    )  # fmt: skip
    expect(page.locator(".answer")).to_contain_text("达成年度指标")
    page.get_by_label("截至").fill("2023-07-31")
    page.get_by_role("button", name="重算").click()
    expect(page.get_by_text("2 ÷ 2 = 100%")).to_be_visible()
    picture(page, "year-indicator")
    assert_accessible(page)

    ask_people(unit)

    # Monitoring: issued, reported, reviewed; a red light leads to a rectification that is closed.
    page = department.open("/monitoring/")
    page.get_by_label("年度").fill("2023")
    page.get_by_label("名称").fill("1—7 月监控")
    page.get_by_label("监控到").fill("2023-07-31")
    page.get_by_label("报送截止").fill("2099-12-31")
    page.get_by_role("button", name="下达").click()
    expect(page.get_by_role("link", name="1—7 月监控")).to_be_visible()
    assert_accessible(page)
    unit.results()
    unit.page.goto(f"{unit.page.url}?as_of=2023-07-31")
    unit.page.get_by_role("button", name="全部完成值").click()
    expect(unit.page.get_by_text("完成值已按证据填好")).to_be_visible()
    page = unit.open("/monitoring/")
    page.get_by_role("link", name="1—7 月监控").click()
    page.get_by_role("link", name=PROJECT).click()
    picture(page, "year-monitoring")
    assert_accessible(page)
    page.get_by_role("button", name="报送监控表").click()
    expect(page.get_by_text("监控表已报送")).to_be_visible()
    department.page.goto(page.url)
    department.page.get_by_label("结论").select_option(label="认可")
    department.page.get_by_label("建议").select_option(label="继续执行")
    department.page.get_by_role("button", name="存审核").click()
    expect(department.page.get_by_text("认可 · 继续执行")).to_be_visible()
    page = department.open("/following/rectifications/")
    page.get_by_label("问题").fill("宣传专版没有存档")
    page.get_by_label("整改要求").fill("补存样刊")
    page.get_by_label("整改期限").fill("2099-12-31")
    page.get_by_role("button", name="要求整改").click()
    page = unit.open("/following/rectifications/")
    assert_accessible(page)
    page.get_by_role("link", name="宣传专版没有存档").click()
    page.get_by_label("整改情况").fill("样刊已存")
    page.get_by_role("button", name="报送整改").click()
    department.page.goto(page.url)
    department.page.get_by_label("意见").fill("属实")
    department.page.get_by_role("button", name="销号").click()
    expect(department.page.get_by_text("已销号").first).to_be_visible()
    picture(department.page, "year-rectified")
    assert_accessible(department.page)

    # The year's end: what is refused is refused at its row; then the self-evaluation is filed.
    page = unit.results()
    known = page.locator("tr", has=page.get_by_role("link", name="公众政策知晓度", exact=True))
    known.get_by_text("填完成值", exact=True).first.click()
    known.locator("[name=as_of]").fill("2023-12-31")
    known.locator("[name=reason]").fill("外来人口知晓偏低，明年进社区宣讲")
    known.get_by_role("button", name="按证据取这一项").click()
    expect(page.get_by_text("92%").first).to_be_visible()
    page.get_by_role("button", name="全部完成值").click()
    fill_in(page, "计划执行率", "0.98")
    expect(page.locator("tr .refusal")).to_contain_text("98% 吗")
    fill_in(page, "计划执行率", "98%", reason="一期专版顺延到次年一月")
    fill_in(page, "民政对象满意度", "90%")
    for name, score in (("项目实施管理制度健全性", "16"), ("提升宣传和学习力度", "14")):
        fill_in(page, name, "达成年度指标", score=score)
    picture(page, "year-results")
    page.get_by_label("年度总目标的实际完成情况").fill("宣传任务基本完成。")
    page.get_by_role("button", name="报送自评").click()
    expect(page.get_by_role("heading", name="核对后报送自评")).to_be_visible()
    assert_accessible(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="确认报送自评").click()
    expect(page.get_by_text("报送第 1 次自评")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="完成情况").click()
    expect(page.get_by_role("heading", name="报送过的自评")).to_be_visible()
    assert_accessible(page)

    # The bureau draws a sample and re-checks it.
    page = bureau.open("/following/rechecks/")
    page.get_by_label("年度").fill("2023")
    page.get_by_label("抽几个项目").fill("1")
    page.get_by_label("随机种子").fill("松江")
    page.get_by_role("button", name="抽样").click()
    expect(page.get_by_text("抽中").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=PROJECT).click()
    assert_accessible(page)
    page.get_by_label("复核得分").first.fill("0")
    page.get_by_label("改分理由").first.fill("没有计划表可查")
    page.get_by_role("button", name="存复核").click()
    expect(page.get_by_text("有效得分")).to_be_visible()
    picture(page, "year-rechecked")

    evaluate(bureau, unit, [Office(demo, chromium, who) for who in ("zhuanjia1", "zhuanjia2")])

    # Next year's form is begun from this one: what was promised and reached stands beside it.
    page = unit.open(f"/declarations/?q={PROJECT}&year=2024")
    if page.get_by_role("link", name=PROJECT, exact=True).count():  # another story made it
        unit.find(year=2024)
        page.get_by_role("link", name="填写").click()
    else:
        unit.find()
        page.get_by_role("link", name="以此新建").click()
        page.get_by_label("年度").fill("2024")
        page.get_by_role("button", name="建立并填写").click()
    expect(page.get_by_role("heading", name="上年结果")).to_contain_text("建议")
    page.get_by_text("承诺与完成").click()
    expect(page.locator("#last-year").locator("xpath=ancestor::section")).to_contain_text("92%")
    picture(page, "year-rolled-over")
    assert_accessible(page)

    # Pictures, each with its words and its table, for people here and for everybody.
    page = bureau.open("/figures/?year=2023")
    expect(page.locator(".figure svg").first).to_be_visible()
    page.get_by_text("看表").first.click()
    expect(page.locator(".figure table").first).to_be_visible()
    picture(page, "year-figures")
    assert_accessible(page)
    page = bureau.open("/following/")
    assert_accessible(page)
    page = bureau.open("/following/whole/?year=2023")
    page.get_by_role("link", name="上海市松江区民政局").click()
    picture(page, "year-whole")
    assert_accessible(page)

    # The department sums the year up: figures from what units filed, the words its own; finance reads the paper.
    page = department.open("/following/reports/?year=2023")
    page.get_by_role("link", name="自评汇总报告").last.click()
    expect(page.get_by_text("已报送自评")).to_be_visible()
    page.get_by_label("自评工作组织开展情况").fill("组织所属单位逐项自评，抽查佐证。")
    page.get_by_label("偏离绩效目标的原因和改进措施").fill("对进度滞后的项目按月督办。")
    page.get_by_label("自评结果应用和公开情况").fill("作为下一年度预算安排的依据，随决算公开。")
    page.get_by_role("button", name="报送报告").click()
    expect(page.get_by_text("报告已报送")).to_be_visible()
    picture(page, "year-department-report")
    assert_accessible(page)
    page = bureau.open("/following/reports/?year=2023")
    expect(page.get_by_role("link", name="Word").first).to_be_visible()
