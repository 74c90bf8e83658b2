"""What each picture shows: its series for the drawing, its table, and its words.

A picture is drawn from its table alone, so that the two cannot say different things; `drawn.py` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kaoji.core.speech import Sentence, say
from kaoji.platform.ui.days import month_name
from kaoji.platform.ui.saying import joined, spoken
from kaoji.platform.ui.sums import ten_thousands_in_text
from kaoji.rules.catalogue import CATALOGUE
from kaoji.subjects.dashboards.queries import Figures

# Of the lights red, yellow, green and blue.
_LETTERS = "rygb"
GRADE_NAMES = ("优", "良", "中", "差")
_HUNDRED = Decimal(100)
_MOST_BARS = 25


@dataclass(frozen=True)
class Picture:
    """One picture: how it is drawn, what it says in words, the head and rows of its table.

    *kind* is ranked, bars, grouped, heat, lines or columns. Cells are texts or numbers.
    """

    name: str
    title: str
    kind: str
    words: Sentence
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def plain(self) -> list[list[Any]]:
        """The rows as texts and numbers, for a sheet."""
        return [[_plain(cell) for cell in row] for row in self.rows]

    @property
    def shown(self) -> list[list[str]]:
        """The rows of the table as text."""
        return [[_text(cell) for cell in row] for row in self.rows]


def money_by_category(named: Sequence[tuple[str, Figures]]) -> Picture:
    """Budget by category and unit."""
    rows = sorted(
        (
            (name, category or _("未分类"), money)
            for name, figures in named
            for category, money in figures.categories.items()
            if money
        ),
        key=lambda row: (-row[2], row[0]),
    )
    whole = sum((row[2] for row in rows), Decimal(0))
    words = say("没有预算。")
    if rows:
        unit, category, money = rows[0]
        words = say(
            "预算共 {whole} 万元；最大的一块是{unit}的{category}，{money} 万元，占 {share}%。",
            whole=ten_thousands_in_text(whole),
            unit=unit,
            category=category,
            money=ten_thousands_in_text(money),
            share=f"{money / whole * _HUNDRED:.1f}",
        )
    return Picture(
        "money",
        "预算按单位和类别",
        "ranked",
        words,
        ("单位", "项目类别", "预算（元）"),
        tuple(rows),
    )


def promised_and_done(named: Sequence[tuple[str, Figures]]) -> Picture:
    """Indicators promised, measured, reached by unit."""
    rows = tuple(
        (name, item.indicators, item.measured, item.met)
        for name, item in named
        if item.indicators
    )
    promised, met = sum(row[1] for row in rows), sum(row[3] for row in rows)
    words = say("还没有批复的指标。")
    if promised:
        words = say(
            "承诺 {promised} 项指标，有完成值 {measured} 项，达成 {met} 项（{share}）。",
            promised=promised,
            measured=sum(row[2] for row in rows),
            met=met,
            share=f"{met / promised:.1%}",
        )
    return Picture(
        "promised",
        "承诺与完成",
        "grouped",
        words,
        ("单位", "承诺", "有完成值", "达成"),
        rows[:_MOST_BARS],
    )


def lights_over_months(named: Sequence[tuple[str, Figures]], months: int) -> Picture:
    """For each unit and month the share of promises with a red or yellow light, in percent."""
    rows = []
    for name, item in named:
        if not any(sum(month.values()) - month["-"] for month in item.lights[:months]):
            continue
        cells: list[Any] = [name]
        for month in item.lights[:months]:
            known = sum(month[letter] for letter in _LETTERS)
            bad = month["r"] + month["y"]
            cells.append(round(100 * bad / known, 1) if known else None)
        rows.append(tuple(cells))
    worst = max(
        ((cell, row[0]) for row in rows for cell in row[1:] if cell is not None), default=None
    )
    words = say("还没有灯。")
    if worst:
        words = say(
            "亮红灯、黄灯的项目所占的比例，最高的是{unit}，{share}%。",
            unit=worst[1],
            share=worst[0],
        )
    head = (_("单位"), *map(month_name, range(1, months + 1)))
    return Picture("lights", "各月红黄灯的比例（%）", "heat", words, head, tuple(rows))


def measurable_over_years(by_year: Sequence[tuple[int, Figures]]) -> Picture:
    """What part of the targets can be measured, in percent, year by year."""
    rows = tuple(
        (
            str(year),
            item.indicators,
            item.measurable,
            round(100 * item.measurable / item.indicators, 1),
        )
        for year, item in sorted(by_year, key=lambda pair: pair[0])
        if item.indicators
    )
    words = say("还没有批复的指标。")
    if len(rows) == 1:
        words = say("可衡量的指标值：{year} 年 {one}%。", year=rows[0][0], one=rows[0][3])
    elif rows:
        words = say(
            "可衡量的指标值：{first} 年 {one}%，{last} 年 {two}%。",
            first=rows[0][0],
            one=rows[0][3],
            last=rows[-1][0],
            two=rows[-1][3],
        )
    return Picture(
        "measurable",
        "可衡量的指标值逐年",
        "lines",
        words,
        ("年度", "指标", "可衡量", "可衡量的比例（%）"),
        rows,
    )


def findings_by_rule(whole: Figures) -> Picture:
    """How often each rule found something."""
    titles = {rule.id: rule.title for rule in CATALOGUE}
    rows = tuple(
        (rule, _(titles.get(rule, rule)), count)
        for rule, count in whole.findings.most_common(_MOST_BARS)
    )
    words = say("没有检查结果。")
    if rows:
        words = say(
            "检查出 {count} 处，最多的是 {rule} {title}，{most} 处。",
            count=sum(whole.findings.values()),
            rule=rows[0][0],
            title=rows[0][1],
            most=rows[0][2],
        )
    return Picture("findings", "检查结果按规则", "bars", words, ("规则", "名称", "处"), rows)


def findings_by_unit(named: Sequence[tuple[str, Figures]]) -> Picture:
    """Findings for each form, by unit."""
    rows = tuple(
        (
            name,
            sum(item.findings.values()),
            item.declared,
            round(sum(item.findings.values()) / item.declared, 1),
        )
        for name, item in named
        if item.declared
    )
    most = max(rows, key=lambda row: row[3], default=None)
    words = say("没有申报表。")
    if most:
        words = say(
            "每份表平均检查结果最多的是{unit}，{count} 处。", unit=most[0], count=most[3]
        )
    return Picture(
        "findings-by-unit",
        "检查结果按单位",
        "bars",
        words,
        ("单位", "检查结果", "申报表", "每份平均"),
        rows[:_MOST_BARS],
    )


def execution_curve(whole: Figures, months: int) -> Picture:
    """Cumulative execution month by month, beside an even course of the year, in percent."""
    rows = []
    for month in range(1, months + 1):
        spent = whole.spent[month - 1]
        share = round(spent / whole.budget * _HUNDRED, 1) if whole.budget else None
        rows.append((month_name(month), spent, share, round(100 * month / 12, 1)))
    words = say("没有预算。")
    if whole.budget and rows:
        words = say(
            "到 {month} 执行 {spent} 万元，占预算的 {share}%。",
            month=rows[-1][0],
            spent=ten_thousands_in_text(rows[-1][1]),
            share=rows[-1][2],
        )
    return Picture(
        "execution",
        "预算执行曲线",
        "lines",
        words,
        ("月份", "累计执行（元）", "执行率（%）", "序时进度（%）"),
        tuple(rows),
    )


def distribution_of_scores(whole: Figures) -> Picture:
    """How many promises scored how much, in steps of five points."""
    rows = tuple(
        (f"{start}–{start + 5}", whole.scores[start]) for start in range(0, 100, 5)
        if whole.scores[start] or start >= 60
    )  # fmt: skip
    count = sum(whole.scores.values())
    words = say("还没有自评得分。")
    if count:
        found = [grade for grade in GRADE_NAMES if whole.grades[grade]]
        grades = joined((f"{spoken(grade)} {whole.grades[grade]}" for grade in found), "，")
        words = say("{count} 个项目有得分：{grades}。", count=count, grades=grades)
    return Picture("scores", "得分分布", "columns", words, ("分数", "项目数"), rows)


def comparison(by_year: Sequence[tuple[int, Figures]]) -> Picture:
    """Budget and execution year by year, in yuan."""
    rows = tuple(
        (str(year), item.budget, item.executed)
        for year, item in sorted(by_year, key=lambda pair: pair[0])
        if item.projects
    )
    words = say("还没有批复的项目。")
    if rows:
        words = say(
            "{year} 年预算 {budget} 万元，执行 {executed} 万元。",
            year=rows[-1][0],
            budget=ten_thousands_in_text(rows[-1][1]),
            executed=ten_thousands_in_text(rows[-1][2]),
        )
    return Picture(
        "years", "各年预算与执行", "grouped", words, ("年度", "预算（元）", "执行（元）"), rows
    )


def _plain(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def _text(cell: Any) -> str:
    if cell is None:
        return "—"
    return f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell)
